"""Who did what to whom in Arabic: verbs before and after their subjects, agents, genitives.

No parser.  What acts: the subject of an active verb, the agent after من قبل and its like, the
adjective of a strike (غارة إسرائيلية).  What suffers: the subject of a passive, the object of
an active verb, what follows a noun of harm, what was exposed (تعرض) to an attack or stands
where it went off.  قتل is active where an object follows it, passive where none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import Entity
from schemas.events import Role
from streams.incidents.detect import Mention
from streams.incidents.lexicon import rows
from streams.incidents.parties import Party
from streams.incidents.reading import Sentence

_WORDS = {row["id"]: f"(?:{row['forms']})" for row in rows("role_words_ar.tsv")}
_NUM = rf"(?:{_WORDS['number']}(?: من)? )*"


def _before(words: str) -> re.Pattern[str]:
    """Return a pattern for words that stand before a party, numbers between."""
    return re.compile(rf"(?<!\w)[وف]?(?:قد |ان )?{_WORDS[words]} {_NUM}$")


_AGENT, _ONTO, _EXPOSED = _before("agent"), _before("onto"), _before("exposed")
_HARM, _ACTS_BEFORE = _before("harm"), _before("acts_before")
_MAY_BE_PASSIVE = re.compile(rf"(?<!\w)[وف]?(?:قد )?{_WORDS['passive_too']} {_NUM}$")
_SITE = re.compile(rf"(?<!\w){_WORDS['site']} ?{_NUM}$")
_IS_EXPOSED = re.compile(rf"^(?P<gap>(?: \S+){{0,8}}?) (?:قد )?{_WORDS['is_exposed']}(?!\w)")
_ACTS_AFTER = re.compile(
    r"^(?P<gap>(?: [^\s،.]+){0,5}?،?) (?:كان(?:ت|وا)? )?(?:قد )?[وف]?"
    + _WORDS["acts_after"]
    + r"(?!\w)"
)
_SUFFERS_AFTER = re.compile(
    r"^(?P<gap>(?: [^\s.]+){0,9}?،?) (?:كان(?:ت|وا)? )?(?:قد )?"
    + _WORDS["suffers_after"]
    + r"(?!\w)"
)
_STRIKE = re.compile(rf"(?<!\w){_WORDS['strike']} $")
_OBJECT = re.compile(rf"^ (?:فجرا |صباح \w+ |قبل ظهر امس \w* ?)?{_NUM}$")
_APART = re.compile(rf"(?<!\w){_WORDS['apart']}(?!\w)")
_ATTACKER = re.compile(_WORDS["attacker"])
_EXPLODES = frozenset(
    {
        "bombing",
        "suicide",
        "grenade",
        "sabotage",
        "shelling",
        "air_strike",
        "drone_strike",
        "destruction",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A party's role and the rule that gave it."""

    role: Role
    party: Party
    rule: str


def read(mention: Mention, found: Sequence[Party]) -> list[Found]:
    """Return the roles of a sentence's parties in what a trigger tells."""
    sentence = mention.sentence
    text = sentence.folded.text
    people = sorted([*found, *_peoples(sentence, found)], key=lambda p: p.at)
    parts: dict[int, Found] = {}
    for number, party in enumerate(people):
        if abs(party.at - mention.at) > REACH:
            continue
        if party.at not in parts:
            told = _role(mention, text, party, people[number + 1 :])
            for role, rule, whom in told:
                parts.setdefault(whom.at, Found(role, whom, rule))
    if not any(part.role in {"victim", "target"} for part in parts.values()):
        parts |= {p.at: Found("victim", p, "role.counted") for p in _counted(sentence)}
    return list(parts.values())


REACH = 160
"""Characters from a trigger within which a party belongs to it."""

Told = tuple[Role, str, Party]


