"""Decides for two reports: the same incident, perhaps, or never.

Cues add up; a contradiction that can be named forbids.  The weights were set by hand
on the scenario stories and looked at on public incident keys; each has an id so that a
decision can be explained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from streams.merging.features import Features, confusable
from streams.record.fingerprint import SAME_TEXT_BITS, distance
from streams.text.geometry import kilometres

LINK = 4.4
"""Score from which two reports are taken to tell the same incident."""

NAMED_DAYS = 7
"""Days by which reports may differ that name the same victims or operation."""

COPIED_DAYS = 3
"""Days by which copies of one text may differ."""

COPIED = 2.5
"""Score of two reports from copies of one text; less than that of any name they share."""

SAME_VICTIM_ELSEWHERE = -2.5
"""Score of the place where two reports name one victim but towns far apart."""

OTHER_WAY = -1.0
"""Score of a shooting against a bombing, where a report may have seen only a part."""

SHARP_DAYS = 10
"""Days of a window that still says something when another report's day falls into it."""

SAME_TOWN_KM = 12.0
OTHER_TOWN_KM = 45.0
OTHER_QUARTER_KM = 2.0
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
    named = _names(one, other)
    days = NAMED_DAYS if named > COPIED else COPIED_DAYS if named else 0
    day = _day(one, other, days=days)
    if day is None:
        return Comparison(0.0, "day")
    place = _place(one, other)
    if place is None:
        if not one.victims & other.victims:
            return Comparison(0.0, "place")
        place = SAME_VICTIM_ELSEWHERE
    return Comparison(
        day + place + named + _kind(one, other) + _parties(one, other) + _toll(one, other)
    )


def copies(one: Features, other: Features) -> bool:
    """Tell whether two reports come from copies of one text."""
    if one.fingerprint is None or other.fingerprint is None:
        return False
    return distance(one.fingerprint, other.fingerprint) <= SAME_TEXT_BITS


def _contradiction(one: Features, other: Features) -> str | None:
    for name, holds in _CONTRADICTIONS:
        if holds(one, other):
            return name
    return None


def _far_apart(one: Features, other: Features) -> bool:
    """Whether two towns lie too far apart, by their latitudes alone."""
    if not (one.fine and other.fine) or one.point is None or other.point is None:
        return False
    if one.victims & other.victims:
        return False
    return abs(one.point[0] - other.point[0]) * KM_PER_DEGREE > OTHER_TOWN_KM


def _other_realis(one: Features, other: Features) -> bool:
    return one.standing != other.standing and "hypothetical" in {one.standing, other.standing}


def _other_country(one: Features, other: Features) -> bool:
    return one.country != other.country and "ZZ" not in {one.country, other.country}


def _other_type(one: Features, other: Features) -> bool:
    if not (one.specific and other.specific) or one.sub_type == other.sub_type:
        return False
    return frozenset((one.sub_type, other.sub_type)) not in confusable()


def _other_victims(one: Features, other: Features) -> bool:
    return bool(one.victims and other.victims) and not _share_a_name(one.victims, other.victims)


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


def _share_a_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a name of one is a name of the other, or a part of at least two words of it."""
    for name in one:
        words = set(name.split())
        for given in other:
            common = words & set(given.split())
            if len(common) >= min(2, len(words), len(given.split())):
                return True
    return False


def _names(one: Features, other: Features) -> float:
    """Cues that name the incident: its operation, its victims, the same words."""
    score = 0.0
    if one.operation and one.operation == other.operation:
        score += 4.0
    if one.victims and other.victims:
        score += 3.5
    if copies(one, other):
        score += COPIED
    return score


def _day(one: Features, other: Features, *, days: int) -> float | None:
    """Agreement in time; None where the days contradict each other."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return 0.2
    gap = max((one.first - other.last).days, (other.first - one.last).days, 0)
    both = one.exact_day and other.exact_day
    if gap == 0:
        return 2.2 if both else 0.9 if _sharp(one) and _sharp(other) else 0.3
    if gap == 1:
        return 0.4 if both else 0.2
    if gap <= days:
        return -0.5
    return None


def _sharp(report: Features) -> bool:
    """Whether a report says when, to about a week."""
    if not report.dated or report.first is None or report.last is None:
        return False
    return (report.last - report.first).days <= SHARP_DAYS


def _place(one: Features, other: Features) -> float | None:
    """Agreement in space; None where the places contradict each other."""
    if one.fine and other.fine:
        return 2.2 if one.place == other.place else _towns(one, other)
    if one.admin1 and other.admin1:
        return 1.2 if one.admin1 == other.admin1 else None
    return 0.4 if one.country == other.country != "ZZ" else 0.0


def _towns(one: Features, other: Features) -> float | None:
    """Agreement of two places of town size or finer with different names."""
    if one.point is None or other.point is None:
        return 0.5 if one.admin1 and one.admin1 == other.admin1 else 0.0
    away = kilometres(one.point, other.point)
    quarters = one.neighbourhood and other.neighbourhood
    if away > OTHER_TOWN_KM or (quarters and away > OTHER_QUARTER_KM):
        return None
    if one.place in other.beside or other.place in one.beside:
        return 1.7
    if away > SAME_TOWN_KM:
        return 0.3
    return 0.2 if one.beside & other.beside else 1.4


def _kind(one: Features, other: Features) -> float:
    if one.sub_type == other.sub_type:
        return 1.0
    if not (one.specific or other.specific):
        return 0.4
    if one.ways and other.ways and not one.ways & other.ways:
        return OTHER_WAY
    return 0.2 if one.specific and other.specific else 0.4


def _parties(one: Features, other: Features) -> float:
    score = 0.0
    if one.blamed & other.blamed:
        score += 0.8
    elif one.blamed and other.blamed:
        score -= 0.5
    if one.harmed & other.harmed:
        score += 0.8
    if one.targets and other.targets:
        score += 0.8 if one.targets & other.targets else -0.6
    if one.weapons & other.weapons:
        score += 0.3
    return score


def _toll(one: Features, other: Features) -> float:
    return _counts(one.killed, other.killed) + 0.5 * _counts(one.injured, other.injured)


def _counts(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return 0.0
    if one == other:
        return 0.9 if one > 1 else 0.4
    low, high = sorted((one, other))
    if high > 3 * low + 8:
        return -1.2
    return 0.1
