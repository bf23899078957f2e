"""Runs the merge on Kafka: one report at a time, its state in a Faust table.

Revisions are sent and acknowledged before the table is written, so a report that is
delivered again after a crash either repeats what was sent or finds itself known.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from schemas import Incident, IncidentReport, IncidentRevision
from streams import topics
from streams.errors import PermanentError, StageRejected
from streams.merging import Merger, Outcome
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.transport.dead_letters import Received, dead_letter_headers
from streams.transport.delivery import Delivery, Outgoing
from streams.transport.headers import message_headers
from streams.transport.stage import Event, decode, received

_log = structlog.get_logger(__name__)
NAME = "merging"


class TableStore(Mapping[str, bytes]):
    """A Faust table of bytes as the mapping of text to bytes that a merger reads."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __getitem__(self, name: str) -> bytes:
        value = self._table.get(name.encode())
        if value is None:
            raise KeyError(name)
        return bytes(value)

    def __iter__(self) -> Iterator[str]:
        return (key.decode() for key in self._table)

    def __len__(self) -> int:
        return len(self._table)

    def items(self) -> Any:
        """Return all pairs, read once."""
        return [(key.decode(), bytes(value)) for key, value in self._table.items()]


@dataclass(slots=True)
class MergeWorker:
    """Merges the reports of the partitions of this worker."""

    table: Any
    delivery: Delivery
    metrics: Metrics
    health: Health
    silence: dt.timedelta
    _merger: Merger | None = None

    def forget(self) -> None:
        """Read the table anew before the next report: partitions came or went."""
        self._merger = None

    async def consume(self, events: AsyncIterable[Event]) -> None:
        """Merge reports for ever; an agent's body."""
        async for event in events:
            await self.one(received(event))

    async def one(self, message: Received) -> None:
        """Merge one report and return when what changed is acknowledged and stored."""
        started = time.perf_counter()
        try:
            outcome = self._merge(message)
        except PermanentError as error:
            await self._reject(message, error)
            return
        await self.delivery.send(list(self._outgoing(outcome, message)))
        for name, value in outcome.writes.items():
            if value is None:
                self.table.pop(name.encode(), None)
            else:
                self.table[name.encode()] = value
        self._count(outcome, message, time.perf_counter() - started)

    def _merge(self, message: Received) -> Outcome:
        report = decode(topics.INCIDENT_REPORTS, message)
        assert isinstance(report, IncidentReport)
        if self._merger is None:
            self._merger = Merger(TableStore(self.table), silence=self.silence)
        try:
            return self._merger.add(report)
        except Exception as error:
            self._merger = None
            raise StageRejected(f"{NAME}: {type(error).__name__}: {error}") from error

    def _outgoing(self, outcome: Outcome, message: Received) -> Iterator[Outgoing]:
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
                )
                yield Outgoing(topic.name, key, content, headers)

    async def _reject(self, message: Received, error: PermanentError) -> None:
        self.metrics.count("news_stage_messages_total", stage=NAME, outcome="dead_letter")
        self.metrics.count("news_dead_letters_total", stage=NAME, kind=error.kind)
        _log.warning("message rejected", stage=NAME, offset=message.offset, reason=str(error)[:300])
        letter = Outgoing(
            topics.INCIDENT_REPORTS.dead_letters,
            message.key,
            message.value,
            dead_letter_headers(message, error, stage=NAME),
            partition=message.partition,
        )
        await self.delivery.send([letter])

    def _count(self, outcome: Outcome, message: Received, seconds: float) -> None:
        now = time.time()
        self.metrics.observe("news_stage_duration_seconds", seconds, stage=NAME)
        self.metrics.count("news_stage_messages_total", stage=NAME, outcome="ok")
        self.metrics.set("news_last_progress_timestamp_seconds", now)
        self.metrics.observe(
            "news_pipeline_latency_seconds", max(0.0, now - message.timestamp_ms / 1000)
        )
        for revision in outcome.revisions:
            self.metrics.count(
                "news_incident_revisions_total",
                event_type=revision.event_type,
                status=revision.status,
            )
            self.metrics.set("news_last_incident_timestamp_seconds", now)
        self.health.progress()


def current(revision: IncidentRevision) -> Incident:
    """Return the incident as a revision leaves it, what changed left out."""
    values = dict(revision)
    values.pop("changed_fields")
    return Incident.model_construct(**values)
