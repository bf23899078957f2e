"""English word order around a verb: its subjects, its objects, and what is joined to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.incidents.parties import Party

REACH = 90
"""Characters within which a party belongs to a trigger."""

_DET = (
    r"(?:the|a|an|its|his|her|their|this|that|these|those|some|all|both|several|many|other|another|at least|more than|about"
    r"|nearly|some|over|up to|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,.]*|dozens of|hundreds of"
    r"|local|alleged|suspected|presumed|former|unidentified|unknown|young|well-known|prominent|u\.s\.|[a-z]+(?:an|ese|ish))"
)
DETS = rf"(?:{_DET} )*"
AUX = re.compile(
    r"(?<!\w)(?:was|were|been|being|be|is|are|got|gets|get)(?: (?:\w+ly|also|later|then|again|both|all))*(?: (?:shot and|beaten and|tortured and|kidnapped and|attacked and|killed or|killed and|wounded or))? $"
)
_RELATIVE = re.compile(
    r"(?<!\w)(?:who|which|that|whom)(?: (?:has|have|had|was|were|been|also|later))* ?$"
)
_JOIN = re.compile(
    rf"(?:,| and| or|, and| &| as well as| along with| together with|, including|;)? ?(?:and )?{DETS}"
)
_BREAK = re.compile(
    r"[.;:?!]|(?<!\w)(?:because|although|while|when|after|before|since|whether|if|but)(?!\w)"
)
_VERBS_BETWEEN = re.compile(
    r"(?<!\w)(?:was|were|is|are|has|have|had|said|reported|told|stated|announced|added|noted|claimed|went|came|took|made)(?!\w)"
)


def subjects(text: str, at: int, before: Sequence[Party]) -> list[Party]:
    """Return the group of parties that a verb at a place has for subject."""
    lead = text[max(0, at - 60) : at]
    aux = AUX.search(lead)
    edge = at - (len(lead) - aux.start() if aux else 0)
    relative = _RELATIVE.search(text[max(0, edge - 30) : edge])
    if relative:
        edge -= min(30, edge) - relative.start()
    near = [p for p in before if p.to <= edge and edge - p.to < REACH]
    far = len(before) - len(near)
    for position in range(len(before) - 1, -1, -1):
        party = before[position]
        gap = text[party.to : edge]
        if len(gap) > 2 * REACH:
            break
        if party.kind == "person" and _CLOSED.fullmatch(gap) and not _VERBS_BETWEEN.search(gap):
            return _back(text, party, before[:position])
    for position in range(len(near) - 1, -1, -1):
        party = near[position]
        gap = text[party.to : edge]
        if _BREAK.search(gap) or _VERBS_BETWEEN.search(gap):
            return []
        near_by = relative or (aux is None and gap == ", ")
        if _oblique(text, party) and not (near_by and _AGED.fullmatch(gap)):
            continue
        return _back(text, party, before[: far + position])
    return []


_AGED = re.compile(r",?(?: \d\d?,)? ?")
"""What stands between a name and the relative clause that is about it."""
_OBLIQUE = re.compile(
    rf"(?<!\w)(?:of|in|at|by|to|from|with|against|on|near|for|into|outside|inside|under|between|through) {DETS}(?:\w+ )?$"
)


def _oblique(text: str, party: Party) -> bool:
    """Whether a party hangs on a preposition, so that it is no subject."""
    return _OBLIQUE.search(text[max(0, party.at - 40) : party.at]) is not None


def _back(text: str, last: Party, before: Sequence[Party]) -> list[Party]:
    """Return the parties joined to one from the left, in order."""
    group = [last]
    for party in reversed(before):
        gap = text[party.to : group[0].at]
        if _joins(gap, group[0]) or (party.kind == "person" and _apposed(gap)):
            group.insert(0, party)
        elif not _inside(text, party, group[0]):
            break
    return group


def _apposed(gap: str) -> bool:
    """Whether a gap tells who a person is and goes on: "A, rector of the university, and …"."""
    return _APPOSED.fullmatch(gap) is not None and not _VERBS_BETWEEN.search(gap)


def _inside(text: str, party: Party, following: Party) -> bool:
    """Whether a party only helps to tell who somebody named before it is."""
    return party.kind != "person" and _INSIDE.fullmatch(text[party.to : following.at]) is not None


_APPOSED = re.compile(
    rf",(?: \d\d?,)? (?!and )[^.:?!]{{3,80}}[,;] (?:and )?{DETS}(?:\w+ of (?:his|her|their) )?"
)
_CLOSED = re.compile(r",(?: \d\d?,)? (?!and )[^.;:?!]{3,}, ?")
"""What tells who the subject is, between two commas."""
_INSIDE = re.compile(rf"[^.;:?!]{{0,50}}[,;] (?:and )?{DETS}")


def group_from(text: str, first: Party, after: Sequence[Party]) -> list[Party]:
    """Return a party and those joined to it from the right."""
    group = [first]
    for party in after:
        if party.at < group[-1].to:
            continue
        gap = text[group[-1].to : party.at]
        members = re.fullmatch(r" of (?:the )?|,? \[", gap)
        if not members and not _joins(gap, party):
            break
        group.append(party)
    return group


_STOP = re.compile(
    r"(?<!\w)(?:by|in|near|from|with|after|when|during|to|and|as|for|that|who|which|was|were|is|are|has"
    r"|have|had|said|told|while|before|because|at|on|into|he|she|they|it)(?!\w)|[.;:?!]"
)
"""Words that no title or description before a name holds."""

_BRACKETS = re.compile(r"\[[^\]]*\] ?")


def described(gap: str) -> bool:
    """Whether a gap before a person's name holds nothing but a title or description."""
    words = _BRACKETS.sub("", gap)
    return len(words.split()) <= LONGEST_TITLE and not _STOP.search(words)


