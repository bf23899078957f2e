"""Places that no list has: they stand where the text puts them, with honest precision.

``X, Ky.`` lies in Kentucky; a street or hospital lies in the town named with it; what
nothing places stays without coordinates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from schemas import Place
from streams.entities.candidate import Candidate, Passage
from streams.entities.keys import folded
from streams.entities.wordlists import cue, listed

_APART = frozenset({", ", "، ", " (", ", in ", " in ", " في ", " "})
_PLACED = frozenset({"location", "facility"})
FAR = 1000
"""Characters within which a place beside another is looked at."""
NEAR = 160
"""Characters within which a town named beside a place is taken to hold it."""


def settle(
    passage: Passage, readings: Sequence[Candidate], known: Sequence[Candidate], focus: Place | None
) -> list[Candidate]:
    """Return the passage's readings of unknown places with the place that holds each.

    ``known`` are the resolved places of the passage; ``focus`` is the article's main town.
    """
    known = sorted(known, key=lambda k: k.start)
    starts = [k.start for k in known]
    found = []
    for reading in readings:
        if reading.type not in _PLACED or nameless(passage, reading):
            continue
        first = bisect_left(starts, reading.start - FAR)
        beside = known[first : bisect_left(starts, reading.end + FAR)]
        if not any(_covers(k, reading) for k in beside):
            found.append(replace(reading, place=_around(passage, reading, beside, focus)))
    return found


def nameless(passage: Passage, reading: Candidate) -> bool:
    """Whether a reading is a word for a kind of place alone (المدينة, ريف)."""
    start, end = reading.start - passage.start, reading.end - passage.start
    word = folded(passage.text[start:end])
    return word in _kinds()


@cache
def _kinds() -> frozenset[str]:
    """Return words that are no names: kinds of places and what tells a part of one."""
    beside = cue("town_before") | cue("part_before")
    return listed("never_ar") | beside | cue("kind_after")


def _covers(known: Candidate, reading: Candidate) -> bool:
    return known.start <= reading.start and reading.end <= known.end


def _around(
    passage: Passage, reading: Candidate, known: Sequence[Candidate], focus: Place | None
) -> Place | None:
    inside = [k for k in known if reading.start <= k.start and k.end <= reading.end]
    held = next((k for k in known if _follows(passage, reading, k)), None)
    if held is not None and held.place is not None:
        return _within(held.place)
    if inside and inside[-1].place is not None and _specific(inside[-1].place):
        return _within(inside[-1].place)
    towns = [k for k in known if k.place is not None and _specific(k.place)]
    near = min(towns, key=lambda k: (_distance(k, reading), k.start), default=None)
    if near is not None and _distance(near, reading) <= NEAR:
        return _within(near.place) if near.place else None
    if focus is not None:
        return _within(focus, vague=True)
    region = min(known, key=lambda k: (_distance(k, reading), k.start), default=None)
    return _within(region.place) if region is not None and region.place is not None else None


def _follows(passage: Passage, reading: Candidate, known: Candidate) -> bool:
    between = passage.text[reading.end - passage.start : max(0, known.start - passage.start)]
    return reading.end <= known.start and between in _APART


def _specific(place: Place) -> bool:
    return place.precision is not None and place.precision <= 2


def _distance(known: Candidate, reading: Candidate) -> int:
    """Return the characters between two names; what comes before is a little nearer."""
    if known.end <= reading.start:
        return reading.start - known.end
    return max(0, known.start - reading.end) + 20


def _within(place: Place, *, vague: bool = False) -> Place:
    """Return where something unnamed by lists lies that lies in ``place``."""
    precision = place.precision
    if precision is not None and (vague or place.feature_code not in {None, "PPL", "PPLC"}):
        precision = max(2, precision)
    return Place(
        latitude=place.latitude, longitude=place.longitude, admin1=place.admin1,
        admin1_name=place.admin1_name, country_code=place.country_code, precision=precision,
    )  # fmt: skip


def main_town(places: Sequence[Place]) -> Place | None:
    """Return the town that an article names most, if it names one twice or only one."""
    towns = [place for place in places if place.precision == 1]
    counts = Counter((place.latitude, place.longitude) for place in towns)
    if not counts:
        return None
    (point, count), *others = counts.most_common(2)
    if others and others[0][1] == count:
        return None
    return next(place for place in towns if (place.latitude, place.longitude) == point)
