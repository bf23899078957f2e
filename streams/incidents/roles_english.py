"""Who did what to whom in English: subjects, objects, agents and genitives around a trigger.

No parser: parties stand where English puts them.  The passive's subject and an active verb's
object are harmed, "by" and an active subject act, nouns of action say it with of, against, on
and by; a relative clause goes back to what it follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.events import Role
from streams.incidents.detect import Mention
from streams.incidents.parties import Party
from streams.incidents.phrases import (
    AUX,
    DETS,
    REACH,
    acts_by,
    group_from,
    groups_of,
    objects,
    subjects,
)
from streams.incidents.victims_english import (
    named_beside,
    of_person,
    taken_hostage,
    who_escaped,
)

Form = Literal["passive", "active", "gerund", "noun"]

_BASE = re.compile(r"(?<!\w)(?:to|could|would|will|may|might|can|should|did not|not) (?:\w+ly )?$")
_NOUNISH = re.compile(
    r"(?<!\w)(?:the|a|an|this|that|these|those|of|its|his|her|their|\w+['’]s|recent|several|two|three|armed|terrorist|mass|in|following|after|during|for|about|on) (?:\w+ )?$"
)
_DIED = re.compile(r"died|dies|lost (?:his|her|their) li(?:fe|ves)|perished")
_PAST = re.compile(
    r"\w+ed$|shot|slain|blown|struck|hit|beaten|burnt|stolen|taken|held|set|threw|thrown|blew|took|stole|fought|slew|cut|left|overran|retook"
)
_HARMED = re.compile(
    rf"^(?:\s*(?:\w+ly|attempt|attempts|attack|attacks|operation))? ?(?:of|on|against|targeting|at|to|upon) {DETS}$"
)
_PLACED = re.compile(
    rf"(?<!\w)(?:in|inside|at|outside|near|under|underneath|beneath|against|on|in front of|close to|next to|by|into|damaging|damaged|destroying|destroyed|hit|hitting|struck) {DETS}$"
)
_CARRIED = re.compile(
    r"(?:carried out|carrying out|launch\w*|perpetrat\w*|stag(?:ed|ing)|commit\w*|conduct\w*|mount\w*|execut\w*|made|responsible for"
    r"|claim\w*(?: responsibility| credit)?(?: for)?|plant(?:ed|ing)|plac(?:ed|ing)|detonat\w+|thr[eo]wn?|hurl\w*|explod\w+|set|fir(?:ed|ing)|us(?:ed|ing))(?: \w+){0,4} $"
)
_EXPLOSIVE = frozenset(
    {
        "bombing",
        "suicide",
        "grenade",
        "arson",
        "sabotage",
        "shelling",
        "air_strike",
        "drone_strike",
        "destruction",
    }
)
_NOBODY = re.compile(
    r"(?:people|persons?|wom[ae]n|victims?|others|members?|inhabitants|the dead|residents|civilians?|(?:many|few|innocent|other|several) (?:people|civilians|persons)|children|child)"
)
"""People of whom nothing is told but their number: the tolls hold them."""


@dataclass(slots=True)
class Found:
    """A party's role and the rule that gave it."""

    role: Role
    party: Party
    rule: str


def read(mention: Mention, found: Sequence[Party]) -> list[Found]:
    """Return the roles of a sentence's parties in what a trigger tells."""
    text = mention.sentence.folded.text
    form, end = _form(mention, text)
    heads = [p for p in found if not _held(p, found)]
    before = [p for p in heads if p.to <= mention.at]
    after = [p for p in heads if p.at >= end]
    parts: dict[int, Found] = {}
    told = _parts(mention, form, end, before, after)
    for role, rule, party in told:
        if not _NOBODY.fullmatch(text[party.at : party.to]):
            parts.setdefault(party.at, Found(role, party, rule))
    crowd = [party for role, _, party in told if role == "victim" and party.kind == "people"]
    violent = mention.cls.plover_event == "ASSAULT"
    for person in named_beside(text, crowd, found, violent=violent):
        parts.setdefault(person.at, Found("victim", person, "role.named-among"))
    members = [
        Found(part.role, group, "role.member-of")
        for part in parts.values()
        if part.role == "perpetrator"
        for group in groups_of(text, part.party, found)
    ]
    return [*parts.values(), *members]


def _held(party: Party, found: Sequence[Party]) -> bool:
    """Whether a name is part of a longer party ("FMLN" in "FMLN guerrillas")."""
    return any(
        p is not party
        and p.at <= party.at
        and party.to <= p.to
        and p.to - p.at > party.to - party.at
        for p in found
    )


_WITH_PARTICLE = re.compile(
    r" (?:and (?:killed|injured|wounded)|at|on|upon|up|down|dead|to death|fire(?: on| at)?)$"
)
"""What follows a verb in a trigger and belongs to it: its object comes after."""


_UNFINISHED = re.compile(r" (?:fire|fire on|fire at|at|on|upon)$")
"""Ends of a trigger that only an acting subject has."""


