"""Decides what kind of event an incident is, from its mentions, its parties and its tolls."""

from __future__ import annotations

from streams.incidents.gather import Gathered
from streams.incidents.lexicon import EventClass, classes

_PROTESTS = ("hunger_strike", "strike", "obstruction", "boycott", "protest")
_CLOSE_COMBAT = frozenset({"attack", "shooting", "killing", "assassination", "execution"})
_BOMBS = frozenset({"bombing", "grenade", "suicide"})


def classify(one: Gathered) -> EventClass:
    """Return the class that names the incident."""
    told = [m for m in one.mentions if m.realis in {"actual", "historical"}] or one.mentions
    names = [m.cls.name for m in told]
    first = one.tellings[0].lead.cls.name
    if one.family == "protest":
        return classes()[_protest(one, names)]
    if one.family == "control" and not any(classes()[n].violent for n in names):
        ranked = [n for n in names if n in {"disrupted", "arrest", "operation"}]
        return classes()[max(ranked or [first], key=lambda n: classes()[n].rank)]
    if one.family in {"agreement", "posture"}:
        return classes()[first]
    return classes()[_violence(one, names, first)]


def _protest(one: Gathered, names: list[str]) -> str:
    kind = next((n for n in _PROTESTS if n in names), "protest")
    deaths = any(
        e.count.harm == "killed" and (e.count.best or 0) > 0
        for t in one.tellings
        for e in t.tolls
        if e.count
    )
    force = "intervention" in names or "excessive" in names or "arrest" in names
    if "excessive" in names or (deaths and force and "shooting" in names):
        return "excessive"
    if "riot" in names or "mob" in names or "arson" in names:
        return "riot"
    if force:
        return "intervention"
    return "protest" if kind == "protest" else kind


def _violence(one: Gathered, names: list[str], first: str) -> str:
    """Return the most telling class: the best ranked, but what an army meets is a clash."""
    best = max(names, key=lambda n: classes()[n].rank)
    early = one.tellings[0]
    parts = [p for t in one.tellings for p in t.parts]
    doers = {p.party.interaction for p in parts if p.role == "perpetrator"}
    harmed = {p.party.interaction for p in parts if p.role in {"target", "victim"}}
    if best == "clash" and first in {
        "air_strike",
        "drone_strike",
        "shelling",
        "bombing",
        "suicide",
        "grenade",
    }:
        return first
    if best in {"air_strike", "drone_strike", "shelling"} and "clash" in {
        m.cls.name for m in early.mentions
    }:
        return "clash"
    armed = bool(doers & {1, 2, 3, 8}) or not doers
    if best in _CLOSE_COMBAT and armed and harmed & {1, 2} and not harmed & {7}:
        return "clash"
    if best in {"attack", "killing", "beating"} and doers and doers <= {5, 6, 7}:
        return "mob"
    if best == "disrupted" and first in _BOMBS:
        return first
    return best