def _role(mention: Mention, text: str, party: Party, after: Sequence[Party]) -> Iterator[Told]:
    """Yield what the words around a party make of it, and of its verb's object."""
    start = text.rfind(" ", 0, party.at) + 1
    before, behind = text[max(0, start - 70) : start], text[party.to : party.to + 90]
    harmed = _harmed(party)
    if _protests(mention, party):
        yield ("perpetrator", "role.protester", party)
    elif _AGENT.search(before):
        yield ("perpetrator", "role.by", party)
    elif party.rule == "adjective":
        if _STRIKE.search(before):
            yield ("perpetrator", "role.striker", party)
    elif _EXPOSED.search(before) or _exposed(behind):
        yield (harmed, "role.exposed", party)
    elif _ACTS_BEFORE.search(before) and _acts(party):
        if _is_object(text, before, party):
            yield (harmed, "role.verb-object", party)
        else:
            yield from _verb_first(text, before, party, after)
    elif _ONTO.search(before):
        yield (harmed, "role.onto", party)
    elif _HARM.search(before):
        yield (harmed, "role.harmed", party)
    else:
        yield from _verb_after(mention, text, party, after)


def _protests(mention: Mention, party: Party) -> bool:
    """Whether people stand right at the trigger of a protest, so that it is theirs."""
    if mention.cls.plover_event != "PROTEST" or (party.kind, party.side) != ("people", "people"):
        return False
    text = mention.sentence.folded.text
    if party.at < mention.to:
        return party.to > mention.at - CROWD
    gap = text[mention.to : party.at]
    return len(gap) < CROWD and not _APART.search(gap)


CROWD = 30
"""Characters between a protest and its crowd."""


def _exposed(behind: str) -> bool:
    """Whether a verb after a party says that it was exposed to an attack."""
    found = _IS_EXPOSED.match(behind)
    return found is not None and not _APART.search(found["gap"])


def _is_object(text: str, before: str, party: Party) -> bool:
    """Whether the ending of a noun after a verb says that it is no subject (قتلت مسلحين)."""
    if not party.rule.startswith("noun.") or not _OBLIQUE.search(text[party.at : party.to]):
        return False
    counted = _SEVERAL.search(before) is not None
    return not counted or _MAY_BE_PASSIVE.search(before) is not None


_OBLIQUE = re.compile(r"(?:ين|[^و]ا)(?: |$)")
"""Endings of nouns that are no subject after their verb (قتلت مسلحين, قتل جنديا)."""


def _acts(party: Party) -> bool:
    """Whether a verb before a party may have it for subject: it can act, and is no object."""
    if party.rule == "country":
        return True
    return party.side == "force" or party.kind in {"organization", "government"}


def _verb_first(text: str, before: str, party: Party, after: Sequence[Party]) -> Iterator[Told]:
    """Yield subject and object of a verb that stands before both."""
    second = next((p for p in after if p.at > party.to and p.rule != "adjective"), None)
    gap = text[party.to : second.at] if second is not None else ""
    linked = second is not None and len(gap.split()) <= CLOSE and not _apart(gap)
    attacker = _ATTACKER.search(text[party.at : party.to]) is not None
    passive = _MAY_BE_PASSIVE.search(before) is not None
    if passive and not (
        linked and ("ت " in before[-4:] or attacker or party.interaction in {1, 2})
    ):
        yield (_harmed(party), "role.passive", party)
        return
    if (
        not passive
        and not attacker
        and party.interaction == 1
        and not linked
        and _ONTO.search(before)
    ):
        yield (_harmed(party), "role.onto", party)
        return
    yield ("perpetrator", "role.verb-subject", party)
    if linked and second is not None:
        yield (_harmed(second), "role.verb-object", second)


def _apart(gap: str) -> bool:
    """Whether words between two parties part them: another clause, a preposition."""
    return _APART.search(gap) is not None or _LED.search(gap) is not None


_LED = re.compile(r"(?<!\w)(?:في|مع|عن|ب\w{3,}|ل\w{3,})(?!\w)")
"""Prepositions that lead to something else than an object."""

