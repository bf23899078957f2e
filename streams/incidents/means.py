"""Chooses the weapons an incident was done with among those its sentences name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas import Entity
from streams.incidents.gather import Gathered, Telling
from streams.incidents.lexicon import EventClass

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


def weapons(one: Gathered, cls: EventClass) -> list[Entity]:
    """Return the weapons used, in order; of weapons found or handed over, those too."""
    return [e for telling in one.tellings for e in _of_telling(telling, cls)]


def _of_telling(telling: Telling, cls: EventClass) -> Iterator[Entity]:
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
        before = text[max(0, at - 60) : at]
        used = _USED.search(before) is not None
        if not violent or entity.role == "weapons" or _SEIZED.search(text):
            continue
        if entity.role in _DEEDS and cls.gtd != FACILITY_ATTACK:
            continue
        near = any(abs(m.at - at) < NEAR or m.at <= at < m.to for m in telling.mentions)
        if used or (near and entity.role not in _PLATFORMS):
            yield entity


FACILITY_ATTACK = 7
"""GTD's attack type of arson and sabotage."""

NEAR = 40
"""Characters between a trigger and a weapon that it speaks of."""
