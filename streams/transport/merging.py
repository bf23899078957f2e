"""Runs the merge on Kafka, its state in a Faust table.

The order makes it safe: revisions are acknowledged, then the table's changelog, then the table
is written, then Faust may commit.  A report that is delivered again after a
crash either repeats what was sent, byte for byte, or finds itself known.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial

import structlog

from schemas import Incident, IncidentReport, IncidentRevision
from streams import topics
from streams.errors import PermanentError, StageRejected
from streams.merging import Merger, Outcome
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.operations.tracing import Hop, Tracing
from streams.transport.batches import Outgoing
from streams.transport.dead_letters import Received, dead_letter_headers
from streams.transport.delivery import Delivery, settled
from streams.transport.handoff import Handoff
from streams.transport.headers import arrived, message_headers
from streams.transport.ledger import Country, Ledger, Staged, enter
from streams.transport.observed import identify, note_latency, opened, rejected
from streams.transport.stage import MOST, key_of, received
from streams.transport.together import Event, Stream, acknowledge, together
from streams.transport.turns import Turns

_log = structlog.get_logger(__name__)
_lines = logging.getLogger(__name__)
NAME = "merging"


@dataclass(slots=True)
class MergeWorker:
    """Merges the reports of the partitions of this worker."""

    table: Ledger
    delivery: Delivery
    metrics: Metrics
    health: Health
    silence: dt.timedelta
    tracing: Tracing = field(default_factory=Tracing)
    handoff: Handoff = field(default_factory=Handoff)
    turns: Turns = field(default_factory=Turns)
    rank: int = 0
    most: int = MOST
    _mergers: dict[str, tuple[Merger, Country]] = field(default_factory=dict)
    _staged: Staged | None = None
    _open: int = 0
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def forget(self) -> None:
        """Let what is being merged finish, then read the table anew: partitions came or went."""
        async with self._busy:
            self._mergers = {}
            self._staged = None
            self._open = 0

    async def consume(self, stream: Stream) -> None:
        """Merge reports for ever; an agent's body."""
        async with aclosing(together(stream, most=self.most)) as batches:
            async for events in batches:
                await settled(
                    self.batch(events),
                    acknowledge=partial(acknowledge, stream, events),
                    give_up=self.delivery.give_up,
                )

    async def batch(self, events: Sequence[Event]) -> None:
        """Merge the reports of bundles; return when all that changed is acknowledged and kept."""
        messages = [(message, event) for event in events for message in received(event)]
        async with self._busy:
            if self._staged is None:
                self._staged = Staged(self.table)
            outgoing: list[Outgoing] = []
            async with self.turns.of(self.rank) as turn:
                for message, event in messages:
                    enter(event)
                    outgoing += self._one(message, event)
                    await turn.rest()
            await self.delivery.send(_newest(outgoing))
            await self._staged.write()
        self.metrics.observe("news_stage_batch_messages", len(messages), stage=NAME)
        self.metrics.set("news_open_incidents", self._open)
        note_latency(self.metrics, [message for message, _ in messages], stage=NAME)
        self.health.progress()

    def _one(self, message: Received, event: Event) -> list[Outgoing]:
        started = time.perf_counter()
        with opened(self.tracing, message, stage=NAME) as hop:
            try:
                outcome = self._merge(message, event, hop)
            except PermanentError as error:
                hop.reject(error.kind)
                return [self._dead_letter(message, error)]
            self._count(outcome, message, time.perf_counter() - started)
            _tell(outcome, hop)
            return list(_messages(outcome, message, hop))

    def _merge(self, message: Received, event: Event, hop: Hop) -> Outcome:
        report = self.handoff.decode(message.value, topics.INCIDENT_REPORTS)
        assert isinstance(report, IncidentReport)
        assert self._staged is not None
        key = key_of(report, topics.INCIDENT_REPORTS)
        article = report.articles[0].article_id if report.articles else ""
        identify(hop, message, key=key, article=article)
        code = key.decode()
        merger, country = self._merger(code)
        try:
            outcome = merger.add(report)
        except Exception as error:
            incidents = self._staged.countries().get(code, {})
            self._mergers[code] = self._new_merger(code, incidents)
            raise StageRejected(f"{NAME}: {type(error).__name__}: {error}") from error
        for incident, value in outcome.writes.items():
            known = self._staged.read(country.key(incident)) is not None
            self._open += (value is not None) - known
            self._staged.stage(country.key(incident), value, event=event)
        return outcome

    def _merger(self, code: str) -> tuple[Merger, Country]:
        """Return what merges a country's reports; the first call reads the whole table."""
        assert self._staged is not None
        if not self._mergers:
            for known, incidents in self._staged.countries().items():
                self._mergers[known] = self._new_merger(known, incidents)
                self._open += len(incidents)
        if code not in self._mergers:
            self._mergers[code] = self._new_merger(code, {})
        return self._mergers[code]

    def _new_merger(self, code: str, incidents: dict[str, bytes]) -> tuple[Merger, Country]:
        assert self._staged is not None
        country = Country(code, self._staged, incidents)
        return Merger(country, silence=self.silence), country

    def _dead_letter(self, message: Received, error: PermanentError) -> Outgoing:
        self.metrics.count("news_stage_messages_total", stage=NAME, outcome="dead_letter")
        self.metrics.count("news_dead_letters_total", stage=NAME, kind=error.kind)
        _log.warning("message rejected", **rejected(message, error, stage=NAME))
        return Outgoing(
            topics.INCIDENT_REPORTS.dead_letters,
            message.key,
            message.value,
            dead_letter_headers(message, error, stage=NAME),
            partition=message.partition,
        )

    def _count(self, outcome: Outcome, message: Received, seconds: float) -> None:
        now = time.time()
        self.metrics.observe("news_stage_duration_seconds", seconds, stage=NAME)
        self.metrics.count("news_stage_messages_total", stage=NAME, outcome="ok")
        came = arrived(message.headers, message.timestamp_ms) / 1000
        self.metrics.observe("news_pipeline_latency_seconds", max(0.0, now - came))
        for revision in outcome.revisions:
            self.metrics.count(
                "news_incident_revisions_total",
                event_type=revision.event_type,
                status=revision.status,
            )
            self.metrics.set("news_last_incident_timestamp_seconds", now)


