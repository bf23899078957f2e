"""FastStream on aiokafka: one message at a time, or in batches (third argument ``batch``).

A batch goes to one partition, so that keys stay where they belong; headers it has only for a
whole batch.
"""

import asyncio
import logging
import sys
from collections import defaultdict
from typing import Any

import uvloop
from faststream import FastStream
from faststream.kafka import KafkaBroker, KafkaPublishMessage
from faststream.kafka.annotations import KafkaMessage

from tests.benchmarks.systems.passing import BOOTSTRAP, HOPS, MOST_BYTES

BATCH = sys.argv[3:] == ["batch"]


async def as_it_is(message: Any) -> Any:
    """Return the bytes of a message, or of a batch."""
    return message.body


broker = KafkaBroker(
    BOOTSTRAP,
    decoder=as_it_is,
    acks="all",
    linger_ms=5,
    max_batch_size=MOST_BYTES,
    max_request_size=MOST_BYTES,
    logger=logging.getLogger("quiet"),
    log_level=logging.DEBUG,
)


def add(source: str, target: str) -> None:
    """Add the subscriber of a hop."""
    options: dict[str, Any] = {
        "group_id": f"group-{source}",
        "auto_offset_reset": "earliest",
        "max_partition_fetch_bytes": MOST_BYTES,
    }
    if BATCH:

        @broker.subscriber(source, batch=True, max_records=200, **options)
        async def together(message: KafkaMessage) -> None:
            parts: defaultdict[int, list[KafkaPublishMessage]] = defaultdict(list)
            for one in message.raw_message:
                parts[one.partition].append(KafkaPublishMessage(one.value, key=one.key))
            await asyncio.gather(
                *(
                    broker.publish_batch(*part, topic=target, partition=number)
                    for number, part in parts.items()
                )
            )

    else:

        @broker.subscriber(source, **options)
        async def alone(message: KafkaMessage) -> None:
            raw = message.raw_message
            await broker.publish(raw.value, topic=target, key=raw.key)


async def main() -> None:
    """Run for ever."""
    for source, target in HOPS:
        add(source, target)
    await FastStream(broker).run()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
