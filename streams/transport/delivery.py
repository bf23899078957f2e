"""Sends messages and waits for the broker's word on each; ends the process rather than lose one."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from faust.exceptions import FaustError

from streams.errors import StageRejected
from streams.transport.batches import Outgoing, hashed

UNDELIVERABLE = 70
"""Exit status when neither a message nor its dead letter can be written (EX_SOFTWARE)."""

_BACKOFF_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)
_log = structlog.get_logger(__name__)


class Producer(Protocol):
    """What is needed of the producer."""

    async def partitions(self, topic: str) -> int:
        """Return how many partitions a topic has."""

    async def send_together(self, topic: str, partition: int, messages: Sequence[Outgoing]) -> None:
        """Send messages to a partition and wait until all are acknowledged."""


def give_up(reason: str) -> None:
    """End the process at once, so that what is not acknowledged is delivered again."""
    _log.critical("ending: messages cannot be written", reason=reason, status=UNDELIVERABLE)
    os._exit(UNDELIVERABLE)


@dataclass(slots=True)
class Delivery:
    """Sends batches through one producer, trying again for ``seconds`` before giving up."""

    producer: Callable[[], Producer]
    seconds: float
    give_up: Callable[[str], None] = give_up

    async def send(self, messages: Sequence[Outgoing]) -> None:
        """Send all messages and return once the broker has acknowledged each.

        Raises:
            StageRejected: a message is larger than the broker takes.
        """
        pending = list(messages)
        end = time.monotonic() + self.seconds
        attempt = 0
        while pending:
            failed = await self._try(pending)
            if not failed:
                return
            reason = failed[0][1]
            _raise_what_cannot_help([error for _, error in failed])
            pending = [message for message, _ in failed]
            if time.monotonic() > end:
                self.give_up(f"{len(pending)} messages unacknowledged: {reason!r}")
                return
            _log.warning("sending again", messages=len(pending), reason=repr(reason))
            await asyncio.sleep(_BACKOFF_SECONDS[min(attempt, len(_BACKOFF_SECONDS) - 1)])
            attempt += 1

    async def _try(self, messages: Sequence[Outgoing]) -> list[tuple[Outgoing, BaseException]]:
        """Hand all messages to the producer, wait for its word and return what failed."""
        try:
            producer = self.producer()
            parts = await _by_partition(producer, messages)
        except Exception as error:  # noqa: BLE001  # sorted out by the caller
            return [(message, error) for message in messages]
        outcomes = await asyncio.gather(
            *(producer.send_together(*tp, part) for tp, part in parts.items()),
            return_exceptions=True,
        )
        return [
            (message, outcome)
            for part, outcome in zip(parts.values(), outcomes, strict=True)
            if isinstance(outcome, BaseException)
            for message in part
        ]


async def _by_partition(
    producer: Producer, messages: Sequence[Outgoing]
) -> dict[tuple[str, int], list[Outgoing]]:
    counts = {topic: await producer.partitions(topic) for topic in {m.topic for m in messages}}
    parts: dict[tuple[str, int], list[Outgoing]] = {}
    for message in messages:
        partition = message.partition
        if partition is None:
            partition = hashed(message.key or b"") % counts[message.topic]
        parts.setdefault((message.topic, partition), []).append(message)
    return parts


async def to_the_end(
    work: Coroutine[Any, Any, None], *, give_up: Callable[[str], None] = give_up
) -> None:
    """Finish what was begun even if the agent is cancelled meanwhile (a stop, a rebalance).

    A batch must not end early: neither by being cancelled nor by an error nobody thought of,
    for which the process ends instead.
    """
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            cancelled = True
    if task.cancelled() or task.exception() is not None:
        give_up(f"a batch was not finished: {'' if task.cancelled() else task.exception()!r}")
    if cancelled:
        raise asyncio.CancelledError


async def settled(
    work: Coroutine[Any, Any, None],
    *,
    acknowledge: Callable[[], Awaitable[Any]],
    give_up: Callable[[str], None] = give_up,
) -> None:
    """Finish what was begun and acknowledge it, even if the agent is cancelled meanwhile."""
    try:
        await to_the_end(work, give_up=give_up)
    except asyncio.CancelledError:
        await acknowledge()
        raise
    await acknowledge()


def _raise_what_cannot_help(failures: Sequence[BaseException]) -> None:
    """Raise what trying again cannot mend."""
    for failure in failures:
        if isinstance(failure, MessageSizeTooLargeError) or "MessageSizeTooLarge" in repr(failure):
            raise StageRejected(
                f"the record is larger than the broker takes: {failure}"
            ) from failure
        if not isinstance(failure, KafkaError | FaustError | OSError | asyncio.TimeoutError):
            raise failure
