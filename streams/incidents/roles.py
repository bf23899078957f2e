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
_CLAIM = re.compile(
    r"(?<!\w)(?:claim(?:ed|s|ing)?(?: the)? (?:responsibility|credit|the attack|the bombing)|claimed (?:the )?\w+|took (?:responsibility|credit)|responsibility (?:was|has been) claimed|تبني|تبنت|يتبني|اعلن(?:ت)? مسووليت\w*|اعلن(?:ت)? مسءوليت\w*|مسووليته|مسووليتها)(?!\w)"
)
_NO_CLAIM = re.compile(r"(?<!\w)(?:no (?:group|one|organi[sz]ation)|nobody|not|لم|ولم|لا)(?!\w)")
_ACCUSE = re.compile(
    r"(?<!\w)(?:accus(?:ed|es|ing)|blam(?:ed|es|ing)|attribut(?:ed|es|ing)|pointed (?:the finger )?at|اتهم\w*|حمل(?:ت)? (?=\w+ (?:مسووليه))|اتهام)(?!\w)"
)
_SUSPECT = re.compile(
    r"(?<!\w)(?:suspected|alleged(?:ly)?|presumed|presumably|believed to be|apparently|likely|مشتبه\w*|يشتبه|يعتقد|مفترض\w*)(?!\w)"
)
_CHANNELS = (
    (re.compile(r"telegram|تليغرام|تلغرام|تيليغرام|تلجرام"), "Telegram", "website"),
    (re.compile(r"amaq|اعماق"), "Amaq News Agency", "website"),
    (re.compile(r"twitter|تويتر"), "Twitter", "website"),
    (re.compile(r"facebook|فيسبوك"), "Facebook", "website"),
    (re.compile(r"video|فيديو|شريط مصور|تسجيل مصور"), "video", "video"),
    (re.compile(r"phone|telephone|call(?:ed|er)|اتصال هاتفي|هاتفيا"), "telephone", "call"),
    (re.compile(r"letter|note|pamphlet|leaflet|رساله|منشور"), "letter", "letter"),
    (re.compile(r"website|internet|online|web site|موقع|الانترنت"), "website", "website"),
    (re.compile(r"statement|communique|بيان"), "statement", "other"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A party in a role, with what is claimed of it and the rule that said so."""

    role: Role
    party: Party
    rule: str
    claim: Claim | None = None


def roles(mention: Mention, found: Sequence[Party]) -> list[Part]:
    """Return the parts that the parties of a mention's sentence play in it."""
    reader = _arabic if mention.sentence.arabic else _english
    reader = (
        _operation
        if mention.cls.name in {"operation", "arrest", "disrupted", "defused"}
        else reader
    )
    apart = [p for p in found if not (p.at <= mention.at < p.to)]
    parts = reader(mention, apart)
    return [_suspected(mention, part) for part in parts]


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
        elif party.interaction == 1 and party.kind in {"security_force", "people", "government"}:
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


def claims(mention: Mention, found: Sequence[Party]) -> list[Part]:
    """Return who claims the incident or is accused of it in a mention's sentence."""
    text = mention.sentence.folded.text
    parts: list[Part] = []
    armed = [
        p
        for p in found
        if p.kind in {"armed_group", "organization", "government", "security_force"}
    ]
    for match in _CLAIM.finditer(text):
        if _NO_CLAIM.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        near = min(armed, key=lambda p: abs(p.at - match.start()), default=None)
        if near is not None and abs(near.at - match.start()) < 2 * REACH:
            channel = next(((c, m) for pattern, c, m in _CHANNELS if pattern.search(text)), None)
            claim = Claim(
                confidence="claimed",
                channel=channel[0] if channel else None,
                mode=channel[1] if channel else None,
            )
            parts.append(Part("claimant", near, "claim.responsibility", claim))
    for match in _ACCUSE.finditer(text):
        accused = next((p for p in found if p.at >= match.end() and p.kind != "facility"), None)
        if accused is not None and accused.at - match.end() < 60:
            parts.append(Part("accused", accused, "claim.accused", Claim(confidence="accused")))
    return parts
