"""Quix Streams: one application, three hops, bytes as they are."""

from __future__ import annotations

import tempfile

from quixstreams import Application

from tests.benchmarks.systems.passing import BOOTSTRAP, HOPS, MOST_BYTES, PREFIX

if __name__ == "__main__":
    app = Application(
        broker_address=BOOTSTRAP,
        consumer_group=PREFIX,
        auto_offset_reset="earliest",
        auto_create_topics=False,
        commit_interval=0.5,
        state_dir=tempfile.mkdtemp(),
        producer_extra_config={"linger.ms": 5, "message.max.bytes": MOST_BYTES},
        loglevel="WARNING",
    )
    for source, target in HOPS:
        incoming = app.topic(source, key_deserializer="bytes", value_deserializer="bytes")
        outgoing = app.topic(target, key_serializer="bytes", value_serializer="bytes")
        app.dataframe(incoming).to_topic(outgoing)
    app.run()
