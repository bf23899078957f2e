"""People named beside the words that tell what befell them, or beside others who suffered it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.incidents.parties import Party
from streams.incidents.phrases import AUX, DETS, REACH, described, group_from, subjects


def named_beside(
    text: str, harmed: Sequence[Party], found: Sequence[Party], *, violent: bool
) -> list[Party]:
    """Return the people named as those harmed, or in a sentence of violence as its victims."""
    return _named_among(text, harmed, found) + (_identified(text, found) if violent else [])


def _named_among(text: str, harmed: Sequence[Party], found: Sequence[Party]) -> list[Party]:
    """Return the people named right after those harmed: "two reporters, A and B", "including C"."""
    named: list[Party] = []
    for people in harmed:
        after = [p for p in found if p.kind == "person" and p.at >= people.to]
        if not after or after[0].at - people.to > REACH:
            continue
        gap = text[people.to : after[0].at]
        lead = _NAMED_AS.match(gap)
        if lead is not None and described(gap[lead.end() :]):
            named += group_from(text, after[0], after)
    return named


_NAMED_AS = re.compile(
    r"(?:[^.;:]{0,60} )?(?:was|were|has been|have been) (?:\w+ )?identified as "
    r"|(?:,|:| -+)? ?(?:[^,.;:]{0,40}, )?(?:including|identified as|named|namely"
    r"|among (?:them|whom)(?: (?:was|were|is|are))?) (?:that of |those of )?"
    r"|(?:,|:| -+) "
)
"""What leads from people to their names."""


def _identified(text: str, found: Sequence[Party]) -> list[Party]:
    """Return the people given as the dead or wounded: "the victims were identified as"."""
    people = [p for p in found if p.kind == "person"]
    first = next((p for p in people if _IDENTIFIED.search(text[: p.at])), None)
    return [] if first is None else group_from(text, first, people)


_IDENTIFIED = re.compile(
    r"(?<!\w)(?:victims?|dead|deceased|bod(?:y|ies)|corpses?|wounded|injured|hostages?|murdered|slain)"
    r"(?!\w)[^.;:?!]{0,120}(?:was|were|is|are|has been|have been) (?:\w+ )?identified as"
    r" (?:[\w'-]+ ){0,4}$"
)


def who_escaped(text: str, words: tuple[int, int], before: Sequence[Party]) -> Party | None:
    """Return who suffered or escaped what a noun tells: "A survived it", "which he escaped"."""
    at, end = words
    people = [p for p in before if p.kind == "person"]
    if people and _WHICH.match(text, end):
        return people[0]
    if not people or not _ESCAPED.fullmatch(text[people[-1].to : at]):
        return None
    return people[-1]


_WHICH = re.compile(
    r"(?: \w+)? (?:from|in) which s?he (?:\w+ly )?"
    r"(?:escaped|survived|emerged|was (?:\w+ly )?(?:un)?(?:hurt|injured|wounded|harmed))"
)
_ESCAPED = re.compile(
    r"(?:, [^,.;]{1,60},)?(?: who)?(?: (?:has|had|have))?(?: \w+ly)? (?:survived|escaped"
    r"|(?:escaped|emerged|came out)(?: (?:unhurt|unharmed|unscathed|uninjured|alive|safe))?"
    r" (?:from|of)"
    r"|(?:was|were|is|has been|had been) (?:(?:the |a )?(?:intended )?(?:target|victim|object)s? of"
    rf"|(?:\w+ly )?(?:injured|wounded|hurt|unhurt|killed) in)) {DETS}(?:[\w-]+ ){{0,2}}"
)


def of_person(text: str, end: int, after: Sequence[Party]) -> list[Party]:
    """Return the people that a noun's of, on or against leads to over a place or a title."""
    named = next((p for p in after if p.kind == "person" and p.at - end < REACH), None)
    if named is None:
        return []
    gap = _PREPOSITION.match(text[end : named.at])
    if gap is None or not described(text[end + gap.end() : named.at]):
        return []
    return [p for p in group_from(text, named, after) if p.kind in {"person", "people"}]


_PREPOSITION = re.compile(
    r"(?: (?:attempt|attack|threat)s?)?(?: (?:in|at|near) (?:the )?\w+(?: \w+)?)?"
    r"(?: (?:yesterday|today|last \w+))? (?:of|on|against|upon|to) "
)


def taken_hostage(
    text: str, words: tuple[int, int], before: Sequence[Party], after: Sequence[Party]
) -> list[Party]:
    """Return who is taken: "took A hostage", "took as hostages A and B", "A was held hostage"."""
    at, end = words
    last = before[-1] if before else None
    if last is not None and last.to + 1 == at and _TAKES.search(text[: last.at]):
        return [last]
    verb = _TAKEN.search(text[max(0, at - 20) : at])
    if verb is None:
        return []
    begin = max(0, at - 20) + verb.start()
    if AUX.search(text[max(0, begin - 60) : begin]):
        return subjects(text, begin, before)
    first = next((p for p in after if p.kind in {"person", "people"}), None)
    if first is None or not described(text[end : first.at]):
        return []
    return group_from(text, first, after)


_TAKEN = re.compile(
    r"(?<!\w)(?:took|tak(?:es?|en|ing)|h[eo]ld(?:ing)?|seiz(?:ed|ing)|kept)(?: as)? $"
)
_TAKES = re.compile(
    rf"(?<!\w)(?:took|tak(?:e|ing)|h[eo]ld(?:ing)?|seiz(?:ed|ing)|kept) {DETS}(?:[\w'-]+ ){{0,3}}$"
)
