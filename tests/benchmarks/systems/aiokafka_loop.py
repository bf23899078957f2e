"""A loop a hop by hand on aiokafka: take many, send all, wait for all, commit twice a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

MOST_BYTES = 8 << 20
Sent = tuple[bytes | None, bytes, Any]
Work = Callable[[Any], Iterable[Sent]]


def as_it_is(record: Any) -> Iterable[Sent]:
    """Pass a message on."""
    return [(record.key, record.value, list(record.headers))]


async def hop(
    bootstrap: str, source: str, targets: tuple[str, ...], work: Work = as_it_is, *, most: int = 500
) -> None:
    """Run a hop for ever."""
    consumer: Any = AIOKafkaConsumer(
        source,
        bootstrap_servers=bootstrap,
        group_id=f"group-{source}",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=MOST_BYTES,
    )
    producer: Any = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        linger_ms=5,
        max_batch_size=512 << 10,
        max_request_size=MOST_BYTES,
    )
    await consumer.start()
    await producer.start()
    last = time.monotonic()
    while True:
        found = await consumer.getmany(timeout_ms=500, max_records=most)
        waiting = [
            await producer.send(target, value, key=key, headers=headers)
            for records in found.values()
            for record in records
            for key, value, headers in work(record)
            for target in targets
        ]
        if waiting:
            await asyncio.gather(*waiting)
        if found and time.monotonic() - last > 0.5:
            await consumer.commit()
            last = time.monotonic()


async def main() -> None:
    """Run the hops."""
    from tests.benchmarks.systems.passing import BOOTSTRAP, HOPS  # noqa: PLC0415  # it reads the arguments, which the line has not

    await asyncio.gather(*(hop(BOOTSTRAP, source, (target,)) for source, target in HOPS))


def run(work: Any) -> None:
    """Run on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


if __name__ == "__main__":
    run(main())
