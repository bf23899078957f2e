"""Faust's producer that sends a partition's messages as one batch with one acknowledgement."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.partitioner import murmur2
from faust.transport.drivers.aiokafka import Producer

from streams.transport.headers import Headers

OVERHEAD_BYTES = 2048
"""Room for headers and framing beside a message's key and value."""
_POSITIVE = 0x7FFFFFFF


class Outgoing(NamedTuple):
    """A message to send."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    partition: int | None = None


@lru_cache(maxsize=8192)
def hashed(key: bytes) -> int:
    """Return the hash that Kafka's clients choose a partition by; several hops have one key."""
    return int(murmur2(key)) & _POSITIVE


class BatchProducer(Producer):
    """Sends many messages at once."""

    async def partitions(self, topic: str) -> int:
        """Return how many partitions a topic has."""
        return len(await self._ensure_producer().partitions_for(topic))

    async def send_together(self, topic: str, partition: int, messages: Sequence[Outgoing]) -> None:
        """Send messages to a partition, in order, and wait until all are acknowledged.

        Raises:
            MessageSizeTooLargeError: one is larger than a request may be, or the broker says so.
            KafkaError: they could not be written; some may have been.
        """
        producer = self._ensure_producer()
        largest = self.max_request_size - OVERHEAD_BYTES
        for message in messages:
            if len(message.value or b"") + len(message.key or b"") > largest:
                raise MessageSizeTooLargeError(f"a message is larger than {largest} bytes")
        waiting: list[Any] = []
        try:
            for batch in _batches(producer, messages):
                waiting.append(await producer.send_batch(batch, topic, partition=partition))  # noqa: PERF401  # what was sent before an error is waited for too
        finally:
            outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome


def _batches(producer: Any, messages: Sequence[Outgoing]) -> Iterator[Any]:
    """Yield the messages as batches; each is closed, so that it is sent at once."""
    batch = producer.create_batch()
    for message in messages:
        if not _add(batch, message):
            yield batch
            batch = producer.create_batch()
            _add(batch, message)
    batch.close()
    yield batch


def _add(batch: Any, message: Outgoing) -> bool:
    """Add a message unless the batch is full, which the first never finds."""
    added = batch.append(
        timestamp=None, key=message.key, value=message.value, headers=message.headers
    )
    return added is not None
