"""Which names of an article are places: their own evidence, their neighbours', each other's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from streams.entities.candidate import Candidate, Passage
from streams.entities.evidence import Setting, kind_cue, readings_at, weigh
from streams.entities.gazetteer import Spot
from streams.entities.match import Match, Matcher
from streams.entities.resolve import above, container_ids, lies_in
from streams.entities.words import Words
from streams.text.geometry import kilometres

NEIGHBOURS_KM, STRANGE_KM = 250.0, 150.0
MOST = 6
"""Candidates of a name that are looked at for neighbours."""
SMALL = 60_000
CONVINCING = 1.7
SURE = 2.2
"""Evidence that convinces of the same name elsewhere too."""
POSSIBLE = -1.2
"""Evidence below which a name is not looked at again."""
_DASH = re.compile(
    r"(?:, [A-Z][\w.]+)?,? ?(?:[(\[][^)\]]{2,30}[)\]] ?)?(?:--|[-\u2013\u2014])[ \n]"
)
_LIST = frozenset({", ", " and ", " or ", ", and ", " و", "، ", "، و", " - ", "/", ", or "})
_NAMED_BEFORE = re.compile(
    r"(?:^|[^\w])[^\W\d_a-z]\w*(?: (?:city|town|village|district|area))? \((?:[^()]{2,40}, )?$"
)
_CLOSES = re.compile(r"(?:, [^()]{2,60})?\)")
_COMPASS = (
    "northern|southern|eastern|western|central|north|south|east|west|northeastern|northwestern"
)
_KINDS = "village|town|city|district|area|commune|neighbou?rhood|camp|municipality|subdistrict"
_HELD = re.compile(
    r" ?[,،] ?|(?: (?:"
    + _KINDS
    + r"))?(?: \((?:[^(),]{2,30}, ){0,2}|, |,? (?:in|of) (?:the )?(?:(?:"
    + _COMPASS
    + r")(?: part of)? )?"
    r"(?:(?:state|province|governorate|district|county) of )?)|"
    r"،? (?:(?:في|الواقعة في|وسط|قرب) )?(?:(?:شمال|جنوب|شرق|غرب|وسط)ي?(?: شرقي?| غربي?)? )?"
    r"(?:(?:بمحافظة|محافظة|بولاية|ولاية|بقضاء|قضاء|إقليم|بإقليم|بريف|ريف|ناحية|منطقة|بـ?|ب) ?)?"
)
"""What stands between a place and the one that holds it: a comma, "in", شمال, بمحافظة …"""
_BESIDE = re.compile(r"،? (?:قرب )?(?:(?:شمال|جنوب|شرق|غرب|وسط)ي?(?: شرقي?| غربي?)? )?")
"""What leaves open whether the second is a region or a town near by (جنوب شرق دير الزور)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage with its words, the names found in it and other layers' readings."""

    passage: Passage
    words: Words
    matches: Sequence[Match]
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
    strange: bool = False
    """Whether the place that should hold it is far from all that bear the name."""

    @property
    def match(self) -> Match:
        """The run of words."""
        return self.setting.match


def find_mentions(texts: Sequence[Text], matcher: Matcher) -> list[Mention]:
    """Return the names that are places, in order, by text."""
    return _convincing(
        [m for number, text in enumerate(texts) for m in _mentions(number, text, matcher)]
    )


def _mentions(number: int, text: Text, matcher: Matcher) -> list[Mention]:
    """Return the names of one text that may be places, longest first where they overlap."""
    proposals = []
    starts = [reading.start for reading in text.readings]
    for match in text.matches:
        spots, ambiguous, postal = _spots(match, matcher)
        if not spots:
            continue
        readings = readings_at(text.readings, starts, match)
        setting = Setting(
            match,
            text.words,
            readings,
            spots,
            ambiguous,
            _opens(text, match),
            _bracketed(text, match),
        )
        kind = kind_cue(setting)
        evidence = max(weigh(setting, kind), 0.0 if postal else -9.0)
        if evidence >= POSSIBLE:
            proposals.append(Mention(number, setting, evidence, kind, postal=postal))
    proposals.sort(key=lambda m: (m.match.first - m.match.last, m.match.first))
    taken: list[Mention] = []
    used: set[int] = set()
    for proposal in proposals:
        run = range(proposal.match.first, proposal.match.last + 1)
        if used.isdisjoint(run):
            taken.append(proposal)
            used.update(run)
    taken.sort(key=lambda m: m.match.first)
    return _contained(text, taken)


