"""Decides which place in the world each place name of an article means.

All names of an article are decided together: each candidate is supported by candidates of
the other names that are near it or share its division or country, weighted by how likely
those are themselves (a few rounds of soft voting).  Names of one spelling mean one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.entities.gazetteer import Spot

MOST = 24
"""Candidates of a name that take part."""
TOGETHER, CANDIDATES = 300, 1500
"""Names of an article that are decided together at most, and their candidates in all."""
ROUNDS = 3
SUPPORT = 2.8
"""Weight of the other names' support."""
WITHIN = 9.0
"""Weight of "X, Y" where the candidate lies in Y."""
REACH_KM = 120.0
CAPITAL, ARABIC_CAPITAL = 1.0, 2.2
"""Weight of a capital; Arabic names few small places after the capitals of the world."""
COUNTRY, NAMED, DIVISION, DISTRICT, NEAR, ABROAD = 0.35, 0.9, 0.9, 0.8, 1.3, 0.4
"""Support of a name in the same country, of the country itself, in the same division and
district, of one near by (falling with `REACH_KM`), and of a country for another country."""
LOCAL_PRESS = frozenset({"US", "CA", "AU", "GB", "IE", "NZ", "ZA"})
"""Countries whose towns have papers in English that bear their names (The Paris News)."""
ELSEWHERE = 2.5
"""Weight against such a town in another country that nothing else hints at."""
SMALL_COUNTRY = 30_000
"""People up to which a country is no better known than a town (Saint Helena, Santa Elena)."""
CITY_DIVISIONS = frozenset({"US", "CA", "AU", "GB"})
"""Countries whose states and provinces news names more often than towns of the same name."""


@dataclass(slots=True)
class Name:
    """A spelling in an article: the places it may mean and what is said beside it."""

    spots: tuple[Spot, ...]
    count: int
    cues: frozenset[str]
    """What kind of place the words beside it tell (`evidence.kind_cue`)."""
    inside: frozenset[str]
    """Ids of places that an "X, Y" puts it in, among the ids of Y's candidates."""
    holds: bool
    """Whether another place is put in it."""
    latin: bool
    """Whether it is in Latin script."""


def prior(spot: Spot, name: Name) -> float:
    """Return how likely a name is to mean a place before the other names are heard."""
    cues = name.cues
    score = 0.9 * log10(spot.population + 100)
    if spot.kind == "PCLI":
        score = 8.0 if spot.population > SMALL_COUNTRY else score + 0.5
        score -= 2.5 * ("municipal" in cues)
    elif spot.kind == "ADM1":
        score = min(6.2 if spot.country in CITY_DIVISIONS else 5.3, score + 0.3)
        score = 6.2 if spot.listed else score
        score += (
            5.0 if "division" in cues else -2.5 * (_has_namesake(spot, name) and not name.holds)
        )
    elif spot.kind == "ADM2":
        score = 3.6 + 4 * ("district" in cues) + 1.5 * ("division" in cues)
    elif spot.listed:
        score = 6.5 if spot.kind in _WIDE else 4.5
    elif spot.kind == "PPLC":
        score += CAPITAL if name.latin else ARABIC_CAPITAL
    if spot.kind.startswith("PPL"):
        score += 1.5 * ("town" in cues) + 0.5 * ("municipal" in cues) - 2.0 * name.holds
    return score - (0.9 if spot.alternate and spot.kind not in {"PCLI", "ADM1"} else 0.0)


def _has_namesake(division: Spot, name: Name) -> bool:
    """Whether a main town of the division bears its name, and is what the name alone means."""
    return any(
        s.admin1 == division.id
        and s.kind.startswith("PPL")
        and s.population * 10 > division.population
        for s in name.spots
    )


_WIDE = frozenset({"RGN", "CONT", "SEA", "OCN", "GULF", "STM", "MTS", "DSRT", "LK", "ISL", "ISLS"})


def resolve(names: Sequence[Name], votes: Mapping[str, float]) -> list[Spot]:
    """Return the place each name means; ``votes`` weigh countries and divisions."""
    return [
        spot
        for first in range(0, len(names), TOGETHER)
        for spot in _resolve(names[first : first + TOGETHER], votes)
    ]