LONGEST_TITLE = 8
"""Words of a description before a name ("leftist opposition leader and lawyer …")."""

_AND = re.compile(r"(?:,? (?:\d\d?, )?(?:and|or|as well as|along with|together with)|,|;)(?: |$)")


def _joins(gap: str, party: Party) -> bool:
    """Whether a gap joins a party to the one before it."""
    if _JOIN.fullmatch(gap):
        return bool(gap.strip())
    if party.kind != "person":
        return False
    start = _AND.match(gap)
    return start is not None and described(gap[start.end() :])


def _officer_of(text: str, first: Party, after: Sequence[Party]) -> Party | None:
    """Return the person whose service stands before the title ("Police Officer Jane Roe")."""
    if first.kind not in {"security_force", "government", "organization"}:
        return None
    person = next((p for p in after if p.kind == "person" and p.at >= first.to), None)
    if person is None or not _TITLED.fullmatch(text[first.to : person.at]):
        return None
    return person


_TITLED = re.compile(
    r"(?: \(\w+\)| department| force| service)* (?:officer|agent|sergeant|lieutenant|captain|major|colonel|general|constable"
    r"|corporal|private|deputy|detective|trooper|inspector|commander|chief|soldier|spokesman|minister|director)s? "
)


def objects(text: str, end: int, after: Sequence[Party]) -> list[Party]:
    """Return the group right after a verb."""
    first = after[0] if after else None
    if first is None:
        return []
    gap = text[end : first.at]
    particle = r" ?(?:up|down|dead|at|on|upon|to death|fire (?:on|at|to))? ?"
    adjective = r"(?:[a-z-]+ ){0,2}"
    if re.fullmatch(particle + DETS + adjective, gap) and not re.search(
        r"(?<!\w)(?:by|in|near|from|with|after|when|during|to|of|and|as|for|that)(?!\w)", gap
    ):
        officer = _officer_of(text, first, after)
        return group_from(text, officer or first, after)
    named = next((p for p in after if p.kind == "person"), None)
    if named is not None and named.at - end < REACH and described(text[end : named.at]):
        return group_from(text, named, after)
    return []


def groups_of(text: str, party: Party, found: Sequence[Party]) -> list[Party]:
    """Return the organisations that people are said to be of: in their words or right after."""
    if party.kind != "people":
        return []
    return [
        p
        for p in found
        if p.kind in {"armed_group", "organization", "security_force"}
        and (
            (party.at <= p.at and p.to <= party.to)
            or (p.at >= party.to and _OF_GROUP.fullmatch(text[party.to : p.at]))
        )
    ]


_OF_GROUP = re.compile(
    r",? (?:of|from|belonging to|who belong to|linked to|affiliated (?:with|to)|allegedly (?:of|from)) (?:the )?(?:so-called |self-styled |[a-z-]+ )?(?:\w+ of the )?"
)


def acts_by(gap: str) -> bool:
    """Whether "by" leads from a trigger to a party, and not from another verb between them."""
    by = _AGENT.search(gap)
    return by is not None and _OTHERWISE.search(gap[: by.start()]) is None


_OTHERWISE = re.compile(
    r"(?<!\w)(?:reported|announced|said|confirmed|stated|published|issued|defused|deactivated|disarmed|arrested|rescued"
    r"|captured|repelled|thwarted|investigated|condemned|followed|accompanied|escorted|guarded|treated|released|signed)"
    r"(?: \w+){0,3} $"
)


_AGENT = re.compile(
    rf"(?<!\w)(?:by|at the hands of|blamed on|attributed to) {DETS}(?:members of |group of |men of |elements of |units of )?{DETS}$"
)
