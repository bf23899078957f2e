"""Places of an article: which place in the world each name means, as the contract tells it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from schemas import Canonical, Place
from streams.entities.boundaries import bared
from streams.entities.candidate import Candidate
from streams.entities.gazetteer import Spot
from streams.entities.match import Matcher
from streams.entities.mention import Mention, Text
from streams.entities.mentions import find_mentions
from streams.entities.resolve import Name, resolve
from streams.entities.wordlists import cue

SMALL = 60_000
"""People below which a place abroad, which nothing in the article leads to, is not believed."""
SMALL_IN_LATIN = 10_000
_REGIONS = frozenset({"PCLI", "ADM1", "RGN", "CONT", "SEA", "OCN", "GULF", "MTS", "STM", "DSRT"})


def find_places(
    texts: Sequence[Text], matcher: Matcher, votes: Mapping[str, float], outlet: str = ""
) -> list[tuple[int, Candidate]]:
    """Return place candidates with the number of their text.

    ``votes`` weigh countries and divisions (`hints.votes`); ``outlet`` is the outlet's name in
    letters, which often holds its home town.
    """
    kept = find_mentions(texts, matcher)
    groups: dict[tuple[str, frozenset[str], bool], list[Mention]] = {}
    for mention in kept:
        groups.setdefault(_group(mention), []).append(mention)
    names = [_name(group, outlet) for group in groups.values()]
    chosen = dict(zip(groups, resolve(names, votes), strict=True))
    homes = _homes(chosen.values(), votes)
    found = []
    for mention in kept:
        spot = chosen[_group(mention)]
        if mention.strange or (homes and _implausible(spot, mention, homes)):
            found.append((mention.text, _unplaced(mention)))
        else:
            span = _span(texts[mention.text], mention, spot, matcher)
            found.append((mention.text, _candidate(mention, spot, span)))
    return found


def _span(text: Text, mention: Mention, spot: Spot, matcher: Matcher) -> tuple[int, int]:
    """Return where a place's name stands, without the words for its kind."""
    match = mention.match
    if match.first == match.last or mention.setting.latin:
        return match.start, match.end
    kinds = cue("kind_outside")
    kinds = kinds if spot.kind == "PCLI" else kinds | cue("part_outside")
    return bared(text.passage, text.words, match, kinds, matcher.named)


def _homes(chosen: Collection[Spot], votes: Mapping[str, float]) -> set[str]:
    """Return the countries that are named, hinted at, or hold a well-known place."""
    known = {s.country for s in chosen if s.kind in {"PCLI", "ADM1", "PPLC"}}
    known |= {s.country for s in chosen if s.population >= SMALL or s.listed}
    return {country for country in known if country} | {c for c in votes if len(c) == 2}


def _unplaced(mention: Mention) -> Candidate:
    """Return a place that cannot be told, for `settle` to put near what the text names."""
    match = mention.match
    return Candidate(
        start=match.start, end=match.end, type="location",
        confidence=_confidence(mention.evidence - 1.5), rule="gazetteer.name",
    )  # fmt: skip


def _group(mention: Mention) -> tuple[str, frozenset[str], bool]:
    division = mention.cue in {"division", "district"}
    spots = mention.setting.spots
    name = spots[0].id if len(spots) == 1 else mention.match.key
    return name, mention.inside, division or mention.holds


def _name(group: Sequence[Mention], outlet: str) -> Name:
    cues = frozenset(mention.cue for mention in group if mention.cue)
    compact = group[0].match.key.replace(" ", "")
    if len(compact) >= 5 and compact in outlet:
        cues |= {"municipal", "outlet"}
    return Name(
        spots=group[0].setting.spots,
        count=len(group),
        cues=cues,
        inside=group[0].inside,
        holds=group[0].holds,
        latin=group[0].setting.latin,
    )


def _implausible(spot: Spot, mention: Mention, homes: Collection[str]) -> bool:
    """Whether a small place lies where nothing else of the article does.

    ``homes`` are the countries that the article speaks of.
    """
    limit = SMALL_IN_LATIN if mention.setting.latin else SMALL
    small = spot.kind not in {"PCLI", "ADM1", "PPLC"} and spot.population < limit
    return small and not (spot.listed or mention.inside) and spot.country not in homes


def _candidate(mention: Mention, spot: Spot, span: tuple[int, int]) -> Candidate:
    match = mention.match
    lexical = any(s.entry.spot is not None and s.entry.spot.id == spot.id for s in match.senses)
    rule = next((s.entry.rule for s in match.senses if s.entry.id == spot.id), "gazetteer.geonames")
    return Candidate(
        start=span[0], end=span[1], type="facility" if spot.facility else "location",
        confidence=_confidence(mention.evidence), rule=rule if lexical else "gazetteer.geonames",
        canonical=canonical_of(spot), place=place_of(spot),
    )  # fmt: skip


def _confidence(evidence: float) -> float:
    return round(min(0.98, max(0.5, 0.5 + 0.1 * evidence)), 2)


@lru_cache(maxsize=4096)
def canonical_of(spot: Spot) -> Canonical:
    """Return the contract's name of a spot."""
    return Canonical(id=spot.id, name=spot.name, native_name=spot.native_name)


@lru_cache(maxsize=4096)
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