def _tell(outcome: Outcome, hop: Hop) -> None:
    """Put the incidents that a report changed on the span and into the log."""
    if not outcome.revisions:
        return
    hop.know(incident_id=[one.incident_id for one in outcome.revisions])
    if not _lines.isEnabledFor(logging.INFO):
        return
    for one in outcome.revisions:
        _log.info("revised", incident_id=one.incident_id, revision=one.revision, status=one.status)


def _messages(outcome: Outcome, message: Received, hop: Hop) -> Iterator[Outgoing]:
    """Yield each revision, and the incident as it leaves it."""
    for revision in outcome.revisions:
        key = revision.incident_id.encode()
        gone = revision.status == "withdrawn"
        value = None if gone else current(revision).to_json()
        pairs = ((topics.INCIDENT_REVISIONS, revision.to_json()), (topics.INCIDENTS, value))
        for topic, content in pairs:
            headers = message_headers(
                topic,
                content,
                key=key,
                received=message.headers,
                timestamp_ms=message.timestamp_ms,
                trace=hop.known["request_id"],
                parent=hop.parent,
            )
            yield Outgoing(topic.name, key, content, headers)


def _newest(messages: Sequence[Outgoing]) -> list[Outgoing]:
    """Leave out incidents that a later message of the same batch replaces."""
    last = {m.key: n for n, m in enumerate(messages) if m.topic == topics.INCIDENTS.name}
    return [
        message
        for number, message in enumerate(messages)
        if message.topic != topics.INCIDENTS.name or last[message.key] == number
    ]


def current(revision: IncidentRevision) -> Incident:
    """Return the incident as a revision leaves it, what changed left out."""
    values = dict(revision)
    values.pop("changed_fields")
    return Incident.model_construct(**values)
