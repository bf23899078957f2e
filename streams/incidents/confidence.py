"""How sure a report is: the signs of `confidence.tsv` add up, and a logistic curve reads the sum.

`overall` is the probability that the article tells an incident of this kind at all, `event` that
its sub-event type is right.  The weights were fitted on the developers' halves of the evaluation
kit, each suite counting the same, and rounded (`tests/benchmarks/reliability.py` draws how the
promise is kept).  Dates and places have no curve of their own: their values are the shares that
were right there, by precision.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from schemas import Confidence, IncidentDate, IncidentPlace
from streams.incidents.lexicon import rows
from streams.incidents.telling import Gathered

Sign = Callable[[Gathered], bool]

MOST, LEAST = 0.97, 0.05
"""Nothing is told more or less surely."""

_DATE = {"day": 0.9, "week": 0.5, "month": 0.4, "year": 0.3}
NAMED, ELSEWHERE = 0.85, 0.65
"""Located places that the sentences of the incident name, and those of its paragraph or article."""


def _voice(name: str) -> Sign:
    return lambda one: all(t.lead.voice == name for t in one.tellings)


def _part(role: str) -> Sign:
    return lambda one: any(p.role == role for t in one.tellings for p in t.parts)


def _family(name: str) -> Sign:
    return lambda one: one.family == name


SIGNS: dict[str, Sign] = {
    "always": lambda _: True,
    "only-quoted": _voice("quote"),
    "only-posted": _voice("post"),
    "strong": lambda one: any(t.lead.trigger.strong for t in one.tellings),
    "told-twice": lambda one: len(one.tellings) > 1,
    "told-often": lambda one: len(one.tellings) > 3,
    "first": lambda one: one.tellings[0].sentence.index < OPENING,
    "arabic": lambda one: one.tellings[0].sentence.arabic,
    "day": lambda one: bool(one.dates()),
    "town": lambda one: bool(one.towns()),
    "toll": lambda one: bool(one.tolls()),
    "perpetrator": _part("perpetrator"),
    "harmed": lambda one: _part("victim")(one) or _part("target")(one),
    "historical": lambda one: one.tellings[0].lead.realis == "historical",
    "unfinished": lambda one: one.tellings[0].lead.stage not in {"completed", "ongoing"},
    "protest": _family("protest"),
    "control": _family("control"),
    "posture": lambda one: one.family in {"posture", "agreement"},
}
OPENING = 3
"""Sentences in which an article says what it is about."""


@cache
def _weights() -> tuple[tuple[Sign, float, float], ...]:
    return tuple(
        (SIGNS[row["id"]], float(row["overall"]), float(row["event"]))
        for row in rows("confidence.tsv")
    )


def confidence(
    one: Gathered, *, date: IncidentDate | None, place: IncidentPlace | None, named: bool
) -> Confidence:
    """Return how sure the report is, overall and by part; `named` is said of the place."""
    located = place is not None and place.latitude is not None
    held = [(overall, event) for holds, overall, event in _weights() if holds(one)]
    return Confidence(
        overall=_probability(sum(overall for overall, _ in held)),
        event=_probability(sum(event for _, event in held)),
        date=_DATE.get(date.precision) if date is not None else None,
        place=(NAMED if named else ELSEWHERE) if located else None,
    )


def _probability(odds: float) -> float:
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-odds)))), 3)
