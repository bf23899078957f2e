"""Reads dead letters and sends them, or a stretch of a topic, once more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from aiokafka import ConsumerRecord

from streams.errors import BrokerUnavailable
from streams.settings import Settings
from streams.topics import DEAD_LETTER_SUFFIX, dead_letter_topics
from streams.transport.dead_letters import ADDED
from streams.transport.headers import Header
from streams.transport.kafka import producer, reader

REPLAYED_FROM = "x-replayed-from"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter as it lies in its topic."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...]

    def header(self, name: str) -> str:
        """Return a header as text; empty if it is not there."""
        return next((v.decode("utf-8", "replace") for n, v in self.headers if n == name), "")

    @property
    def name(self) -> str:
        """Topic, partition and offset, which name the letter."""
        return f"{self.topic}/{self.partition}/{self.offset}"

    @property
    def source(self) -> str:
        """Topic it came from."""
        return self.header("kafka_dlt-original-topic") or self.topic.removesuffix(
            DEAD_LETTER_SUFFIX
        )

    @property
    def original(self) -> str:
        """Where the message lay: topic, partition and offset."""
        place = (self.header(f"kafka_dlt-original-{part}") for part in ("partition", "offset"))
        return "/".join((self.source, *place))

    @property
    def stage(self) -> str:
        """Stage that rejected it."""
        return self.header("x-stage")

    @property
    def kind(self) -> str:
        """Kind of error."""
        return self.header("x-error-kind")

    @property
    def reason(self) -> str:
        """What was wrong, in words."""
        return self.header("kafka_dlt-exception-message")

    @property
    def attempts(self) -> int:
        """How often it has been rejected."""
        text = self.header("x-attempts")
        return int(text) if text.isdecimal() else 1


@dataclass(frozen=True, slots=True)
class Which:
    """Which letters are meant; what is ``None`` leaves none out."""

    topic: str | None = None
    stage: str | None = None
    reason: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    name: str | None = None

    def takes(self, letter: Letter) -> bool:
        """Tell whether a letter is meant."""
        return all(
            (
                self.topic in {None, letter.topic, letter.source},
                self.stage in {None, letter.stage},
                self.reason is None or self.reason == letter.kind or self.reason in letter.reason,
                self.since_ms is None or letter.timestamp_ms >= self.since_ms,
                self.until_ms is None or letter.timestamp_ms < self.until_ms,
                self.name in {None, letter.name},
            )
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was written to a topic from one time (included) to another (not)."""

    topic: str
    since_ms: int | None = None
    until_ms: int | None = None


async def letters(settings: Settings, which: Which) -> list[Letter]:
    """Return the dead letters that are meant, oldest first.

    Raises:
        BrokerUnavailable: Kafka does not answer.
    """
    found = []
    for topic in dead_letter_topics():
        async for record in messages(settings, Stretch(topic, which.since_ms, which.until_ms)):
            letter = _letter(record)
            if which.takes(letter):
                found.append(letter)
    return sorted(found, key=lambda one: (one.timestamp_ms, one.name))


def _letter(record: ConsumerRecord[bytes, bytes]) -> Letter:
    return Letter(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp_ms=record.timestamp,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )


async def messages(
    settings: Settings, stretch: Stretch
) -> AsyncIterator[ConsumerRecord[bytes, bytes]]:
    """Yield the messages of a stretch, up to what is there now."""
    since_ms, until_ms = stretch.since_ms, stretch.until_ms
    async with reader(settings, stretch.topic) as client:
        parts = sorted(client.assignment())
        ends = await client.end_offsets(parts)
        if until_ms is not None:
            later = await client.offsets_for_times(dict.fromkeys(parts, until_ms))
            ends |= {part: found.offset for part, found in later.items() if found}
        begins = await client.beginning_offsets(parts)
        if since_ms is not None:
            first = await client.offsets_for_times(dict.fromkeys(parts, since_ms))
            begins = {p: found.offset if found else ends[p] for p, found in first.items()}
        for part in parts:
            if begins[part] >= ends[part]:
                continue
            client.assign([part])
            client.seek(part, begins[part])
            while await client.position(part) < ends[part]:
                batches = await client.getmany(part, timeout_ms=500, max_records=CHUNK)
                for record in batches.get(part, ()):
                    if record.offset < ends[part]:
                        yield record


async def replay(
    settings: Settings, found: Sequence[Letter], *, done: Callable[[int], object]
) -> None:
    """Send letters to the topics they came from, bytes and own headers unchanged.

    Raises:
        BrokerUnavailable: one is not acknowledged.
    """
    async with producer(settings) as client:
        for start in range(0, len(found), CHUNK):
            part = found[start : start + CHUNK]
            waiting = [
                await client.send(
                    letter.source, letter.value, key=letter.key, headers=_headers(letter)
                )
                for letter in part
            ]
            await _acknowledged(waiting)
            done(len(part))


def _headers(letter: Letter) -> list[Header]:
    own = [(n, v) for n, v in letter.headers if n not in ADDED or n == "x-attempts"]
    return [*own, (REPLAYED_FROM, letter.name.encode())]


async def again(
    settings: Settings,
    stretch: Stretch,
    *,
    done: Callable[[int], object],
    rate: float | None = None,
) -> int:
    """Send a stretch of a topic to that topic once more and return how many messages that were.

    ``rate`` is the most messages a second.
    """
    sent = 0
    async with producer(settings) as client:
        waiting = []
        async for record in messages(settings, stretch):
            name = f"{record.topic}/{record.partition}/{record.offset}"
            headers = [(n, v) for n, v in record.headers if n != REPLAYED_FROM]
            headers.append((REPLAYED_FROM, name.encode()))
            waiting.append(
                await client.send(
                    stretch.topic,
                    record.value,
                    key=record.key,
                    partition=record.partition,
                    headers=headers,
                )
            )
            sent += 1
            if len(waiting) >= (min(CHUNK, max(1, int(rate))) if rate else CHUNK):
                await _acknowledged(waiting)
                done(len(waiting))
                if rate:
                    await asyncio.sleep(len(waiting) / rate)
                waiting = []
        await _acknowledged(waiting)
        done(len(waiting))
    return sent


async def _acknowledged(waiting: Sequence[asyncio.Future[object]]) -> None:
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise BrokerUnavailable(f"not acknowledged: {outcome!r}") from outcome


async def count(settings: Settings, stretch: Stretch) -> int:
    """Return how many messages a stretch holds."""
    return sum([1 async for _ in messages(settings, stretch)])
