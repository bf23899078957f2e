"""A real Kafka for the tests, and the few things they do with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from streams.errors import BrokerUnavailable
from streams.transport.broker import Broker
from streams.transport.jars import class_path


def need_kafka() -> None:
    """Skip where the broker's jars cannot be had; fail there when CI=true."""
    try:
        class_path()
    except BrokerUnavailable as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no Kafka here: {error}")


def brokers(size: int = 1, *, folder: Path | None = None, **settings: str) -> Broker:
    """Return a cluster that is not started yet; ``settings`` with ``_`` for dots."""
    need_kafka()
    names = {name.replace("_", "."): value for name, value in settings.items()}
    return Broker(folder=folder, size=size, settings=names)


async def create(broker: Broker, *names: str, partitions: int = 4, **config: str) -> None:
    """Create topics, copied to every broker."""
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.addresses)
    await admin.start()
    try:
        copies = broker.size
        await admin.create_topics(
            [NewTopic(name, partitions, copies, topic_configs=config) for name in names]
        )
    finally:
        await admin.close()


async def partitions(broker: Broker, topic: str) -> int:
    """Return how many partitions a topic has."""
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.addresses)
    await admin.start()
    try:
        return len((await admin.describe_topics([topic]))[0]["partitions"])
    finally:
        await admin.close()


@asynccontextmanager
async def producer(broker: Broker, **options: Any) -> AsyncIterator[AIOKafkaProducer]:
    """Open a producer that waits for all copies."""
    sender = AIOKafkaProducer(
        bootstrap_servers=broker.addresses, acks="all", linger_ms=5, **options
    )
    await sender.start()
    try:
        yield sender
    finally:
        await sender.stop()


async def send(
    broker: Broker, topic: str, messages: Iterable[tuple[bytes | None, bytes | None]]
) -> None:
    """Send keys and values and wait until all are acknowledged."""
    async with producer(broker, max_request_size=8 << 20) as sender:
        waiting = [await sender.send(topic, value, key=key) for key, value in messages]
        await asyncio.gather(*waiting)


async def read(broker: Broker, topic: str) -> list[ConsumerRecord[Any, Any]]:
    """Return everything a topic holds now, by partition and offset."""
    consumer: AIOKafkaConsumer[Any, Any] = AIOKafkaConsumer(
        bootstrap_servers=broker.addresses,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=16 << 20,
    )
    await consumer.start()
    try:
        parts = [TopicPartition(topic, n) for n in range(await partitions(broker, topic))]
        consumer.assign(parts)
        ends: Mapping[TopicPartition, int] = await consumer.end_offsets(parts)
        await consumer.seek_to_beginning(*parts)
        found: list[ConsumerRecord[Any, Any]] = []
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += records
        return sorted(found, key=lambda record: (record.partition, record.offset))
    finally:
        await consumer.stop()


async def until(
    broker: Broker, topic: str, count: int, *, seconds: float = 60.0
) -> list[ConsumerRecord[Any, Any]]:
    """Return what a topic holds once that is at least ``count`` messages."""
    async with asyncio.timeout(seconds):
        while len(found := await read(broker, topic)) < count:  # noqa: ASYNC110  # Kafka has no event
            await asyncio.sleep(0.1)
    return found
