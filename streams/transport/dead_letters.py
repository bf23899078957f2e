"""Dead letters: the bytes as they came and headers that say why, as Spring Kafka names them.

Numbers are decimal text.  Nothing that was on the message is overwritten.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

from streams.errors import PermanentError
from streams.transport.headers import Header, Headers

REASON_CHARACTERS = 2000
ADDED = frozenset(
    (
        "kafka_dlt-original-topic",
        "kafka_dlt-original-partition",
        "kafka_dlt-original-offset",
        "kafka_dlt-original-timestamp",
        "kafka_dlt-exception-fqcn",
        "kafka_dlt-exception-cause-fqcn",
        "kafka_dlt-exception-message",
        "x-stage",
        "x-error-kind",
        "x-attempts",
    )
)
"""Headers that a dead letter has and its message had not."""


class Received(NamedTuple):
    """A message as it came from Kafka."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers


def dead_letter_headers(message: Received, error: PermanentError, *, stage: str) -> list[Header]:
    """Return the headers of the dead letter: those received, then where it was and why."""
    kind = type(error)
    cause = error.__cause__
    added = {
        "kafka_dlt-original-topic": message.topic,
        "kafka_dlt-original-partition": str(message.partition),
        "kafka_dlt-original-offset": str(message.offset),
        "kafka_dlt-original-timestamp": str(message.timestamp_ms),
        "kafka_dlt-exception-fqcn": f"{kind.__module__}.{kind.__qualname__}",
        "kafka_dlt-exception-cause-fqcn": type(cause).__qualname__ if cause else "",
        "kafka_dlt-exception-message": str(error)[:REASON_CHARACTERS],
        "x-stage": stage,
        "x-error-kind": error.kind,
        "x-attempts": str(_attempts(message) + 1),
    }
    own = [(name, value) for name, value in message.headers if name not in ADDED]
    return own + [(n, v.encode("utf-8", "replace")) for n, v in added.items() if v]


def _attempts(message: Received) -> int:
    """Return how often the message was rejected before it was sent once more."""
    text = next((value for name, value in message.headers if name == "x-attempts"), b"")
    return int(text) if text and text.isdigit() else 0


@dataclass(slots=True)
class Limit:
    """Says when so many recent messages were dead letters that the stage should stop.

    One bad message among few is no reason: the window must be full first.
    """

    share: float
    window: int
    _recent: deque[bool] = field(default_factory=deque)

    def note(self, *, dead: bool) -> None:
        """Note the outcome of a message."""
        self._recent.append(dead)
        if len(self._recent) > self.window:
            self._recent.popleft()

    def exceeded(self) -> str | None:
        """Return what to say when the limit is exceeded."""
        dead = sum(self._recent)
        if len(self._recent) < self.window or dead < self.share * self.window:
            return None
        return f"{dead} of the last {self.window} messages were dead letters"
