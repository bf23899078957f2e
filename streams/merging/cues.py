"""Scores what two reports have in common, cue by cue: names, day, place, kind, parties, toll.

The weights were set by hand on the scenario stories and on public incident keys (MUC-4).
"""

from __future__ import annotations

from streams.merging.features import Features
from streams.record.fingerprint import SAME_TEXT_BITS, distance
from streams.text.geometry import kilometres

NAMED = 4.5
"""Score of two reports that name one victim: hardly anything else is needed."""

COPIED = 2.5
"""Score of two reports from copies of one text; less than that of any name they share."""

NEWS = (1.4, 1.1, 0.7, 0.7)
"""Scores of the day a report came out, which says nothing else of when, by days to the other's."""

SAME_VAGUE = 0.6
"""Score of one type that says little: an attack, a clash."""

OTHER_WAY = -1.0
"""Score of a shooting against a bombing, where a report may have seen only a part."""

SHARP_DAYS = 10
"""Days of a window that still says something when another report's day falls into it."""

SAME_TOWN_KM = 12.0
OTHER_TOWN_KM = 45.0
OTHER_QUARTER_KM = 2.0


def copies(one: Features, other: Features) -> bool:
    """Tell whether two reports come from copies of one text."""
    if one.fingerprint is None or other.fingerprint is None:
        return False
    return distance(one.fingerprint, other.fingerprint) <= SAME_TEXT_BITS


def names(one: Features, other: Features, *, shared: bool) -> float:
    """Score what names the incident: its operation, its victims, the same words.

    ``shared`` says that a victim is named in both.
    """
    score = 0.0
    if one.operation and one.operation == other.operation:
        score += 4.0
    if shared:
        score += NAMED
    if copies(one, other):
        score += COPIED
    return score


def day(one: Features, other: Features, *, days: int, shared: bool) -> float | None:
    """Score the agreement in time; None where the days contradict each other.

    Nobody is killed twice: a month or a year contradicts no victim's full name (``shared``).
    """
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return 0.2
    gap = max((one.first - other.last).days, (other.first - one.last).days, 0)
    both = one.exact_day and other.exact_day
    if gap == 0:
        if one.news or other.news:
            return _news(abs((one.last - other.last).days))
        return 2.2 if both else 0.9 if _sharp(one) and _sharp(other) else 0.3
    if gap == 1:
        return 0.4 if both else 0.2
    vague = shared and not (_exact(one) and _exact(other))
    return -0.5 if gap <= days or vague else None


def _news(days: int) -> float:
    """Agreement of the day that news came out with another day, or that of other news."""
    return NEWS[days] if days < len(NEWS) else 0.3


def _exact(report: Features) -> bool:
    """Whether a report says when to the day, or is the news of one."""
    return report.exact_day or not report.dated


def _sharp(report: Features) -> bool:
    """Whether a report says when, to about a week."""
    if not report.dated or report.first is None or report.last is None:
        return False
    return (report.last - report.first).days <= SHARP_DAYS


def place(one: Features, other: Features) -> float | None:
    """Score the agreement in space; None where the places contradict each other."""
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


def kind(one: Features, other: Features) -> float:
    """Score the types of event and the ways of attack."""
    if one.sub_type == other.sub_type:
        return 1.0 if one.specific else SAME_VAGUE
    if not (one.specific or other.specific):
        return 0.4
    if one.ways and other.ways and not one.ways & other.ways:
        return OTHER_WAY
    return 0.2 if one.specific and other.specific else 0.4


def parties(one: Features, other: Features) -> float:
    """Score who did it, to whom or what, and with what."""
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


def toll(one: Features, other: Features) -> float:
    """Score the numbers of killed and injured."""
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
