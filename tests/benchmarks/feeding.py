"""Filling topics and watching them, beside whatever is under measurement."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from streams.transport.broker import Broker
from tests.benchmarks.processes import Child, cpu_seconds, resident_mb

MOST_BYTES = 8 << 20
POLL_SECONDS = 0.04
Message = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What a number of messages cost."""

    count: int
    cpu: float
    """CPU seconds of all processes together."""
    wall: float
    resident_mb: float
    """Largest resident memory of one process at the end."""

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU a message."""
        return 1000 * self.cpu / self.count

    @property
    def rate(self) -> float:
        """Messages a second by the clock on the wall."""
        return self.count / self.wall


class Feeder:
    """One producer and one consumer for everything the benchmark does itself."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.producer: Any = None
        self.consumer: Any = None

    async def __aenter__(self) -> Self:
        servers = self.broker.addresses
        self.producer = AIOKafkaProducer(
            bootstrap_servers=servers,
            acks="all",
            linger_ms=2,
            max_batch_size=512 << 10,
            max_request_size=MOST_BYTES,
        )
        self.consumer = AIOKafkaConsumer(bootstrap_servers=servers)
        await self.producer.start()
        await self.consumer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.producer.stop()
        await self.consumer.stop()

    async def send(self, topic: str, messages: Iterable[Message]) -> None:
        """Send messages and wait until all are acknowledged."""
        waiting: list[Any] = []
        for key, value in messages:
            waiting.append(await self.producer.send(topic, value, key=key))
            if len(waiting) >= 5000:
                await asyncio.gather(*waiting)
                waiting.clear()
        await asyncio.gather(*waiting)

    async def held(self, topic: str) -> int:
        """Return how many messages were ever written to a topic."""
        parts = [TopicPartition(topic, n) for n in await self.producer.partitions_for(topic)]
        return sum((await self.consumer.end_offsets(parts)).values())

    async def until(
        self, topic: str, count: int, children: Sequence[Child], *, seconds: float = 180.0
    ) -> None:
        """Wait until a topic holds a number of messages."""
        end = time.monotonic() + seconds
        while await self.held(topic) < count:
            for child in children:
                child.check()
            if time.monotonic() > end:
                names = ", ".join(child.name for child in children)
                raise TimeoutError(f"{names}: {topic} has {await self.held(topic)} of {count}")
            await asyncio.sleep(POLL_SECONDS)

    async def passed(
        self, source: str, target: str, messages: Sequence[Message], children: Sequence[Child]
    ) -> Passed:
        """Send messages while the processes are halted, let them go on and watch the end."""
        before = await self.held(target)
        for child in children:
            child.halt()
        try:
            await self.send(source, messages)
        finally:
            spent = sum(cpu_seconds(child.pid) for child in children)
            begun = time.monotonic()
            for child in children:
                child.resume()
        await self.until(target, before + len(messages), children)
        return Passed(
            count=len(messages),
            cpu=sum(cpu_seconds(child.pid) for child in children) - spent,
            wall=time.monotonic() - begun,
            resident_mb=max(resident_mb(child.pid) for child in children),
        )
