"""Who did what to whom in Arabic: verbs before and after their subjects, agents, genitives.

No parser.  What acts: the subject of an active verb, the agent after من قبل and its like, the
adjective of a strike (غارة إسرائيلية).  What suffers: the subject of a passive, the object of
an active verb, what follows a noun of harm, what was exposed (تعرض) to an attack or stands
where it went off.  قتل is active where an object follows it, passive where none does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.events import Role
from streams.incidents.cues_arabic import (
    ACTS_AFTER,
    ACTS_BEFORE,
    AGENT,
    APART,
    ATTACKER,
    EXPOSED,
    HARM,
    IS_EXPOSED,
    MAY_BE_PASSIVE,
    NEAR,
    OBJECT,
    ONTO,
    SEVERAL,
    SITE,
    STRIKE,
    SUFFERS_AFTER,
    Lead,
)
from streams.incidents.detect import Mention
from streams.incidents.parties import Party
from streams.incidents.peoples_arabic import counted_people, peoples
from streams.incidents.reading import Sentence

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


@dataclass(slots=True)
class Found:
    """A party's role and the rule that gave it."""

    role: Role
    party: Party
    rule: str


def read(mention: Mention, found: Sequence[Party]) -> list[Found]:
    """Return the roles of a sentence's parties in what a trigger tells."""
    sentence = mention.sentence
    people = sorted([*found, *peoples(sentence, found)], key=lambda p: p.at)
    parts: dict[int, Found] = {}
    for number, party in enumerate(people):
        if abs(party.at - mention.at) > REACH:
            continue
        if party.at not in parts:
            told = _role(mention, party, people[number + 1 :])
            for role, rule, whom in told:
                parts.setdefault(whom.at, Found(role, whom, rule))
    if not any(part.role in {"victim", "target"} for part in parts.values()):
        parts |= {p.at: Found("victim", p, "role.counted") for p in counted_people(sentence)}
    return list(parts.values())


REACH = 160
"""Characters from a trigger within which a party belongs to it."""

Told = tuple[Role, str, Party]


def _role(mention: Mention, party: Party, after: Sequence[Party]) -> list[Told]:
    """Return what the words around a party make of it, and of its verb's object."""
    sentence = mention.sentence
    start, end = _start(sentence, party), _word_end(sentence, party.to)
    lead = Lead(sentence, start)
    harmed = _harmed(party)
    told: list[Told] = []
    if _protests(mention, party):
        told = [("perpetrator", "role.protester", party)]
    elif lead.has(AGENT):
        told = [("perpetrator", "role.by", party)]
    elif party.rule == "adjective":
        if lead.has(STRIKE):
            told = [("perpetrator", "role.striker", party)]
    elif lead.has(EXPOSED) or _exposed(sentence, end):
        told = [(harmed, "role.exposed", party)]
    elif lead.has(ACTS_BEFORE) and _acts(party):
        if _is_object(lead, party):
            told = [(harmed, "role.verb-object", party)]
        else:
            told = _verb_first(lead, party, after)
    elif lead.has(ONTO):
        told = [(harmed, "role.onto", party)]
    elif lead.has(HARM):
        told = [(harmed, "role.harmed", party)]
    else:
        told = _verb_after(mention, party, start, end, after)
    return told


def _protests(mention: Mention, party: Party) -> bool:
    """Whether people stand right at the trigger of a protest, so that it is theirs."""
    if mention.cls.plover_event != "PROTEST" or (party.kind, party.side) != ("people", "people"):
        return False
    text = mention.sentence.folded.text
    if party.at < mention.to:
        return party.to > mention.at - CROWD
    gap = text[mention.to : party.at]
    return len(gap) < CROWD and not APART.search(gap)


CROWD = 30
"""Characters between a protest and its crowd."""


def _start(sentence: Sentence, party: Party) -> int:
    """Return where the word starts that a party stands in, clitics included."""
    return sentence.folded.text.rfind(" ", 0, party.at) + 1


def _word_end(sentence: Sentence, at: int) -> int:
    """Return where the word ends that a noun without its possessive stands in (قواتها)."""
    text = sentence.folded.text
    end = text.find(" ", at)
    return at + len(_OWNER.match(text, at).group()) if end >= 0 else at  # type: ignore[union-attr]  # always matches


_OWNER = re.compile(r"(?:ها|هم|هما|نا)?")


