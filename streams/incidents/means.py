"""The weapons an incident was done with: those its sentences name, else what its deed implies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas import Entity, Weapon
from schemas.events import GtdWeaponType
from streams.incidents.detect import Mention
from streams.incidents.evidence import Notes
from streams.incidents.lexicon import EventClass, rows
from streams.incidents.telling import Gathered, Telling

_PLATFORMS = frozenset({"helicopter", "armored_vehicle", "technical", "warplane", "tank", "ship"})
"""Roles of means that count only where the words say that they were used."""

_DEEDS = frozenset({"sabotage", "arson"})
"""Roles of means that name a deed: means only where that deed is told."""

_USED = re.compile(
    r"(?<!\w)(?:with|using|used|by|from|fired|firing|fire|threw|thrown|throwing|hurl\w*|launch\w*|detonat\w*|plant\w*|plac\w*|set off"
    r"|exploded?|armed with|carrying|wielding|loaded with|containing|involved|dropped|of|and|or|hit by|struck by)"
    r" (?:(?:the|a|an|two|three|four|five|several|some|many|other|his|their|\d+|[a-z-]+) ){0,3}$"
)
_SEIZED = re.compile(
    r"(?<!\w)(?:seiz\w*|confiscat\w*|captur\w*|recover\w*|found|discover\w*|surrender\w*|smuggl\w*|traffick\w*|cache\w*|suppl(?:y|ies|ied)"
    r"|shipment\w*|deliver\w*|possession|buy|bought|sale)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Implied:
    """What words for a deed imply of its means (`means.tsv`)."""

    id: str
    name: str
    gtd: GtdWeaponType
    pattern: re.Pattern[str]


@cache
def _implications() -> tuple[Implied, ...]:
    return tuple(
        Implied(
            id=row["id"],
            name=row["name"],
            gtd=int(row["gtd"]),
            pattern=re.compile(rf"(?<![\w-])(?:{row['forms']})(?!\w)"),
        )
        for row in rows("means.tsv")
    )


def weapons(one: Gathered, cls: EventClass, notes: Notes) -> tuple[Weapon, ...]:
    """Return the weapons of an incident, each once, with their evidence noted."""
    found: dict[str, list[Entity]] = {}
    for entity in (e for telling in one.tellings for e in _used(telling, cls)):
        found.setdefault(_name(entity), []).append(entity)
    for entities in found.values():
        for entity in entities:
            notes.entity("weapons", one, entity)
    named = tuple(
        Weapon(
            name=name,
            text=same[0].text,
            mentions=tuple(dict.fromkeys(e.text for e in same)),
            gtd_weapon_type=same[0].gtd_weapon_type,
        )
        for name, same in found.items()
    )
    return named or _implied(one, cls, notes)


def _name(entity: Entity) -> str:
    return entity.canonical.name if entity.canonical else entity.text


def _implied(one: Gathered, cls: EventClass, notes: Notes) -> tuple[Weapon, ...]:
    """Return the kind of weapon that the words for a deed tell ("was shot", تفجير)."""
    told = [(m, t) for t in one.tellings for m in t.mentions if m.cls.violent]
    told.sort(key=lambda pair: pair[0].cls.name != cls.name)
    for mention, telling in told:
        means = _means(mention)
        if means is not None:
            piece = notes.add("weapons", telling, mention.start, mention.end, f"means.{means.id}")
            return (Weapon(name=means.name, text=piece.text, gtd_weapon_type=means.gtd),)
    return ()


def _means(mention: Mention) -> Implied | None:
    words = mention.sentence.folded.text[mention.at : mention.to]
    return next((i for i in _implications() if i.pattern.search(words)), None)


def _used(telling: Telling, cls: EventClass) -> Iterator[Entity]:
    text = telling.sentence.folded.text
    violent = any(m.cls.violent for m in telling.mentions)
    handed = cls.name in {"disrupted", "arrest", "operation", "agreement"}
    for entity in telling.sentence.entities:
        if entity.type != "weapon":
            continue
        if telling.sentence.arabic or handed:
            yield entity
            continue
        at = telling.sentence.at(entity.start)
        used = _USED.search(text[max(0, at - 60) : at]) is not None
        planted = _PLANTED.search(text[max(0, at - 60) : at]) is not None
        if not violent or entity.role == "weapons" or (_SEIZED.search(text) and not planted):
            continue
        if entity.role in _DEEDS and cls.gtd != FACILITY_ATTACK:
            continue
        near = any(abs(m.at - at) < NEAR or m.at <= at < m.to for m in telling.mentions)
        if used or (near and entity.role not in _PLATFORMS):
            yield entity


_PLANTED = re.compile(
    r"(?<!\w)(?:plant\w*|plac\w*|left|threw|thrown|throwing|hurl\w*|lobb\w*|detonat\w*|mailed|sent)"
    r" (?:[\w-]+ ){0,4}$"
)
"""Words that put a weapon in place, whoever finds it afterwards."""

FACILITY_ATTACK = 7
"""GTD's attack type of arson and sabotage."""

NEAR = 40
"""Characters between a trigger and a weapon that it speaks of."""
