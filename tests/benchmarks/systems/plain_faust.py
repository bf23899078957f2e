"""Faust as its documentation shows it: an agent a hop, one message at a time."""

from __future__ import annotations

import asyncio
import tempfile
from typing import Any

import faust

from tests.benchmarks.systems.passing import BOOTSTRAP, HOPS, PREFIX

app = faust.App(
    PREFIX,
    broker="kafka://" + BOOTSTRAP,
    topic_partitions=4,
    topic_allow_declare=False,
    topic_disable_leader=True,
    web_enabled=False,
    store="memory://",
    datadir=tempfile.mkdtemp(),
    consumer_max_fetch_size=8 << 20,
    producer_max_request_size=8 << 20,
)
_RAW: dict[str, Any] = {"key_type": bytes, "value_type": bytes, "value_serializer": "raw"}


def add(source: str, target: str) -> None:
    """Add the agent of a hop."""
    to = app.topic(target, key_serializer="raw", **_RAW)

    async def agent(stream: Any) -> None:
        async for event in stream.events():
            await to.send(key=event.key, value=event.value, headers=event.headers)

    app.agent(app.topic(source, key_serializer="raw", **_RAW), name=source)(agent)


async def main() -> None:
    """Run for ever."""
    for source, target in HOPS:
        add(source, target)
    app.finalize()
    await app.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