def _exposed(sentence: Sentence, end: int) -> bool:
    """Whether a verb after a party says that it was exposed to an attack."""
    found = sentence.match(IS_EXPOSED, end, end + 90)
    return found is not None and not APART.search(found["gap"])


def _is_object(lead: Lead, party: Party) -> bool:
    """Whether the ending of a noun after a verb says that it is no subject (قتلت مسلحين)."""
    text = lead.sentence.folded.text
    if not party.rule.startswith("noun.") or not _OBLIQUE.search(text[party.at : party.to]):
        return False
    counted = SEVERAL.search(text, max(0, lead.start - NEAR), lead.start) is not None
    return not counted or lead.has(MAY_BE_PASSIVE)


_OBLIQUE = re.compile(r"(?:ين|[^و]ا)(?: |$)")
"""Endings of nouns that are no subject after their verb (قتلت مسلحين, قتل جنديا)."""


def _acts(party: Party) -> bool:
    """Whether a verb before a party may have it for subject: it can act, and is no object."""
    if party.rule == "country":
        return True
    return party.side == "force" or party.kind in {"organization", "government"}


def _verb_first(lead: Lead, party: Party, after: Sequence[Party]) -> list[Told]:
    """Return subject and object of a verb that stands before both."""
    text, start = lead.sentence.folded.text, lead.start
    behind = [p for p in after if p.at > party.to and p.rule != "adjective"]
    second = next((p for p in behind if not text[: p.at].endswith("متن ")), None)
    gap = _ABOARD.sub(" ", text[party.to : second.at]) if second is not None else ""
    linked = second is not None and len(gap.split()) <= CLOSE and not _apart(gap)
    attacker = ATTACKER.search(text[party.at : party.to]) is not None
    passive = lead.has(MAY_BE_PASSIVE)
    if passive and not (
        linked
        and ("ت " in text[max(0, start - 4) : start] or attacker or party.interaction in {1, 2})
    ):
        return [(_harmed(party), "role.passive", party)]
    weak = not passive and not attacker and party.interaction == 1 and not linked
    if weak and lead.has(ONTO):
        return [(_harmed(party), "role.onto", party)]
    told: list[Told] = [("perpetrator", "role.verb-subject", party)]
    if linked and second is not None:
        told.append((_harmed(second), "role.verb-object", second))
    return told


def _apart(gap: str) -> bool:
    """Whether words between two parties part them: another clause, a preposition."""
    return APART.search(gap) is not None or _LED.search(gap) is not None


_LED = re.compile(r"(?<!\w)(?:في|مع|عن|ب\w{3,}|ل\w{3,})(?!\w)")
"""Prepositions that lead to something else than an object."""

_ABOARD = re.compile(r" علي متن \w+ (?:ناريه )?")
"""On what attackers came."""

CLOSE = 5
"""Words between a subject and its verb's object."""


def _verb_after(
    mention: Mention, party: Party, start: int, end: int, after: Sequence[Party]
) -> list[Told]:
    """Return what a party is to a verb that follows it, or to an explosion where it stands."""
    sentence = mention.sentence
    text = sentence.folded.text
    acts = sentence.match(ACTS_AFTER, end, end + 110)
    suffers = sentence.match(SUFFERS_AFTER, end, end + 110)
    if acts and suffers and suffers.end() < acts.end():
        acts = None
    if acts and not APART.search(acts["gap"]) and party.kind not in {"facility", "vehicle"}:
        object_ = next((p for p in after if p.at >= acts.end() and p.rule != "adjective"), None)
        direct = (
            object_ is not None
            and OBJECT.match(text[acts.end() : _start(sentence, object_)]) is not None
        )
        if direct or not suffers:
            told: list[Told] = [("perpetrator", "role.subject-before", party)]
            if direct and object_ is not None:
                told.append((_harmed(object_), "role.verb-object", object_))
            return told
    if suffers and not APART.search(suffers["gap"]):
        return [(_harmed(party), "role.subject-harmed", party)]
    if party.kind in {"facility", "vehicle"} and mention.cls.name in _EXPLODES:
        near = 0 <= party.at - mention.to < REACH // 2
        if near and sentence.find(SITE, max(0, start - NEAR), party.at):
            return [("target", "role.site", party)]
    return []


def _harmed(party: Party) -> Role:
    return "victim" if party.kind in {"person", "people"} else "target"