def _resolve(names: Sequence[Name], votes: Mapping[str, float]) -> list[Spot]:
    most = max(2, min(MOST, CANDIDATES // len(names)))
    shortlists = [_shortlist(name)[:most] for name in names]
    spots = [spot for short in shortlists for spot, _ in short]
    if len(spots) == len(names):
        return spots
    base = np.array([score for short in shortlists for _, score in short])
    owner = np.repeat(np.arange(len(names)), [len(short) for short in shortlists])
    counts = np.sqrt([name.count for name in names])[owner]
    base = base + np.array(
        [
            _hinted(spot, name, votes)
            for name, short in zip(names, shortlists, strict=True)
            for spot, _ in short
        ]
    )
    links = _links(spots) * (owner[:, None] != owner[None, :])
    score = base
    for _ in range(ROUNDS):
        belief = _softmax(score, owner, len(names)) * counts
        score = base + SUPPORT * np.log1p(links @ belief)
    final = score.tolist()
    chosen, start = [], 0
    for short in shortlists:
        end = start + len(short)
        chosen.append(spots[max(range(start, end), key=final.__getitem__)])
        start = end
    return chosen


def _hinted(spot: Spot, name: Name, votes: Mapping[str, float]) -> float:
    """Return what else speaks for a place; the town of a paper in English is not just abroad."""
    country = votes.get(spot.country or "", 0.0)
    if "outlet" in name.cues and not country and spot.country not in LOCAL_PRESS:
        country = -ELSEWHERE
    division = spot.id if spot.kind == "ADM1" else spot.admin1
    return country + votes.get(division or "", 0.0)


def _shortlist(name: Name) -> list[tuple[Spot, float]]:
    scored = [
        (spot, prior(spot, name) + (WITHIN if name.inside and name.inside & above(spot) else 0.0))
        for spot in name.spots
    ]
    scored.sort(key=lambda pair: -pair[1])
    return scored[:MOST]


def above(spot: Spot) -> set[str | None]:
    """Return the ids of what a place lies in."""
    country = f"iso3166-1:{spot.country}" if spot.kind != "PCLI" else None
    district = _district(spot) if spot.kind != "ADM2" else None
    town = f"{spot.country}:{spot.parent}" if spot.parent else None
    return {country, spot.admin1, district, town} - {None}


def _district(spot: Spot) -> str | None:
    name = spot.name if spot.kind == "ADM2" else spot.admin2_name
    return f"{spot.admin1}/{name}" if name else None


def lies_in(spot: Spot, other: Spot) -> bool:
    """Whether ``other`` is the country, division or district that a place lies in."""
    return not container_ids(other).isdisjoint(above(spot))


def container_ids(spot: Spot) -> set[str]:
    """Return the ids under which others lie in a place."""
    ids = {spot.id}
    if spot.kind.startswith("PPL"):
        ids.add(f"{spot.country}:{spot.name}")
    if spot.kind == "ADM2":
        ids.add(f"{spot.admin1}/{spot.name}")
    return ids


def _links(spots: Sequence[Spot]) -> NDArray[Any]:
    """Return how much each candidate supports each other one."""
    latitude = np.radians([spot.latitude or 0.0 for spot in spots])
    longitude = np.radians([spot.longitude or 0.0 for spot in spots])
    wide = np.array([spot.kind == "PCLI" or spot.kind in _WIDE for spot in spots])
    country = _same([spot.country for spot in spots])
    division = _same([spot.id if spot.kind == "ADM1" else spot.admin1 for spot in spots])
    north = latitude[:, None] - latitude[None, :]
    east = (longitude[:, None] - longitude[None, :]) * np.cos(latitude)[:, None]
    near = np.exp(-6371.0 * np.hypot(north, east) / REACH_KM)
    near[:, wide] = 0.0
    near[wide, :] = 0.0
    district = _same([_district(spot) for spot in spots])
    named = np.array([spot.kind == "PCLI" for spot in spots])
    abroad = named[:, None] & named[None, :]
    country = country * (COUNTRY + NAMED * named[None, :]) + ABROAD * abroad
    links: NDArray[Any] = country + DIVISION * division + NEAR * near + DISTRICT * district
    return links


def _same(values: Sequence[str | None]) -> NDArray[Any]:
    numbers: dict[str, int] = {}
    ids = np.array([numbers.setdefault(v, len(numbers)) if v else -1 for v in values])
    same: NDArray[Any] = (ids[:, None] == ids[None, :]) & (ids >= 0)[:, None]
    return same


def _softmax(score: NDArray[Any], owner: NDArray[Any], names: int) -> NDArray[Any]:
    top = np.full(names, -np.inf)
    np.maximum.at(top, owner, score)
    weight = np.exp(score - top[owner])
    total = np.zeros(names)
    np.add.at(total, owner, weight)
    belief: NDArray[Any] = weight / total[owner]
    return belief
