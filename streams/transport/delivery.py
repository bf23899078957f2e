"""Sends messages and waits for the broker's word on each; ends the process rather than lose one."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from faust.exceptions import FaustError

from streams.errors import StageRejected
from streams.transport.headers import Headers

UNDELIVERABLE = 70
"""Exit status when neither a message nor its dead letter can be written (EX_SOFTWARE)."""

_BACKOFF_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    partition: int | None = None


class Producer(Protocol):
    """What is needed of Faust's producer."""

    def send(  # noqa: PLR0913, PLR0917, D102  # the signature is Faust's
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        partition: int | None,
        timestamp: float | None,
        headers: Any,
    ) -> Awaitable[Awaitable[Any]]: ...


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
            outcomes = await asyncio.gather(*map(self._one, pending), return_exceptions=True)
            failures = [o for o in outcomes if isinstance(o, BaseException)]
            pending = [
                m for m, o in zip(pending, outcomes, strict=True) if isinstance(o, BaseException)
            ]
            if not failures:
                return
            _raise_what_cannot_help(failures)
            if time.monotonic() > end:
                self.give_up(f"{len(pending)} messages unacknowledged: {failures[0]!r}")
                return
            _log.warning("sending again", messages=len(pending), reason=repr(failures[0]))
            await asyncio.sleep(_BACKOFF_SECONDS[min(attempt, len(_BACKOFF_SECONDS) - 1)])
            attempt += 1

    async def _one(self, message: Outgoing) -> None:
        acknowledged = await self.producer().send(
            message.topic,
            message.key,
            message.value,
            message.partition,
            None,
            list(message.headers),
        )
        await acknowledged


def _raise_what_cannot_help(failures: Sequence[BaseException]) -> None:
    """Raise what trying again cannot mend."""
    for failure in failures:
        if isinstance(failure, MessageSizeTooLargeError) or "MessageSizeTooLarge" in repr(failure):
            raise StageRejected(
                f"the record is larger than the broker takes: {failure}"
            ) from failure
        if not isinstance(failure, KafkaError | FaustError | OSError | asyncio.TimeoutError):
            raise failure