CLOSE = 5
"""Words between a subject and its verb's object."""


def _verb_after(
    mention: Mention, text: str, party: Party, after: Sequence[Party]
) -> Iterator[Told]:
    """Yield what a party is to a verb that follows it, or to an explosion where it stands."""
    behind = text[party.to : party.to + 110]
    start = text.rfind(" ", 0, party.at) + 1
    acts, suffers = _ACTS_AFTER.match(behind), _SUFFERS_AFTER.match(behind)
    if acts and suffers and suffers.end() < acts.end():
        acts = None
    if acts and not _APART.search(acts["gap"]) and party.kind not in {"facility", "vehicle"}:
        end = party.to + acts.end()
        object_ = next((p for p in after if p.at >= end and p.rule != "adjective"), None)
        direct = object_ is not None and _OBJECT.match(text[end : object_.at]) is not None
        if direct or not suffers:
            yield ("perpetrator", "role.subject-before", party)
            if direct and object_ is not None:
                yield (_harmed(object_), "role.verb-object", object_)
            return
    if suffers and not _APART.search(suffers["gap"]):
        yield (_harmed(party), "role.subject-harmed", party)
    elif party.kind in {"facility", "vehicle"} and mention.cls.name in _EXPLODES:
        near = 0 <= party.at - mention.to < REACH // 2
        if near and _SITE.search(text[max(0, start - 70) : party.at]):
            yield ("target", "role.site", party)


def _harmed(party: Party) -> Role:
    return "victim" if party.kind in {"person", "people"} else "target"


_SEVERAL = re.compile(_NUM.removesuffix("*") + "+$")
_PEOPLE = re.compile(r"(?:ال)?\w+(?:ين|ون|يا|يه|ييين|ان)$")


def _peoples(sentence: Sentence, found: Sequence[Party]) -> Iterator[Party]:
    """Yield peoples told by their nation ("خمسة فلسطينيين"), adjectives of strikes, countries."""
    text = sentence.folded.text
    for entity in sentence.entities:
        at = sentence.at(entity.start)
        if any(p.at < sentence.at(entity.end) and at < p.to for p in found):
            continue
        country = entity.canonical is not None and entity.canonical.id.startswith("iso3166-1:")
        if entity.type == "nationality":
            start = text.rfind(" ", 0, at) + 1
            before = text[max(0, start - 60) : start]
            people = _SEVERAL.search(before) or _HARM.search(before)
            yield _made(sentence, entity, "people" if people else "adjective")
        elif entity.type == "location" and country:
            yield _made(sentence, entity, "country")


def _made(sentence: Sentence, entity: Entity, rule: str) -> Party:
    at = sentence.at(entity.start)
    name = entity.canonical.name if entity.canonical else entity.text
    people = rule == "people"
    return Party(
        at=at, to=sentence.at(entity.end), start=entity.start, end=entity.end, text=entity.text,
        name=name, native_name=entity.text, kind="people" if people else "government",
        side="people" if people else "force",
        canonical_id=None if people or entity.canonical is None else entity.canonical.id,
        interaction=7 if people else 1, rule=rule,
    )  # fmt: skip


def _counted(sentence: Sentence) -> Iterator[Party]:
    """Yield the people whom the sentence counts as harmed."""
    for entity in sentence.entities:
        count = entity.count
        if count is None or count.best == 0 or count.of == "attackers":
            continue
        if count.part_of is None and count.harm in {"killed", "injured", "abducted"}:
            at = sentence.at(entity.start)
            yield Party(
                at=at, to=sentence.at(entity.end), start=entity.start, end=entity.end,
                text=entity.text, name=count.of.replace("_", " ") if count.of else "people",
                native_name=entity.text, kind="people", side="people", canonical_id=None,
                interaction=7, rule=entity.rule,
            )  # fmt: skip
