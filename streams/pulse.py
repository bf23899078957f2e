"""Tells health and metrics once a second how a worker is, and ends one that is stalled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from faust import App

from streams import topics
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.transport.delivery import give_up

_log = structlog.get_logger(__name__)
PULSE_SECONDS = 1.0
ANSWER_SECONDS = 10.0
"""Longest wait for Kafka to say how far its topics reach."""
GRACE_SECONDS = 10.0
"""How long the process is left to its supervisor after it was found dead; then it ends itself."""
_READ = frozenset(topic.name for topic in topics.CONSUMED)


@dataclass(slots=True)
class Pulse:
    """Watches one Faust application."""

    app: App
    health: Health
    metrics: Metrics
    more: Callable[[], None] = lambda: None
    """Called at each beat: what else is to be measured."""
    end: Callable[[str], None] = give_up
    patience_seconds: float = 120.0
    """How long Kafka may be silent before the process counts as stalled."""
    _dead_since: float | None = None
    _silent_since: float | None = None
    _left: int = 0

    async def run(self) -> None:
        """Beat for ever."""
        while True:
            due = time.monotonic() + PULSE_SECONDS
            await asyncio.sleep(PULSE_SECONDS)
            self.health.tick()
            self.metrics.set("news_event_loop_delay_seconds", max(0.0, time.monotonic() - due))
            self.health.recovering = bool(self.app.in_recovery)
            if self.health.recovering:
                self._measure_recovery()
            elif self.health.started:
                await self._measure_lag()
            self.metrics.set("news_ready", not self.health.unready())
            self.more()
            self._judge()

    def _measure_recovery(self) -> None:
        """Note how much of the table is still to be read; getting on counts as progress.

        The worker has started: a large table takes longer than a start may.
        """
        tables: Any = self.app.tables
        left = int(tables.recovery.active_remaining_total())
        if left != self._left:
            self.health.progress()
        self._left = left
        self.health.lag = left
        self.health.started = True

    async def _measure_lag(self) -> None:
        """Ask Kafka for the ends: what Faust remembers of them stands still when it is stuck."""
        consumer: Any = self.app.consumer
        assigned = [tp for tp in consumer.assignment() if tp.topic in _READ]
        self.metrics.set("news_assigned_partitions", len(assigned))
        if not assigned:
            self.health.set_lag(0)
            return
        committed = consumer._committed_offset  # noqa: SLF001  # Faust offers no other way
        new = [tp for tp in assigned if committed.get(tp) is None]
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                ends = await consumer.highwaters(*assigned)
                begins = await consumer.earliest_offsets(*new) if new else {}
        except Exception as error:  # noqa: BLE001  # a broker that does not answer is no fault of ours
            self._note_silence(error)
            return
        self._silent_since = None
        self.health.fault("kafka", None)
        self._note_lag({tp: committed.get(tp) or begins.get(tp, 0) for tp in assigned}, ends)

    def _note_silence(self, error: Exception) -> None:
        """Blame Kafka for a while; then a restart is worth a try."""
        now = time.monotonic()
        self._silent_since = self._silent_since or now
        self.health.fault("kafka", f"does not answer: {error!r}")
        if now - self._silent_since < self.patience_seconds:
            self.health.progress()

    def _note_lag(self, done: Mapping[Any, int], ends: Mapping[Any, int]) -> None:
        total = 0
        for tp, offset in done.items():
            lag = max(0, ends.get(tp, 0) - offset)
            total += lag
            self.metrics.set("news_consumer_lag", lag, topic=tp.topic, partition=str(tp.partition))
        self.health.set_lag(total)

    def _judge(self) -> None:
        """End the process when it has been dead for a while and nobody restarted it."""
        reasons = self.health.dead()
        if not reasons:
            self._dead_since = None
            return
        now = time.monotonic()
        if self._dead_since is None:
            self._dead_since = now
            _log.critical("stalled", reasons=reasons)
        elif now - self._dead_since > GRACE_SECONDS:
            self.end("; ".join(reasons))
