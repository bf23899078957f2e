"""Decides what kind of event an incident is, from its mentions, its parties and its tolls."""

from __future__ import annotations

import re

from streams.incidents.lexicon import EventClass, classes
from streams.incidents.parties import Party
from streams.incidents.telling import Gathered

_PROTESTS = ("hunger_strike", "strike", "obstruction", "boycott", "protest")
_CLOSE_COMBAT = frozenset({"attack", "shooting", "killing", "assassination", "execution"})
_BOMBS = frozenset({"bombing", "grenade", "suicide"})
"""Classes that stay what they are in the middle of a clash."""


def classify(one: Gathered) -> EventClass:
    """Return the class that names the incident."""
    told = [m for m in one.mentions if m.realis in {"actual", "historical"}] or one.mentions
    names = [m.cls.name for m in told]
    first = one.tellings[0].lead.cls.name
    if one.family == "protest":
        return classes()[_protest(one, names)]
    if one.family == "control" and not any(classes()[n].violent for n in names):
        ranked = [n for n in names if n in {"disrupted", "defused", "arrest", "operation"}]
        if "arrest" in ranked and "perpetrator" in {p.role for t in one.tellings for p in t.parts}:
            return classes()["abduction"]
        return classes()[max(ranked or [first], key=lambda n: classes()[n].rank)]
    if one.family in {"agreement", "posture"}:
        return classes()[first]
    return classes()[_violence(one, names, first)]


def attack_types(one: Gathered, cls: EventClass) -> tuple[int, ...]:
    """Return GTD's attack types (up to 3) of the class and of what else the incident tells.

    An agreement, a protest or a move of troops is no attack, whatever it is about.
    """
    if not cls.violent and one.family in {"agreement", "posture", "protest"}:
        return ()
    told = [m.cls.gtd for m in one.mentions if m.cls.violent and m.cls.gtd and m.realis == "actual"]
    first = [cls.gtd] if cls.gtd else []
    known = [code for code in dict.fromkeys([*first, *told]) if code != UNKNOWN]
    if not known and UNKNOWN in first:
        known = [code for code in map(_ATTACKS.get, _weapon_types(one)) if code]
    return tuple(known[:3] or first[:1])


_ATTACKS = {5: 2, 6: 3, 8: 7, 9: 2}
"""GTD's attack type by weapon type (firearms, explosives, incendiary, melee)."""


def _weapon_types(one: Gathered) -> list[int]:
    """Return the GTD types of the weapons that an incident's violent sentences name."""
    told = [t for t in one.tellings if any(m.cls.violent for m in t.mentions)]
    found = (e.gtd_weapon_type for t in told for e in t.sentence.entities if e.type == "weapon")
    return list(dict.fromkeys(code for code in found if code))


UNKNOWN = 9
"""GTD's attack type of attacks of unknown type."""


def _protest(one: Gathered, names: list[str]) -> str:
    kind = next((n for n in _PROTESTS if n in names), "protest")
    deaths = any(
        e.count.harm == "killed" and (e.count.best or 0) > 0 for _, e in one.tolls() if e.count
    )
    force = "intervention" in names or "excessive" in names or _arrested(one)
    if "excessive" in names or (deaths and force and "shooting" in names):
        return "excessive"
    protested = any(n in names for n in _PROTESTS)
    if _RIOTS & set(names):
        return "riot" if protested else "mob"
    if not protested and "arrest" in names:
        return "arrest"
    if force:
        return "intervention"
    return "protest" if kind == "protest" else kind


def _arrested(one: Gathered) -> bool:
    """Whether protesters are told to be arrested, not an arrest to be what they protest about."""
    return any(
        m.cls.name == "arrest"
        and m.realis == "actual"
        and _WANTED.search(m.sentence.folded.text[max(0, m.at - 90) : m.at]) is None
        for m in one.mentions
    )


_WANTED = re.compile(
    r"(?<!\w)(?:demand\w*|denounc\w*|calling for|called for|against|over|release of|freedom for"
    r"|solidarity|who|whose|whom|anniversary|during an?|accus\w*)(?!\w)[^.;]*$"
)
"""Words of a protest's reasons before an arrest."""


