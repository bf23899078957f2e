"""People named beside the words that tell what befell them, or beside others who suffered it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.incidents.parties import Party
from streams.incidents.phrases import DETS, REACH, described, group_from


def named_among(text: str, harmed: Sequence[Party], found: Sequence[Party]) -> list[Party]:
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


def who_escaped(text: str, at: int, before: Sequence[Party]) -> Party | None:
    """Return the person who escaped or suffered what a noun tells: "A survived the attack"."""
    person = next((p for p in reversed(before) if p.kind == "person" and at - p.to < REACH), None)
    if person is None or not _ESCAPED.fullmatch(text[person.to : at]):
        return None
    return person


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
