"""Decides which place in the world each place name of an article means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from schemas import Place
from streams.entities.gazetteer import Spot

_REGIONS = frozenset({"PCLI", "RGN", "CONT", "ADM1"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name at a position, and the places it may mean."""

    start: int
    end: int
    spots: tuple[Spot, ...]
    division: bool = False
    """Whether a word beside it says that it is a governorate, province or state."""


def choose(mentions: Sequence[Mention], countries: Counter[str]) -> list[Spot]:
    """Return the place each mention means, in order."""
    weights = Counter(countries)
    for mention in mentions:
        lands = {spot.country for spot in mention.spots if spot.kind == "PCLI"}
        weights.update(land for land in lands if land)
        if len(homes := {spot.country for spot in mention.spots}) == 1:
            weights.update(home for home in homes if home)
    total = sum(weights.values()) or 1
    return [_best(mention, weights, total) for mention in mentions]


def _best(mention: Mention, weights: Counter[str], total: int) -> Spot:
    return max(mention.spots, key=lambda spot: _score(spot, mention, weights, total))


def _score(spot: Spot, mention: Mention, weights: Counter[str], total: int) -> float:
    score = log10(spot.population + 10) + 6 * weights[spot.country or ""] / total
    score -= 2 * spot.alternate
    if spot.kind == "PCLI":
        score += 6
    if spot.kind == "ADM1":
        score += 4 if mention.division else -2
    if spot.kind == "ADM2":
        score += 1 if mention.division else -2
    return score


def place_of(spot: Spot) -> Place:
    """Return the contract's place of a spot, with ACLED's geo precision."""
    admin1 = spot.id if spot.kind == "ADM1" else spot.admin1
    scheme, _, code = (admin1 or "").partition(":")
    precision = None
    if spot.latitude is not None:
        precision = 3 if spot.kind in _REGIONS else 2 if spot.kind == "ADM2" else 1
    return Place(
        latitude=spot.latitude,
        longitude=spot.longitude,
        geonames_id=spot.geonames_id,
        feature_code=spot.kind,
        admin1=code if scheme == "iso3166-2" else None,
        admin1_name=spot.name if spot.kind == "ADM1" else spot.admin1_name,
        country_code=spot.country,
        precision=precision,
    )
