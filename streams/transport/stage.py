"""The one wrapper that runs a stage on Kafka: decode, call, send, wait, acknowledge.

An exception must never leave an agent: Faust would commit past the message.  What cannot
be processed becomes a dead letter; what cannot be written ends the process, so that it is
delivered again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog

from schemas import Contract, FlaggedArticle
from streams.errors import PermanentError, StageRejected
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.operations.tracing import Hop, Tracing
from streams.pipeline import Stage
from streams.topics import UNKNOWN_COUNTRY, Topic
from streams.transport.batches import Outgoing
from streams.transport.dead_letters import Limit, Received, dead_letter_headers
from streams.transport.delivery import Delivery, settled
from streams.transport.handoff import Handoff
from streams.transport.headers import message_headers
from streams.transport.observed import identify, note_latency, opened, rejected
from streams.transport.together import Event, Stream, acknowledge, together
from streams.transport.turns import Turns

_log = structlog.get_logger(__name__)
_lines = logging.getLogger(__name__)

MOST = 200
"""Messages that a stage processes together where no setting says how many."""


def received(event: Event) -> list[Received]:
    """Return the messages of the bundle that a Faust event holds, untouched."""
    return [
        Received(
            record.topic,
            record.partition,
            record.offset,
            record.timestamp,
            record.key,
            record.value,
            record.headers,
        )
        for record in event.message.records
    ]


def key_of(record: Any, topic: Topic) -> bytes:
    """Return the key that a record of a topic is sent with."""
    if topic.key == "article_id":
        return (record.article_id or "").encode("utf-8", "replace")
    return ((record.place and record.place.country_code) or UNKNOWN_COUNTRY).encode()


@dataclass(slots=True)
class StageWorker:
    """Runs one stateless stage; ``options`` go to its function."""

    stage: Stage
    delivery: Delivery
    metrics: Metrics
    health: Health
    limit: Limit
    options: dict[str, Any] = field(default_factory=dict)
    tracing: Tracing = field(default_factory=Tracing)
    handoff: Handoff = field(default_factory=Handoff)
    turns: Turns = field(default_factory=Turns)
    rank: int = 0
    """How far down the line the stage stands."""
    most: int = MOST
    """How many messages are processed together."""
    clock: Callable[[], float] = time.perf_counter
    dead: int = 0
    """How many messages became dead letters."""

    async def consume(self, stream: Stream) -> None:
        """Process what waits for ever; an agent's body."""
        async with aclosing(together(stream, most=self.most)) as batches:
            async for events in batches:
                await settled(
                    self.batch([message for event in events for message in received(event)]),
                    acknowledge=partial(acknowledge, stream, events),
                    give_up=self.delivery.give_up,
                )
                if reason := self.limit.exceeded():
                    await self._hold(reason)

    async def _hold(self, reason: str) -> None:
        """Take nothing more, so that a healthy topic is not drained into its dead letters.

        The worker is not ready but lives: restarting it would drain a little more each time.
        """
        self.health.fault(f"stage {self.stage.name}", reason)
        _log.critical("stage held", stage=self.stage.name, reason=reason)
        while True:
            self.health.progress()
            await asyncio.sleep(1.0)

    async def batch(self, messages: Sequence[Received]) -> None:
        """Process messages and return when everything made of them is acknowledged."""
        outgoing: list[Outgoing] = []
        spent: list[float] = []
        dead = self.dead
        async with self.turns.of(self.rank) as turn:
            for message in messages:
                begun = self.clock()
                outgoing += self.process(message)
                spent.append(self.clock() - begun)
                await turn.rest()
        dead = self.dead - dead
        try:
            await self.delivery.send(outgoing)
        except StageRejected:
            await self._one_by_one(messages)
        self._count(len(messages) - dead, len(outgoing) - dead)
        self.metrics.observe("news_stage_duration_seconds", *spent, stage=self.stage.name)
        self.metrics.observe("news_stage_batch_messages", len(messages), stage=self.stage.name)
        note_latency(self.metrics, messages, stage=self.stage.name)
        self.health.progress()

    def _count(self, processed: int, made: int) -> None:
        stage = self.stage.name
        self.metrics.count("news_stage_messages_total", processed, stage=stage, outcome="ok")
        self.metrics.count("news_stage_output_messages_total", made, stage=stage)

    async def _one_by_one(self, messages: Iterable[Received]) -> None:
        """Send what each message made by itself; one that is too large becomes a dead letter."""
        for message in messages:
            try:
                await self.delivery.send(self.process(message))
            except StageRejected as error:
                await self.delivery.send([self.dead_letter(message, error)])

    def process(self, message: Received) -> list[Outgoing]:
        """Return what to send for a message: the records made of it, or its dead letter."""
        with opened(self.tracing, message, stage=self.stage.name) as hop:
            try:
                records = self._run(message, hop)
                made = [self._outgoing(record, message, hop) for record in records]
            except PermanentError as error:
                hop.reject(error.kind)
                return [self.dead_letter(message, error)]
            if _lines.isEnabledFor(logging.DEBUG):
                _log.debug("done", made=len(made))
        self.limit.note(dead=False)
        return made

    def _run(self, message: Received, hop: Hop) -> list[Contract]:
        record = self.handoff.decode(message.value, self.stage.consumes)
        key = key_of(record, self.stage.consumes)
        identify(hop, message, key=key, article=key.decode())
        try:
            made = list(self.stage.run(record, **self.options))
        except PermanentError:
            raise
        except Exception as error:
            raise StageRejected(f"{self.stage.name}: {type(error).__name__}: {error}") from error
        for one in made:
            if type(one) is FlaggedArticle:
                self._count_flags(one)
        return made

    def _count_flags(self, article: FlaggedArticle) -> None:
        flags = Counter((one.language, one.needs_translation) for one in article.segments)
        for (language, needed), count in flags.items():
            self.metrics.count(
                "news_segments_flagged_total",
                count,
                language=language,
                needs_translation=str(needed).lower(),
            )

    def _outgoing(self, record: Contract, message: Received, hop: Hop) -> Outgoing:
        topic = self.stage.produces
        key, value = key_of(record, topic), self.handoff.encode(record, topic)
        headers = message_headers(
            topic,
            value,
            key=key,
            received=message.headers,
            timestamp_ms=message.timestamp_ms,
            trace=hop.known["request_id"],
            parent=hop.parent,
        )
        return Outgoing(topic.name, key, value, headers)

    def dead_letter(self, message: Received, error: PermanentError) -> Outgoing:
        """Return the dead letter of a message and count it."""
        stage = self.stage.name
        self.metrics.count("news_stage_messages_total", stage=stage, outcome="dead_letter")
        self.metrics.count("news_dead_letters_total", stage=stage, kind=error.kind)
        self.limit.note(dead=True)
        self.dead += 1
        _log.warning("message rejected", **rejected(message, error, stage=stage))
        return dead_letter(message, error, stage=self.stage)


def dead_letter(message: Received, error: PermanentError, *, stage: Stage) -> Outgoing:
    """Return the dead letter of a message: its bytes unchanged, headers that say why."""
    return Outgoing(
        stage.consumes.dead_letters,
        message.key,
        message.value,
        dead_letter_headers(message, error, stage=stage.name),
        partition=message.partition,
    )