def _violence(one: Gathered, names: list[str], first: str) -> str:
    """Return the most telling class: the best ranked, but what an army meets is a clash."""
    names = [n for n in names if classes()[n].violent] or names
    best = max(names, key=lambda n: classes()[n].rank)
    early = {m.cls.name for m in one.tellings[0].mentions}
    doers, harmed = _sides(one)
    if best == "clash" and first in _REMOTE:
        return first
    if best == "clash" and _unarmed(one):
        return "mob"
    if best in _CROWDS and doers and not doers & _FORCES and not _alone(one):
        return "mob"
    if best in _THINGS and _people_died(one, names):
        best = max((n for n in names if n not in _THINGS), key=lambda n: classes()[n].rank)
    if best in _TAKEN:
        return _taken(best, doers)
    met = best in _CLOSE_COMBAT or (best in _REMOTE - _BOMBS and first in _CLOSE_COMBAT)
    fought = best in _REMOTE - _BOMBS and "clash" in early
    return "clash" if fought or (met and _meets_force(doers, harmed)) else best


def _alone(one: Gathered) -> bool:
    """Whether every doer is told as one person: a single man is no crowd."""
    doers = [p.party for t in one.tellings for p in t.parts if p.role == "perpetrator"]
    return all(d.kind == "person" or _ONE.search(d.text.lower()) for d in doers)


_ONE = re.compile(
    r"(?:(?<!\w)(?:wo)?man|youth|boy|girl|person|individual|student|driver|husband|wife|son|father|mother"
    r"|brother|worker|officer|teacher|farmer|resident|villager|activist|protest[eo]r|suspect|civilian"
    r"|leader|member|citizen|local|official|mayor|guard|employee|doctor|nurse|passenger|supporter)$"
)


def _people_died(one: Gathered, names: list[str]) -> bool:
    """Whether an incident with damage is told to have killed people."""
    killed = any(e.count and e.count.harm == "killed" and e.count.best for _, e in one.tolls())
    return killed and not _THINGS.issuperset(names)


def _taken(best: str, doers: set[int]) -> str:
    """Return whose gain of ground it is, by those who gain it where that is told."""
    if doers & {1} and not doers & {2, 3}:
        return "regained"
    return "overtaken" if doers & {2, 3} and not doers & {1} else best


_TAKEN = frozenset({"regained", "overtaken"})
_RIOTS = frozenset({"riot", "mob", "arson", "firebombing"})
"""What makes a protest violent."""
_CROWDS = frozenset({"clash", "attack", "killing", "beating", "arson", "stabbing", "firebombing"})
"""What a crowd does is mob violence."""
_THINGS = frozenset({"arson", "firebombing", "looting", "robbery", "sabotage", "destruction"})
_REMOTE = frozenset({"air_strike", "drone_strike", "shelling", "bombing", "suicide", "grenade"})
_FORCES = frozenset({1, 2, 3, 4, 8})
CIVILIANS = 7
"""ACLED's interaction code of civilians."""

_OFF_DUTY = re.compile(r"(?<!\w)(?:former|ex|retired|off-?duty|ex-\w+)(?!\w)")
_GARRISON = re.compile(
    r"(?<!\w)(?:military|army|police|security|checkpoints?|bases?|barracks|outposts?|garrison|patrol)(?!\w)"
)


def _sides(one: Gathered) -> tuple[set[int], set[int]]:
    """Return the interaction codes of those who act and of those who are acted upon."""
    parts = [p for t in one.tellings for p in t.parts]
    doers = {_code(p.party) for p in parts if p.role == "perpetrator"}
    harmed = {_code(p.party) for p in parts if p.role in {"target", "victim"}}
    return doers - {0}, harmed - {0}


def _code(party: Party) -> int:
    """Return a party's interaction code, 0 where none is known; who left a force is a civilian."""
    words = party.text.lower()
    if party.interaction in _FORCES and _OFF_DUTY.search(words):
        return CIVILIANS
    if party.kind == "facility" and _GARRISON.search(words):
        return 1
    return party.interaction or 0


def _unarmed(one: Gathered) -> bool:
    """Whether those who clash are crowds only: people beside the trigger, no armed group."""
    beside = [
        party
        for telling in one.tellings
        for mention in telling.mentions
        if mention.cls.name == "clash"
        for party in telling.parties
        if party.to >= mention.at - BESIDE and party.at <= mention.to + BESIDE
    ]
    codes = {_code(party) for party in beside}
    named = any(party.kind == "armed_group" for party in beside)
    return not named and not codes & {2, 3, 4, 8} and bool(codes & {5, 6})


BESIDE = 60
"""Characters of a sentence within which a party stands beside a trigger."""


def _meets_force(doers: set[int], harmed: set[int]) -> bool:
    """Whether armed people attack armed people."""
    if harmed & {CIVILIANS} or (doers and not doers & _FORCES):
        return False
    return bool(harmed & {1, 2, 8}) or bool(doers & {2, 3} and harmed & {3})
