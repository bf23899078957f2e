"""Chooses the value that stands when reports differ, the same whatever order they came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from schemas import IncidentReport
from streams.merging.features import Features

Value = TypeVar("Value")
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)

OWN_VOICE, QUOTED, POSTED = 1.0, 0.7, 0.4
"""Weight of a report by who tells the incident in it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A report of an incident with its comparable facts."""

    report: IncidentReport
    features: Features

    @property
    def time(self) -> dt.datetime:
        """When its article was published; unknown counts as long ago."""
        return self.features.published or _LONG_AGO

    @property
    def source(self) -> str:
        """Who published it."""
        return self.features.source or self.features.article

    @property
    def voice(self) -> float:
        """How much its word counts: the article's own voice, a quoted speaker, a post."""
        trigger = self.report.trigger
        if trigger.segment_kind == "social_post":
            return POSTED
        return QUOTED if trigger.speaker else OWN_VOICE


def ranked(members: Sequence[Member]) -> list[Member]:
    """Return the members, the one to be believed first: real, own voice, sure, new."""
    return sorted(
        members,
        key=lambda m: (
            m.report.realis != "actual",
            m.features.standing != "real",
            -m.voice,
            -m.time.timestamp() if m.features.published else 0.0,
            -m.report.confidence.overall,
            m.features.key,
        ),
    )


def best(
    members: Sequence[Member],
    value: Callable[[IncidentReport], Value | None],
    *,
    same: Callable[[Value], Hashable],
    fineness: Callable[[Value], float] = lambda _: 0.0,
) -> tuple[Value, Member] | None:
    """Return the value that stands and the member it is taken from; None where none tells it.

    Finer values come first, then those of more sources, by weight of voice, then newer ones.
    ``same`` says which values are equal; ``fineness`` is higher for a more precise value.
    """
    camps: dict[Hashable, list[tuple[Value, Member]]] = {}
    for member in members:
        given = value(member.report)
        if given is not None:
            camps.setdefault(same(given), []).append((given, member))
    if not camps:
        return None
    if len(members) == 1:
        return next(iter(camps.values()))[0]

    def order(camp: list[tuple[Value, Member]]) -> tuple[float, float, dt.datetime, str]:
        by_source: dict[str, float] = {}
        for _, member in camp:
            by_source[member.source] = max(member.voice, by_source.get(member.source, 0.0))
        newest = max(camp, key=lambda pair: (pair[1].time, pair[1].features.key))[1]
        finest = max(fineness(given) for given, _ in camp)
        return finest, sum(sorted(by_source.values())), newest.time, newest.features.key

    winner = max(camps.values(), key=order)
    first = {id(m): rank for rank, m in enumerate(members)}
    return min(winner, key=lambda pair: (-fineness(pair[0]), first[id(pair[1])]))
