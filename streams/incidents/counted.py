"""Which of the people that an article counts came to harm in an incident, and of which side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas import Entity
from streams.incidents.reading import Sentence
from streams.incidents.telling import Gathered
from streams.incidents.worded import Worded

_REASON = Worded(
    r"(?:in (?:response|retaliation|revenge|reprisal|reaction|connection|memory|honou?r"
    r"|commemoration|solidarity)|anniversary|aveng(?:e|ing)|convicted of|charged with|accused of"
    r"|accusing \w+ of|suspected of|wanted for|sentenced|upset|angered|outraged|responsible for"
    r"|had (?:just|earlier|previously)|return of|bodies of|ردا علي|انتقاما|ثارا|ذكري|بتهمه"
    r"|المتهم\w*|تشييع|جثامين)(?!\w)"
)
"""Words after which people are counted who came to harm before the incident."""
_PROTESTED = Worded(
    r"(?:justice|condemn\w*|denounc\w*|repudiat\w*|commemorat\w*|mourn\w*|remember\w*|vigil"
    r"|against|over|to protest|protest(?:ed|ing)? the|sparked|prompted|triggered|demand\w*"
    r"|call\w* for|investigat\w*|trial"
    r"|following the|after (?:the|a|an|two|three|his|her|their|\d+)|احتجاجا علي"
    r"|تنديدا|تضامنا مع|للتنديد|للمطالبه|علي خلفيه|اثر|بعد)(?!\w)"
)
"""Words after which a protest tells what it is about."""
_MEANWHILE = re.compile(
    r"(?<!\w)(?:clash\w*|police|soldiers?|forces|opened fire|leaving|left|resulting|resulted"
    r"|intervened|dispersed|tear ?gas\w*|during the (?:protest|clash|attack|demonstration)"
    r"|خلف\w*|ادي|ادت|اسفر\w*|مما|اشتبك\w*|اشتباك\w*)(?!\w)"
)
"""Words that bring a sentence back from a protest's reasons to what happened there."""
_REFLEXIVE = re.compile(r"(?:himself|herself|themselves|itself|نفسه|نفسها)")


@dataclass(slots=True)
class Counted:
    """People whom a sentence counts: their sentence, their side, and who they are if named."""

    index: int
    entity: Entity
    of: str | None
    person: str | None
    further: bool
    """Whether they come on top of those counted before ("Additionally, four soldiers …")."""


def counted(one: Gathered) -> list[Counted]:
    """Return the counts of an incident's own people, in order, parts of totals left out."""
    read = [*(t.sentence for t in one.tellings), *one.after]
    doers = {name for sentence in read for name in _doers(sentence)} | {
        p.party.canonical_id or p.party.name
        for t in one.tellings
        for p in t.parts
        if p.role == "perpetrator" and p.party.kind == "person"
    }
    acting = [
        (p.party.start, p.party.end, t.sentence.index)
        for t in one.tellings
        for p in t.parts
        if t.sentence.arabic and p.role == "perpetrator" and p.party.kind == "people"
    ]
    return [
        _counted(sentence, entity, doers)
        for sentence in read
        for entity in sentence.entities
        if entity.count is not None
        and entity.count.part_of is None
        and not any(
            a < entity.end and entity.start < b and i == sentence.index for a, b, i in acting
        )
        and not _NOBODY_HERE.search(entity.text.lower())
        and not _earlier(sentence, entity, protest=one.family == "protest")
    ]


_NOBODY_HERE = re.compile(
    r"^not |(?:area|result|action|part|site|city|town|village|attack|explosion|vehicle|car|bus"
    r"|day|night|morning|case|cause|place|road|house|building|incident|crime|war|country|province|department)$"
)
"""Words counted by mistake: things, and "we have not murdered anyone"."""


def _doers(sentence: Sentence) -> Iterator[str]:
    """Yield the people whom words call the attacker or make the subject of an attack."""
    if sentence.arabic:
        return
    text = sentence.folded.text
    for entity in sentence.entities:
        if entity.type == "person":
            before = text[max(0, sentence.at(entity.start) - NEAR) : sentence.at(entity.start)]
            if _ACTS.match(text, sentence.at(entity.end)) or _CALLED.search(before):
                yield entity.canonical.id if entity.canonical else entity.text


_ACTS = re.compile(
    r"(?:, [^,.;]{1,70},)?(?: then| also| later)? (?:open(?:ed)? fired?|fired|shot|stabbed"
    r"|detonated|rammed|blew|crashed|hijacked|attacked|killed|set fire"
    r"|threw|bombed|drove into|pledged allegiance)(?!\w)"
)
_CALLED = re.compile(
    r"(?<!\w)(?:assailants?|attackers?|gunm[ae]n|shooters?|bombers?|perpetrators?|hijackers?"
    r"|suspects?)"
    r",?(?: was| is)?(?: later)?(?: (?:identified|named) as)? $"
)


def _earlier(sentence: Sentence, entity: Entity, *, protest: bool) -> bool:
    """Whether people came to harm before the incident, which only speaks of them."""
    text = sentence.folded.text
    at = sentence.at(entity.start)
    if sentence.find(_AMONG) and entity.count is not None and entity.count.of == "attackers":
        return True
    if entity.count is not None and entity.count.best == 0:
        return False
    if sentence.find(_REASON, max(0, at - NEAR), at):
        return True
    reason = sentence.find(_PROTESTED, 0, at) if protest else None
    return reason is not None and not _MEANWHILE.search(text, reason.end(), at)


_AMONG = Worded(r"(?:among (?:the|those)|one of the (?:dead|victims)|بين القتلي|بين الضحايا)(?!\w)")
"""Words that count people among those counted before."""

NEAR = 70
"""Characters before a count in which a word for its reason stands."""


def _counted(sentence: Sentence, entity: Entity, doers: set[str]) -> Counted:
    assert entity.count is not None
    person = _person(sentence, entity)
    attacker = _REFLEXIVE.fullmatch(entity.text.lower()) or person in doers
    of = "attackers" if attacker else entity.count.of
    text = sentence.folded.text
    further = (_FURTHER.match(text) or _ANOTHER.match(text, sentence.at(entity.start))) is not None
    return Counted(sentence.index, entity, of, person, further)


_FURTHER = re.compile(r"(?:additionally|also|in addition|furthermore|moreover|كما|كذلك|ايضا)(?!\w)")
_ANOTHER = re.compile(r"(?:another|an additional|\w+ (?:other|more|additional) )")


def _person(sentence: Sentence, entity: Entity) -> str | None:
    """Return who is counted where it is one person with a name."""
    if entity.count is None or entity.count.best != 1:
        return None
    for other in sentence.entities:
        if other.type == "person" and other.start < entity.end and entity.start < other.end:
            return other.canonical.id if other.canonical else other.text
    return None
