"""Which names beside each other hold each other ("Cairo, Illinois") or share their kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from streams.entities.evidence import KIND_WEIGHTS
from streams.entities.match import Matcher
from streams.entities.mention import Mention, Text, neighbours
from streams.entities.resolve import above, container_ids, lies_in
from streams.entities.wordlists import cue

STRANGE_KM = 150.0
SMALL = 60_000
METROPOLIS = 1_000_000
"""People of a city whose name is known with the initials of its district (Bogota, D.C.)."""
SURE = 2.2
"""Evidence that convinces of the same name elsewhere too."""
_LIST = frozenset({", ", " and ", " or ", ", and ", " و", "، ", "، و", " - ", "/", ", or "})
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
_DIVISIONS = frozenset({"division", "district"})
_BESIDE = re.compile(r"،? (?:قرب )?(?:(?:شمال|جنوب|شرق|غرب|وسط)ي?(?: شرقي?| غربي?)? )?")
"""What leaves open whether the second is a region or a town near by (جنوب شرق دير الزور)."""


def contained(text: Text, taken: Sequence[Mention], matcher: Matcher) -> list[Mention]:
    """Mark each name that the next one holds ("Cairo, Illinois"), from the right."""
    found = [taken[0]] if taken else []
    for one, other in pairwise(taken):
        follows = _between(text, one, other) in _LIST
        found.append(replace(other, follows=True) if follows else other)
    _share_kind(found, matcher)
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
        if not ids and between == ", " and _of_capital(one, other):
            found[at + 1] = replace(other, postal=True)
        if ids:
            found[at] = replace(one, inside=frozenset(ids), evidence=one.evidence + 3.5)
            found[at + 1] = replace(
                other,
                holds=_BESIDE.fullmatch(between) is None,
                postal=False,
                evidence=other.evidence + 2.0,
            )
    return [m for m in found if not m.postal]


def _share_kind(found: list[Mention], matcher: Matcher) -> None:
    """Give all names of a list the kind that its last word tells (Diyala and Kirkuk provinces)."""
    kind, word = "", ""
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        after = one.setting.after() if one.cue in _DIVISIONS else ""
        if after in cue("kind_of_several"):
            kind, word = one.cue, after
        elif not kind or one.cue or not found[at + 1].follows:
            kind = ""
        if kind:
            found[at] = _of_several(one, kind, word, matcher)


def _of_several(one: Mention, kind: str, word: str, matcher: Matcher) -> Mention:
    """Return a name of a list of divisions; counties are known by their full names."""
    spots = one.setting.spots
    if word == "counties":
        spots = (*matcher.borne(f"{one.match.key} county"), *spots)
    gain = 0.0 if one.cue else KIND_WEIGHTS[kind]
    setting = one.setting._replace(spots=spots)
    return replace(one, setting=setting, cue=kind, evidence=one.evidence + gain)


def _strange(found: Sequence[Mention], at: int) -> bool:
    """Whether "X, Y" names an X near Y that is none of the known ones, not two of a list."""
    one, other = found[at], found[at + 1]
    listed = one.follows or (at + 2 < len(found) and found[at + 2].follows)
    known = any(s.kind == "ADM1" or s.population >= SMALL for s in one.setting.spots)
    return not (listed or known or other.evidence < SURE or neighbours(one, other, near=STRANGE_KM))


def _of_capital(one: Mention, other: Mention) -> bool:
    """Whether initials after a metropolis abroad are part of its name (``Lima, D.C.``)."""
    initials = all(len(word) == 1 for word in other.match.key.split(" "))
    return initials and one.setting.spots[0].population >= METROPOLIS


def _two_countries(one: Mention, other: Mention) -> bool:
    """Whether both names may be countries ("in Russia, U.S. officials said")."""
    return all(any(s.kind == "PCLI" for s in m.setting.spots) for m in (one, other))


def _between(text: Text, one: Mention, other: Mention) -> str:
    base = text.passage.start
    return text.passage.text[one.match.end - base : other.match.start - base]
