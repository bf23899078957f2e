"""The parties a sentence names, with or without a name: who they are and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas import Entity
from schemas.events import ActorKind
from streams.incidents.lexicon import nouns
from streams.incidents.reading import Sentence

_KINDS: dict[str, ActorKind] = {
    "person": "person",
    "armed_group": "armed_group",
    "security_force": "security_force",
    "government": "government",
    "organization": "organization",
    "facility": "facility",
}
_INTERACTION = {"armed_group": 2, "security_force": 1, "government": 1}
_MODIFIERS = re.compile(
    r"(?<![\w'’-])(?:(?:(?!(?:the|a|an|of|and|or|by|in|on|at|to|for|from|with|was|were|is|are|has|have|had|been|who|that|which"
    r"|its|his|her|their|this|these|those|some|all|several|other|another|two|three|four|five|six|seven|eight|nine|ten"
    r"|killed|injured|wounded|against|said|when|while|after|before|between|as|but|near|into|when|least|more|than"
    r"|around|until|among|towards?|through|about|under|without|within|he|she|they|it|we|i|you|so|then|how|because|including|attacked|kidnapped|murdered|shot|one|many|people|into|outside|inside|where|also|not|if|during|since|over|targeting)(?!\w))"
    r"[a-z][\w'-]*) ){0,3}$"
)


@dataclass(slots=True)
class Party:
    """A party at its place; ``at`` and ``to`` in the folded sentence, ``start``, ``end`` in the field."""

    at: int
    to: int
    start: int
    end: int
    text: str
    name: str
    native_name: str | None
    kind: ActorKind
    side: str
    """``force`` (uses it), ``people`` or ``thing``."""
    canonical_id: str | None
    interaction: int | None
    rule: str


def parties(sentence: Sentence) -> list[Party]:
    """Return the parties of a sentence in order, names before nouns where they overlap."""
    found = [p for e in sentence.entities if (p := _named(sentence, e)) is not None]
    for party in _unnamed(sentence):
        clash = next((f for f in found if f.at < party.to and party.at < f.to), None)
        if clash is None:
            found.append(party)
        elif clash.kind in {"person", "facility"} or clash.to - clash.at >= party.to - party.at:
            continue
        elif sentence.arabic:
            found[found.index(clash)] = _joined(clash, party)
        else:
            found.append(replace(party, interaction=clash.interaction, side=clash.side))
    found.sort(key=lambda p: (p.at, -p.to))
    return found if sentence.arabic else [p for p in found if not _describes(sentence, p, found)]


def _describes(sentence: Sentence, party: Party, found: list[Party]) -> bool:
    """Whether an English noun only describes another word: a title, an apposition, an attribute."""
    if not party.rule.startswith("noun."):
        return False
    text = sentence.folded.text
    for other in found:
        if other.kind == "person" and other is not party:
            if party.to <= other.at <= party.to + 40 and _TITLE.fullmatch(
                text[party.to : other.at]
            ):
                return True
            if other.to <= party.at <= other.to + 60 and _APPOSED.fullmatch(
                text[other.to : party.at]
            ):
                return True
    attribute = _ATTRIBUTE.match(text, party.to)
    return attribute is not None and _SINGULAR.search(text[party.at : party.to]) is not None


_TITLE = re.compile(
    r" (?:(?:of|for) (?:the )?\w+(?: \w+)? )?(?:[a-z]+ ){0,2}|, (?:identified as |named )?| (?:identified as|named) "
)
_APPOSED = re.compile(r"(?:, \d\d?)?, (?:(?:the|a|an|former|retired|an? \w+|\w+) ){0,3}")
_SINGULAR = re.compile(
    r"(?:terrorist|guerrilla|guerilla|rebel|extremist|militant|insurgent|subversive|military|police|army|student|labor|government"
    r"|air force|navy|civilian|union|peasant|car|vehicle|bus|general|official|power|radio|television|school|house|bank|bomber)$"
)
_ATTRIBUTE = re.compile(
    r" (?!(?:and|or|in|on|at|by|of|to|for|from|with|near|was|were|is|are|be|been|has|have|had|who|that|which|when|while|after|before"
    r"|during|as|but|not|also|will|would|could|can|may|did|does|said|told|who|where|into|against|outside|inside|they|he|she|it"
    r"|yesterday|today|tonight|again|then|later|because|since|until|under|over|than|so|there|here|this|last|the|a|an|his|her"
    r"|shot|fought|took|blew|set|threw|began|hit|struck|held|left|went|came|made|say|says|early|late|on)(?!\w))(?!\w+(?:ed|ing|ly)(?!\w))[a-z]"
)
"""What follows a noun that stands for a thing of its own: no noun."""


def _joined(name: Party, noun: Party) -> Party:
    """Return a noun that holds a name ("FMLN guerrillas") as the party that the name says."""
    return Party(
        at=noun.at, to=noun.to, start=noun.start, end=noun.end, text=noun.text, name=name.name,
        native_name=name.native_name, kind=name.kind, side=name.side,
        canonical_id=name.canonical_id, interaction=name.interaction, rule=name.rule,
    )  # fmt: skip


def _source(sentence: Sentence, entity: Entity) -> bool:
    """Whether an outlet is only where the news is from: in brackets, a dateline, beside "said"."""
    if entity.role != "media":
        return False
    line = sentence.segment.dateline
    before = sentence.text[: entity.start - sentence.start].rstrip()
    if before.endswith(("(", "[", "/")) or (line is not None and entity.end <= line.end):
        return True
    after = sentence.text[entity.end - sentence.start :]
    return _TELLS_BEFORE.search(before) is not None or _TELLS_AFTER.match(after) is not None


_TELLS_BEFORE = re.compile(
    r"(?:(?<!\w)(?:according to|told|by|via|on|citing|quoted by|reported by|statement to|in|and)"
    r"(?: the| its| their| his)?|(?:و|ف)?(?:قالت|ذكرت|افادت|أفادت|نقلت|بحسب|وفق|حسب|عن|لـ?|عبر|اعلنت|أعلنت|بثت|قناة|وكالة))$"
)
_TELLS_AFTER = re.compile(
    r"['’]?s? (?:said|reported|quoted|told|says|reports|cited|adds?|added|correspondent|reporter|وقالت|عن|ان|أن|إن)"
)


def _named(sentence: Sentence, entity: Entity) -> Party | None:
    kind = _KINDS.get(entity.type)
    if kind is None or _source(sentence, entity):
        return None
    at = sentence.at(entity.start)
    canonical = entity.canonical
    force = kind in {"armed_group", "security_force"}
    return Party(
        at=at,
        to=at + len(sentence.folded.text[at : sentence.at(entity.end)]),
        start=entity.start,
        end=entity.end,
        text=entity.text,
        name=canonical.name if canonical else entity.text,
        native_name=(canonical.native_name if canonical else None)
        or (entity.text if sentence.arabic else None),
        kind=kind,
        side="force" if force else "thing" if kind == "facility" else "people",
        canonical_id=canonical.id if canonical else None,
        interaction=entity.acled_interaction or _INTERACTION.get(kind),
        rule=entity.rule,
    )


def _unnamed(sentence: Sentence) -> Iterator[Party]:
    text = sentence.folded.text
    taken: list[tuple[int, int]] = []
    told = nouns(sentence.language).find(text, sentence.pieces)
    held = {(a, b) for a, b, _ in told for c, d, _ in told if c <= a and b < d}
    found = sorted((f for f in told if f[:2] not in held), key=lambda f: (f[2].order, f[0]))
    for at, to, noun in found:
        if any(a < to and at < b for a, b in taken):
            continue
        taken.append((at, to))
        begin = at
        if not sentence.arabic:
            before = _MODIFIERS.search(text[max(0, at - 60) : at])
            begin -= len(before.group()) if before else 0
        start, end = sentence.span(begin, to)
        words = sentence.text[start - sentence.start : end - sentence.start]
        yield Party(
            at=begin, to=to, start=start, end=end, text=words, name=words,
            native_name=words if sentence.arabic else None, kind=noun.kind, side=noun.side,
            canonical_id=None, interaction=noun.interaction, rule=f"noun.{noun.id}",
        )  # fmt: skip
