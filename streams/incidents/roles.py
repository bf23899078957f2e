"""Who did what to whom: roles from the order of words around a trigger, and from claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas import Claim
from schemas.events import Role
from streams.incidents import roles_arabic, roles_english
from streams.incidents.detect import Mention
from streams.incidents.parties import Party

REACH = 90
"""Characters of the folded sentence within which a party belongs to a trigger."""

_BY = re.compile(
    r"(?<!\w)(?:by|at the hands of|blamed on|attributed to|perpetrated by|من قبل|علي يد|علي ايدي|بيد|نفذه|نفذها|شنه|شنها|نفذته|شنته) $"
)
_SUSPECT = re.compile(
    r"(?<!\w)(?:suspected|alleged(?:ly)?|presumed|presumably|believed to be|apparently|likely|مشتبه\w*|يشتبه|يعتقد|مفترض\w*)(?!\w)"
)


@dataclass(slots=True)
class Part:
    """A party in a role, with what is claimed of it and the rule that said so."""

    role: Role
    party: Party
    rule: str
    claim: Claim | None = None


def roles(mention: Mention, found: Sequence[Party]) -> list[Part]:
    """Return the parts that the parties of a mention's sentence play in it."""
    text = mention.sentence.folded.text
    apart = [p for p in found if not (p.at <= mention.at < p.to)]
    if mention.cls.name in {"operation", "arrest", "disrupted", "defused"}:
        parts = _operation(mention, apart)
    else:
        reader = _arabic if mention.sentence.arabic else _english
        around = [p for p in apart if not _speaks(text, p)]
        parts = reader(mention, around)
        if not any(part.role == "perpetrator" for part in parts):
            parts += _sides(mention, around)
    return [_suspected(mention, part) for part in parts]


def _sides(mention: Mention, found: Sequence[Party]) -> list[Part]:
    """Return the two sides of a clash that "between" names, the first as who acts."""
    if mention.cls.name != "clash":
        return []
    text = mention.sentence.folded.text
    forces = [p for p in found if p.kind in _NAMED and p.at >= mention.at]
    first = next((p for p in forces if _BETWEEN.search(text[max(0, p.at - 40) : p.at])), None)
    if first is None or first.at - mention.to > REACH:
        return []
    second = next((p for p in forces if p.at >= first.to and p.at - first.to < REACH), None)
    parts = [Part("perpetrator", first, "role.between")]
    if second is not None and _AND.search(text[first.to : second.at]):
        parts.append(Part("target", second, "role.between"))
    return parts


_NAMED = frozenset({"armed_group", "security_force", "government", "organization"})
_BETWEEN = re.compile(r"(?<!\w)(?:between|بين) (?:[\w.'-]+ ){0,3}(?:ال)?$")
_AND = re.compile(r"(?<!\w)(?:and|و(?:بين)?(?: |\w|$))|، ?و")


def _speaks(text: str, party: Party) -> bool:
    """Whether a party is only who tells: "…, governor Ivan Petrov said", قال مسؤولون."""
    if party.kind in {"armed_group", "facility", "vehicle"}:
        return False
    return _SAYS.match(text, party.to) is not None or (
        _SAID.search(text[max(0, party.at - 20) : party.at]) is not None
    )


_SAYS = re.compile(r",? (?:said|says|told|added|reported|announced|confirmed|tweeted|stated)(?!\w)")
_SAID = re.compile(
    r"(?<!\w)[وف]?(?:قال|قالت|اعلن|اعلنت|ذكر|ذكرت|افاد|افادت|اكد|اكدت|اضاف|اضافت|اوضح|صرح) (?:ال)?$"
)


def _suspected(mention: Mention, part: Part) -> Part:
    """Mark a perpetrator that the text only suspects."""
    if part.role != "perpetrator" or part.claim is not None:
        return part
    text = mention.sentence.folded.text
    if _SUSPECT.search(text[max(0, part.party.at - 30) : part.party.to]):
        return replace(part, claim=Claim(confidence="suspected"))
    return part


def _operation(mention: Mention, found: Sequence[Party]) -> list[Part]:
    """Read an arrest or operation: forces of the state act, whoever else is named is their target."""
    parts: list[Part] = []
    for party in found:
        if party.at > mention.to + 2 * REACH or party.to < mention.at - 3 * REACH:
            continue
        if _captor(mention, party):
            parts.append(Part("perpetrator", party, "role.captor"))
        elif party.interaction in {1, 8} and party.kind in {
            "security_force",
            "people",
            "government",
        }:
            parts.append(Part("responder", party, "role.force-of-state"))
        elif (
            party.kind == "armed_group"
            or (party.side == "force" and party.at >= mention.to)
            or (
                party.kind in {"person", "people"}
                and mention.to <= party.at < mention.to + REACH // 2
            )
        ):
            parts.append(Part("target", party, "role.operation-target"))
    return parts


def _captor(mention: Mention, party: Party) -> bool:
    """Whether an armed group, not a state, is who detains: the verb's subject, or after "by"."""
    if party.kind != "armed_group" or party.interaction == 1 or mention.cls.name != "arrest":
        return False
    text = mention.sentence.folded.text
    if mention.sentence.arabic:
        return _DETAINED.match(text, mention.at) is not None and party.at - mention.to in {1, 2}
    if party.at >= mention.to:
        return _BY.search(text[max(0, party.at - 30) : party.at]) is not None
    between = text[party.to : mention.at]
    return len(between) < REACH // 2 and not _PASSIVE.search(between)


_DETAINED = re.compile(r"و?(?:اعتقلت|احتجزت|اوقفت|اعتقل|احتجز|اوقف)(?!\w)")
_PASSIVE = re.compile(
    r"(?<!\w)(?:was|were|been|being|is|are|members?|leaders?|suspects?)(?!\w)|[.;]"
)


def _english(mention: Mention, found: Sequence[Party]) -> list[Part]:
    return [Part(f.role, f.party, f.rule) for f in roles_english.read(mention, found)]


def _arabic(mention: Mention, found: Sequence[Party]) -> list[Part]:
    return [Part(f.role, f.party, f.rule) for f in roles_arabic.read(mention, found)]
