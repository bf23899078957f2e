"""What is held in memory of the open incidents: comparable facts, links, and when to close.

The reports themselves stay packed in the store.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from streams.merging.compare import compare
from streams.merging.features import Features
from streams.merging.index import Index

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class Facts:
    """The comparable facts of every open incident, filed for look-up.

    ``silence`` is the event time after the newest report at which an incident closes.
    """

    def __init__(self, *, silence: dt.timedelta | None) -> None:
        self._silence = silence
        self._reports: dict[str, tuple[Features, ...]] = {}
        self._owner: dict[str, str] = {}
        self._links: dict[str, set[str]] = {}
        """Incidents that share a link but not an incident, for those explored."""
        self._joined: set[str] = set()
        self._index = Index()
        self._closing: list[tuple[dt.datetime, str]] = []
        self._told: dict[str, dt.datetime] = {}
        """When an incident was told of last; for an undated one, the event time then."""
        self._now = _NEVER

    def put(
        self, incident: str, reports: Sequence[Features], *, explored: bool, joined: bool
    ) -> None:
        """File an incident.

        One that is not explored is compared with others when touched; the reports of one
        that is joined stay together, since reports that tied them were let go.
        """
        if joined:
            self._joined.add(incident)
        self._reports[incident] = tuple(reports)
        for report in reports:
            self._owner[report.key] = incident
            self._index.add(incident, report)
        if explored:
            self._links.setdefault(incident, set())
        told = [report.published for report in reports if report.published]
        self._close_later(incident, max(told, default=self._now))

    def drop(self, incident: str) -> None:
        """Forget an incident."""
        self._joined.discard(incident)
        self._told.pop(incident, None)
        for report in self._reports.pop(incident, ()):
            self._index.remove(incident, report)
            if self._owner.get(report.key) == incident:
                del self._owner[report.key]
        for other in self._links.pop(incident, ()):
            self._links.get(other, set()).discard(incident)

    def owner(self, key: str) -> str | None:
        """Return the incident that holds a report."""
        return self._owner.get(key)

    def reports(self, incident: str) -> tuple[Features, ...]:
        """Return the facts of the reports of an incident; none if it is not open."""
        return self._reports.get(incident, ())

    def joined(self, incidents: Iterable[str]) -> list[set[str]]:
        """Return the keys of the reports that stay together, for each of these incidents."""
        return [{r.key for r in self.reports(i)} for i in incidents if i in self._joined]

    def advance(self, report: Features) -> list[str]:
        """Move event time on to a report's and return the incidents that close, now forgotten."""
        if self._silence is None or report.published is None:
            return []
        self._now = max(self._now, report.published)
        closed = []
        while self._closing and self._closing[0][0] < self._now - self._silence:
            last, incident = heapq.heappop(self._closing)
            if incident not in self._reports or self._told[incident] != last:
                continue
            if last == _NEVER:  # undated, filed before there was a time
                self._close_later(incident, self._now)
            else:
                self.drop(incident)
                closed.append(incident)
        return closed

    def component(self, report: Features, *, also: str | None = None) -> set[str]:
        """Return the incidents that a report is linked with, directly or through others."""
        reached: set[str] = set()
        frontier = self._linked([report]) | ({also} if also else set())
        while frontier:
            reached |= frontier
            frontier = {other for one in frontier for other in self._explore(one)} - reached
        return reached

    def replace(
        self,
        before: Iterable[str],
        after: Mapping[str, Sequence[Features]],
        *,
        near: AbstractSet[str],
        joined: AbstractSet[str],
    ) -> None:
        """File the incidents ``after`` instead of those ``before``, and link them.

        ``near`` are the others that the new report may have linked with them.
        """
        outside = set(near)
        for incident in list(before):
            outside |= self._links.get(incident, set())
            self.drop(incident)
        for incident, reports in after.items():
            self.put(incident, reports, explored=True, joined=incident in joined)
        for incident in sorted(after):
            others = (outside | set(after)) - {incident}
            for other in sorted(others & self._reports.keys()):
                if self._any_link(incident, other):
                    self._links[incident].add(other)
                    if other in self._links:
                        self._links[other].add(incident)

    def _close_later(self, incident: str, told: dt.datetime) -> None:
        self._told[incident] = told
        heapq.heappush(self._closing, (told, incident))

    def _linked(self, reports: Iterable[Features]) -> set[str]:
        found = set()
        for report in reports:
            for incident in self._index.near(report):
                if any(compare(report, other).linked for other in self._reports[incident]):
                    found.add(incident)
        return found

    def _explore(self, incident: str) -> set[str]:
        if incident not in self._links:
            self._links[incident] = self._linked(self._reports[incident]) - {incident}
        return self._links[incident]

    def _any_link(self, one: str, other: str) -> bool:
        return any(compare(a, b).linked for a in self._reports[one] for b in self._reports[other])
