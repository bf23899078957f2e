"""A loop a hop on confluent-kafka (librdkafka), each in a thread of one process."""

from __future__ import annotations

import threading

from confluent_kafka import Consumer, Producer

from tests.benchmarks.systems.passing import BOOTSTRAP, HOPS, MOST_BYTES


def hop(source: str, target: str) -> None:
    """Run a hop for ever."""
    consumer = Consumer(
        {
            "bootstrap.servers": BOOTSTRAP,
            "group.id": f"group-{source}",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    producer = Producer(
        {"bootstrap.servers": BOOTSTRAP, "linger.ms": 5, "message.max.bytes": MOST_BYTES}
    )
    consumer.subscribe([source])
    while True:
        records = [r for r in consumer.consume(500, timeout=0.1) if not r.error()]
        for record in records:
            producer.produce(target, record.value(), record.key(), headers=record.headers())
        if records:
            producer.flush()
            consumer.commit(asynchronous=True)


if __name__ == "__main__":
    for names in HOPS:
        threading.Thread(target=hop, args=names).start()
