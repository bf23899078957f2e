"""Decides for two reports: the same incident, perhaps, or never.

Cues add up (`cues`); a contradiction that can be named forbids.  A victim's full name is
worth almost all that a link needs, and outweighs days and a country that were only inferred.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from streams.merging import cues
from streams.merging.cues import OTHER_TOWN_KM
from streams.merging.features import Features, confusable
from streams.merging.names import meet

LINK = 4.8
"""Score from which two reports are taken to tell the same incident."""

NAMED_DAYS = 14
"""Days by which reports may differ that name the same victims and a day."""

RETOLD_DAYS = 30
"""Days by which they may where one tells it as news, without a day of its own."""

OPERATION_DAYS = 7
"""Days by which reports may differ that name the same operation."""

COPIED_DAYS = 3
"""Days by which copies of one text may differ."""

ELSEWHERE = -2.5
"""Score of the place where two reports name one victim but towns far apart."""

KM_PER_DEGREE = 110.0
"""Kilometres of a degree of latitude, rounded down."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two reports are, and the contradiction between them, if there is one."""

    score: float
    contradiction: str | None = None

    @property
    def linked(self) -> bool:
        """Whether the two alone would be taken as one incident."""
        return self.contradiction is None and self.score >= LINK


def compare(one: Features, other: Features) -> Comparison:
    """Return the score of the cues that two reports share; symmetric in its arguments."""
    contradiction = _contradiction(one, other)
    if contradiction:
        return Comparison(0.0, contradiction)
    shared = meet(one.victims, other.victims)
    named = cues.names(one, other, shared=shared)
    day = cues.day(one, other, days=_days(one, other, named=named, shared=shared), shared=shared)
    if day is None:
        return Comparison(0.0, "day")
    place = cues.place(one, other)
    if place is None and not shared:
        return Comparison(0.0, "place")
    where = ELSEWHERE if place is None else place
    told = cues.kind(one, other) + cues.parties(one, other) + cues.toll(one, other)
    return Comparison(day + where + named + told)


def _days(one: Features, other: Features, *, named: float, shared: bool) -> int:
    """Return by how many days reports may differ that name something in common."""
    if shared:
        return NAMED_DAYS if one.exact_day and other.exact_day else RETOLD_DAYS
    return OPERATION_DAYS if named > cues.COPIED else COPIED_DAYS if named else 0


def _contradiction(one: Features, other: Features) -> str | None:
    for name, holds in _CONTRADICTIONS:
        if holds(one, other):
            return name
    return None


def _far_apart(one: Features, other: Features) -> bool:
    """Whether two towns lie too far apart, by their latitudes alone."""
    if not (one.fine and other.fine) or one.point is None or other.point is None:
        return False
    if meet(one.victims, other.victims):
        return False
    return abs(one.point[0] - other.point[0]) * KM_PER_DEGREE > OTHER_TOWN_KM


def _other_realis(one: Features, other: Features) -> bool:
    return one.standing != other.standing and "hypothetical" in {one.standing, other.standing}


def _other_country(one: Features, other: Features) -> bool:
    if one.country == other.country or "ZZ" in {one.country, other.country}:
        return False
    sure = one.fine and one.placed and other.fine and other.placed
    return sure or not meet(one.victims, other.victims)


def _other_type(one: Features, other: Features) -> bool:
    if not (one.specific and other.specific) or one.sub_type == other.sub_type:
        return False
    return frozenset((one.sub_type, other.sub_type)) not in confusable()


def _other_victims(one: Features, other: Features) -> bool:
    return bool(one.victims and other.victims) and not meet(one.victims, other.victims)


_CONTRADICTIONS: tuple[tuple[str, Callable[[Features, Features], bool]], ...] = (
    ("article", lambda one, other: one.article == other.article),
    ("place", _far_apart),
    ("family", lambda one, other: one.family != other.family),
    ("country", _other_country),
    ("realis", _other_realis),
    ("sub_event_type", _other_type),
    (
        "operation",
        lambda one, other: (
            bool(one.operation and other.operation) and one.operation != other.operation
        ),
    ),
    ("victims", _other_victims),
)
"""What forbids a merge, cheapest checks first; day and place are judged again with their scores."""
