"""Places of an article: which names are places, and which place each means."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schemas import Canonical, Place
from streams.entities.candidate import Candidate, Passage
from streams.entities.evidence import Setting, kind_cue, readings_at, weigh
from streams.entities.gazetteer import Spot
from streams.entities.match import Match, Matcher, Word
from streams.entities.resolve import Name, container_ids, lies_in, resolve
from streams.text.geometry import kilometres

SMALL = 60_000
"""People below which a place abroad, which nothing in the article leads to, is not believed."""
SMALL_IN_LATIN = 10_000
NEIGHBOURS_KM = 250
CONVINCING = 1.7
SURE = 2.2
"""Evidence that convinces of the same name elsewhere too."""
POSSIBLE = -1.2
"""Evidence below which a name is not looked at again."""
_DASH = re.compile(
    r"(?:, [A-Z][\w.]+)?,? ?(?:[(\[][^)\]]{2,30}[)\]] ?)?(?:--|[-\u2013\u2014])[ \n]"
)
_LIST = frozenset({", ", " and ", " or ", ", and ", " و", "، ", "، و", " - ", "/", ", or "})
_COMPASS = (
    "northern|southern|eastern|western|central|north|south|east|west|northeastern|northwestern"
)
_HELD = re.compile(
    r" ?[,،] ?| \(|,? in (?:the )?(?:(?:" + _COMPASS + r")(?: part of)? )?"
    r"(?:(?:state|province|governorate|district|county) of )?|"
    r"،? (?:(?:في|الواقعة في|وسط|قرب) )?(?:(?:شمال|جنوب|شرق|غرب|وسط)ي?(?: شرقي?| غربي?)? )?"
    r"(?:(?:بمحافظة|محافظة|بولاية|ولاية|بقضاء|قضاء|إقليم|بإقليم|بريف|ريف|ناحية|منطقة|بـ?|ب) ?)?"
)
"""What stands between a place and the one that holds it: a comma, "in", شمال, بمحافظة …"""
_BESIDE = re.compile(r"،? (?:قرب )?(?:(?:شمال|جنوب|شرق|غرب|وسط)ي?(?: شرقي?| غربي?)? )?")
"""What leaves open whether the second is a region or a town near by (جنوب شرق دير الزور)."""
_REGIONS = frozenset({"PCLI", "ADM1", "RGN", "CONT", "SEA", "OCN", "GULF", "MTS", "STM", "DSRT"})


@dataclass(frozen=True, slots=True)
class Text:
    """A passage with its words, the names found in it and other layers' readings."""

    passage: Passage
    words: tuple[Word, ...]
    matches: tuple[Match, ...]
    readings: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that may be a place, with the evidence for it."""

    text: int
    setting: Setting
    evidence: float
    cue: str
    inside: frozenset[str] = frozenset()
    holds: bool = False
    postal: bool = False
    follows: bool = False
    """Whether it stands in a list right after the name before it."""

    @property
    def match(self) -> Match:
        """The run of words."""
        return self.setting.match


def find_places(
    texts: Sequence[Text], matcher: Matcher, votes: Mapping[str, float], outlet: str = ""
) -> list[tuple[int, Candidate]]:
    """Return place candidates with the number of their text.

    ``votes`` weigh countries and divisions (`hints.votes`); ``outlet`` is the outlet's name in
    letters, which often holds its home town.
    """
    mentions = [m for number, text in enumerate(texts) for m in _mentions(number, text, matcher)]
    kept = _convincing(mentions)
    groups: dict[tuple[str, frozenset[str], bool], list[Mention]] = {}
    for mention in kept:
        groups.setdefault(_group(mention), []).append(mention)
    names = [_name(group, outlet) for group in groups.values()]
    chosen = dict(zip(groups, resolve(names, votes), strict=True))
    homes = _homes(chosen.values(), votes)
    found = []
    for mention in kept:
        spot = chosen[_group(mention)]
        if homes and _implausible(spot, mention, homes):
            found.append((mention.text, _unplaced(mention)))
        else:
            found.append((mention.text, _candidate(mention, spot)))
    return found


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
    return mention.match.key, mention.inside, division or mention.holds


def _name(group: Sequence[Mention], outlet: str) -> Name:
    cues = frozenset(mention.cue for mention in group if mention.cue)
    compact = group[0].match.key.replace(" ", "")
    if len(compact) >= 5 and compact in outlet:
        cues |= {"municipal"}
    return Name(
        spots=group[0].setting.spots,
        count=len(group),
        cues=cues,
        inside=group[0].inside,
        holds=group[0].holds,
    )


def _mentions(number: int, text: Text, matcher: Matcher) -> list[Mention]:
    """Return the names of one text that may be places, longest first where they overlap."""
    proposals = []
    for match in text.matches:
        spots, ambiguous, postal = _spots(match, matcher)
        if not spots:
            continue
        readings = readings_at(text.readings, match)
        dateline = _opens(text, match)
        setting = Setting(match, text.words, readings, spots, ambiguous, dateline)
        evidence = weigh(setting)
        if evidence >= POSSIBLE:
            proposals.append(Mention(number, setting, evidence, kind_cue(setting), postal=postal))
    proposals.sort(key=lambda m: (m.match.first - m.match.last, m.match.first))
    taken: list[Mention] = []
    for proposal in proposals:
        first, last = proposal.match.first, proposal.match.last
        if not any(m.match.first <= last and first <= m.match.last for m in taken):
            taken.append(proposal)
    taken.sort(key=lambda m: m.match.first)
    return _contained(text, taken)


def _spots(match: Match, matcher: Matcher) -> tuple[tuple[Spot, ...], bool, bool]:
    senses = [sense for sense in match.senses if sense.entry.spot is not None]
    spots = {s.entry.spot.id: s.entry.spot for s in senses if s.entry.spot is not None}
    if match.number is not None:
        for spot in matcher.spots(match.number):
            spots.setdefault(spot.id, spot)
    ambiguous = bool(senses) and all(s.ambiguous for s in senses) and match.number is None
    postal = bool(senses) and all(s.postal for s in senses)
    return tuple(spots.values()), ambiguous, postal


def _contained(text: Text, taken: Sequence[Mention]) -> list[Mention]:
    """Mark each name that the next one holds ("Cairo, Illinois"), from the right."""
    found = [taken[0]] if taken else []
    for one, other in pairwise(taken):
        found.append(replace(other, follows=_between(text, one, other) in _LIST))
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        between = _between(text, one, other)
        if not between or not _HELD.fullmatch(between) or _two_countries(one, other):
            continue
        ids = {
            i
            for outer in other.setting.spots
            if any(lies_in(spot, outer) for spot in one.setting.spots)
            for i in container_ids(outer)
        }
        if ids:
            found[at] = replace(one, inside=frozenset(ids), evidence=one.evidence + 3.5)
            found[at + 1] = replace(
                other,
                holds=_BESIDE.fullmatch(between) is None,
                postal=False,
                evidence=other.evidence + 2.0,
            )
    return [m for m in found if not m.postal]


def _implausible(spot: Spot, mention: Mention, homes: Collection[str]) -> bool:
    """Whether a small place lies where nothing else of the article does.

    ``homes`` are the countries that the article speaks of.
    """
    limit = SMALL_IN_LATIN if mention.setting.latin else SMALL
    small = spot.kind not in {"PCLI", "ADM1", "PPLC"} and spot.population < limit
    return small and not (spot.listed or mention.inside) and spot.country not in homes


def _two_countries(one: Mention, other: Mention) -> bool:
    """Whether both names may be countries ("in Russia, U.S. officials said")."""
    return all(any(s.kind == "PCLI" for s in m.setting.spots) for m in (one, other))


def _between(text: Text, one: Mention, other: Mention) -> str:
    base = text.passage.start
    return text.passage.text[one.match.end - base : other.match.start - base]


def _opens(text: Text, match: Match) -> bool:
    """Whether a name stands where a dateline does (``BANTAM -- A mason …``)."""
    source, at = text.passage.text, match.start - text.passage.start
    if not text.words[match.first].upper or source[:at].rstrip()[-1:] not in {"", ".", ")"}:
        return False
    return _DASH.match(source, match.end - text.passage.start) is not None


def _convincing(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names with enough evidence.

    It is their own, that of the same name elsewhere in the article, or that of the name beside
    them in a list of places.
    """
    best: dict[str, float] = {}
    for mention in mentions:
        key = mention.match.key
        best[key] = max(best.get(key, -9.0), mention.evidence)
    totals = [m.evidence + (1.2 if best[m.match.key] >= SURE else 0.0) for m in mentions]
    beside = list(totals)
    for at, (one, other) in enumerate(pairwise(mentions)):
        if one.text == other.text and other.follows:
            gain = 2.4 if _neighbours(one, other) else 1.0
            beside[at] += gain if totals[at + 1] >= SURE else 0.0
            beside[at + 1] += gain if totals[at] >= SURE else 0.0
    return [m for m, total in zip(mentions, beside, strict=True) if total >= CONVINCING]