def _form(mention: Mention, text: str) -> tuple[Form, int]:
    """Return how the trigger stands in the clause, and where its head word ends."""
    words = text[mention.at : mention.to]
    head = words.split(" ", 1)[0]
    lead = text[max(0, mention.at - 60) : mention.at]
    verb = _PAST.fullmatch(head) is not None
    one_verb = verb and mention.trigger.pos == "verb" and not _WITH_PARTICLE.search(words)
    end = mention.at + len(head) if one_verb else mention.to
    if not verb:
        if head.endswith("ing") and not _NOUNISH.search(lead) and not text.startswith(" of ", end):
            return "gerund", mention.at + len(head)
        return ("active" if _BASE.search(lead) and mention.trigger.pos == "verb" else "noun"), end
    if AUX.search(lead):
        return "passive", end
    tail = text[end : end + 30]
    reduced = re.match(
        r" (?:(?:\w+ ){0,3}ago |yesterday |today |on |in |by |at |during |last |along with )", tail
    )
    if (
        reduced
        and _UNFINISHED.search(words) is None
        and not _DIED.fullmatch(head)
        and mention.cls.name not in {"clash", "attack", "protest", "riot"}
    ):
        return "passive", end
    return "active", end


def _parts(
    mention: Mention, form: Form, end: int, before: Sequence[Party], after: Sequence[Party]
) -> list[tuple[Role, str, Party]]:
    text = mention.sentence.folded.text
    made: list[tuple[Role, str, Party]] = []
    if form == "noun" and _governs(mention, text, after):
        form, end = "gerund", _head_end(mention, text)
    agents = [p for p in after if p.at - end < 2 * REACH and acts_by(text[end : p.at])]
    if agents and form in {"passive", "noun"} and agents[0].kind != "facility":
        made += [("perpetrator", "role.by", p) for p in group_from(text, agents[0], after)]
    protest = mention.cls.plover_event == "PROTEST"
    if form == "passive":
        made += [
            (_harmed(p), "role.passive-subject", p) for p in subjects(text, mention.at, before)
        ]
    elif form == "noun":
        made += _of_noun(mention, end, before, after)
    else:
        made += _of_verb(mention, form, end, before, after)
    if mention.cls.name in _EXPLOSIVE and not protest:
        things = [p for p in after if p.kind in {"facility", "vehicle"} and p.at - end < REACH]
        made += [("target", "role.placed", p) for p in things if _PLACED.search(text[end : p.at])][
            :2
        ]
    return made


def _governs(mention: Mention, text: str, after: Sequence[Party]) -> bool:
    """Whether a word in -ing has an object of its own: "for killing A", "accused of killing B"."""
    end = _head_end(mention, text)
    bare = _BARE.search(text[max(0, mention.at - 20) : mention.at])
    return bool(bare and text.endswith("ing", 0, end) and objects(text, end, after))


def _head_end(mention: Mention, text: str) -> int:
    return mention.at + len(text[mention.at : mention.to].split(" ", 1)[0])


_BARE = re.compile(r"(?<!\w)(?:of|for|in|after|by|before|without|from|about|and|allegedly) $")
"""Words before a word in -ing that leave open whether it is a noun."""


def _of_verb(
    mention: Mention, form: Form, end: int, before: Sequence[Party], after: Sequence[Party]
) -> list[tuple[Role, str, Party]]:
    text = mention.sentence.folded.text
    head = text[mention.at : end]
    acting = subjects(text, mention.at, before) if form == "active" else []
    if _DIED.search(head) or _DIED.search(text[mention.at : mention.to]):
        return [("victim", "role.died", p) for p in acting if p.kind in {"person", "people"}]
    suffering = objects(text, end, after)
    if mention.cls.plover_event == "PROTEST":
        return [("perpetrator", "role.subject", p) for p in acting if p.kind != "facility"]
    made: list[tuple[Role, str, Party]] = [(_harmed(p), "role.object", p) for p in suffering]
    for party in acting:
        acts = party.side == "force" or (
            suffering and party.kind in {"person", "people", "organization"}
        )
        if acts and party not in suffering:
            made.append(("perpetrator", "role.subject", party))
    return made


def _of_noun(
    mention: Mention, end: int, before: Sequence[Party], after: Sequence[Party]
) -> list[tuple[Role, str, Party]]:
    text = mention.sentence.folded.text
    made: list[tuple[Role, str, Party]] = []
    first = next((p for p in after if p.at - end < REACH), None)
    if first is not None and _HARMED.match(text[end : first.at]):
        of = re.match(r"\s*of ", text[end : first.at]) is not None
        group = group_from(text, first, after)
        acts = of and first.side == "force" and mention.cls.name in {"attack", "clash", "bombing"}
        made += [("perpetrator" if acts else _harmed(p), "role.of", p) for p in group]
    else:
        made += [("victim", "role.of-person", p) for p in of_person(text, end, after)]
    if mention.cls.name == "hostages":
        taken = taken_hostage(text, (mention.at, end), before, after)
        made += [(_harmed(p), "role.taken-hostage", p) for p in taken]
    escaped = who_escaped(text, (mention.at, end), before)
    if escaped is not None:
        made.append(("victim", "role.escaped", escaped))
    last = before[-1] if before else None
    if last is not None and re.fullmatch(r"['’]s? (?:\w+ )?", text[last.to : mention.at]):
        acts = last.side == "force" or mention.cls.name in {"attack", "bombing", "protest"}
        made.append(("perpetrator" if acts else _harmed(last), "role.possessive", last))
    elif mention.cls.plover_event == "PROTEST":
        made += [("perpetrator", "role.subject", p) for p in subjects(text, mention.at, before)[:2]]
    else:
        doers = [p for p in before if p.side == "force" and mention.at - p.to < REACH]
        if doers and _CARRIED.search(text[doers[-1].to : mention.at]):
            made.append(("perpetrator", "role.carried-out", doers[-1]))
    return made


def _harmed(party: Party) -> Role:
    return "victim" if party.kind in {"person", "people"} else "target"