def _spots(match: Match, matcher: Matcher) -> tuple[tuple[Spot, ...], bool, bool]:
    senses = [sense for sense in match.senses if sense.entry.spot is not None]
    if not senses:
        return (matcher.spots(match.number) if match.number is not None else ()), False, False
    spots = {s.entry.spot.id: s.entry.spot for s in senses if s.entry.spot is not None}
    if match.number is not None:
        for spot in matcher.spots(match.number):
            spots.setdefault(spot.id, spot)
    ambiguous = all(s.ambiguous for s in senses) and match.number is None
    postal = all(s.postal for s in senses)
    return tuple(spots.values()), ambiguous, postal


def _contained(text: Text, taken: Sequence[Mention]) -> list[Mention]:
    """Mark each name that the next one holds ("Cairo, Illinois"), from the right."""
    found = [taken[0]] if taken else []
    for one, other in pairwise(taken):
        follows = _between(text, one, other) in _LIST
        found.append(replace(other, follows=True) if follows else other)
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
        further = any(other.inside & above(spot) for spot in one.setting.spots)
        if not ids and other.inside and further:
            found[at] = replace(one, inside=other.inside, evidence=one.evidence + 3.0)
        elif not ids and ("(" in between or _strange(found, at)):
            found[at] = replace(one, strange=True)
            found[at + 1] = replace(other, holds=other.holds or "(" in between)
        if ids:
            found[at] = replace(one, inside=frozenset(ids), evidence=one.evidence + 3.5)
            found[at + 1] = replace(
                other,
                holds=_BESIDE.fullmatch(between) is None,
                postal=False,
                evidence=other.evidence + 2.0,
            )
    return [m for m in found if not m.postal]


def _strange(found: Sequence[Mention], at: int) -> bool:
    """Whether "X, Y" names an X near Y that is none of the known ones, not two of a list."""
    one, other = found[at], found[at + 1]
    listed = one.follows or (at + 2 < len(found) and found[at + 2].follows)
    known = max(spot.population for spot in one.setting.spots) >= SMALL
    return not (
        listed or known or other.evidence < SURE or _neighbours(one, other, near=STRANGE_KM)
    )


def _two_countries(one: Mention, other: Mention) -> bool:
    """Whether both names may be countries ("in Russia, U.S. officials said")."""
    return all(any(s.kind == "PCLI" for s in m.setting.spots) for m in (one, other))


def _between(text: Text, one: Mention, other: Mention) -> str:
    base = text.passage.start
    return text.passage.text[one.match.end - base : other.match.start - base]


def _opens(text: Text, match: Match) -> bool:
    """Whether a name stands where a dateline does (``BANTAM -- A mason …``)."""
    source, at = text.passage.text, match.start - text.passage.start
    if not text.words.upper(match.first) or source[:at].rstrip()[-1:] not in {"", ".", ")"}:
        return False
    return _DASH.match(source, match.end - text.passage.start) is not None


def _bracketed(text: Text, match: Match) -> bool:
    """Whether a name stands in brackets after another (``Goma (Nyiragongo, Nord-Kivu)``)."""
    source, base = text.passage.text, text.passage.start
    if not text.words.capital(match.first) or not _CLOSES.match(source, match.end - base):
        return False
    before = source[max(0, match.start - base - 90) : match.start - base]
    return _NAMED_BEFORE.search(before) is not None


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


def _neighbours(one: Mention, other: Mention, *, near: float = NEIGHBOURS_KM) -> bool:
    """Whether two names may mean places near each other."""
    return any(
        a.country == b.country and _distance(a, b) <= near
        for a in one.setting.spots[:MOST]
        for b in other.setting.spots[:MOST]
    )


def _distance(one: Spot, other: Spot) -> float:
    if one.latitude is None or other.latitude is None:
        return 0.0
    points = ((s.latitude or 0.0, s.longitude or 0.0) for s in (one, other))
    return kilometres(*points)