def _neighbours(one: Mention, other: Mention) -> bool:
    """Whether two names of a list may mean places near each other."""
    return any(
        a.country == b.country and _near(a, b)
        for a in one.setting.spots[:4]
        for b in other.setting.spots[:4]
    )


def _near(one: Spot, other: Spot) -> bool:
    if one.latitude is None or other.latitude is None:
        return False
    points = ((s.latitude or 0.0, s.longitude or 0.0) for s in (one, other))
    return kilometres(*points) <= NEIGHBOURS_KM


def _candidate(mention: Mention, spot: Spot) -> Candidate:
    match = mention.match
    lexical = any(s.entry.spot is not None and s.entry.spot.id == spot.id for s in match.senses)
    rule = next((s.entry.rule for s in match.senses if s.entry.id == spot.id), "gazetteer.geonames")
    return Candidate(
        start=match.start, end=match.end, type="facility" if spot.facility else "location",
        confidence=_confidence(mention.evidence), rule=rule if lexical else "gazetteer.geonames",
        canonical=Canonical(id=spot.id, name=spot.name, native_name=spot.native_name),
        place=place_of(spot),
    )  # fmt: skip


def _confidence(evidence: float) -> float:
    return round(min(0.98, max(0.5, 0.5 + 0.1 * evidence)), 2)


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
