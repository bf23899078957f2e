"""Adds up the tolls of an incident: totals, parts, and what single victims say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from schemas import Casualty, Count, Entity
from schemas.entity import Harm
from streams.incidents.gather import Gathered
from streams.incidents.lexicon import HARMS

_TOTALS = frozenset({"casualty.dead"})
"""Rules of statements that give the whole toll ("3 fatalities")."""

_UPDATES = frozenset({"casualty.toll", "casualty.hasila", "casualty.qatil"})
"""Rules of statements that do so when they raise it ("the toll rose to 9")."""

_FATAL = frozenset({"killing", "assassination", "execution", "massacre"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll of the incident and the entities that say so."""

    casualty: Casualty
    entities: tuple[Entity, ...]


def tolls(one: Gathered) -> list[Toll]:
    """Return the tolls of an incident: for each harm the whole, then its groups."""
    counted = [(i, e) for i, e in one.tolls() if e.count and not e.count.part_of]
    return [toll for harm in HARMS for toll in _harm(harm, counted)]


def _harm(harm: Harm, counted: list[tuple[int, Entity]]) -> list[Toll]:
    mine = [(i, e) for i, e in counted if e.count and e.count.harm == harm]
    if not mine:
        return []
    groups = _by_group(mine)
    counted_up = sum(map(_best, groups.values()))
    restated = [
        e
        for _, e in mine
        if e.count
        and e.count.best is not None
        and e.count.of is None
        and (
            e.rule in _TOTALS
            or (e.rule in _UPDATES and (e.count.cumulative or _best(e) >= counted_up))
        )
    ]
    parts = [Toll(_casualty(e.count, of=of), (e,)) for of, e in groups.items() if of and e.count]
    whole = _whole(harm, groups, restated)
    if len(parts) == 1 and len(groups) == 1:
        return [whole]
    return [whole, *parts]


def _by_group(mine: list[tuple[int, Entity]]) -> dict[str | None, Entity]:
    """Return the entity with the largest number for each group of people."""
    sums: dict[tuple[str | None, int], list[Entity]] = defaultdict(list)
    for index, entity in mine:
        assert entity.count is not None
        sums[entity.count.of, index].append(entity)
    best: dict[str | None, Entity] = {}
    for (of, _), entities in sums.items():
        for entity in entities:
            known = best.get(of)
            if known is None or _best(entity) > _best(known):
                best[of] = entity
    return best


def _best(entity: Entity) -> int:
    count = entity.count
    return (count.best if count and count.best is not None else count.min if count else 0) or 0


def _whole(harm: Harm, groups: dict[str | None, Entity], restated: list[Entity]) -> Toll:
    if restated:
        last = max(restated, key=lambda e: (e.count is not None and e.count.cumulative, e.start))
        assert last.count is not None
        return Toll(_casualty(last.count), (last,))
    entities = tuple(groups.values())
    general = groups.get(None)
    others = [e for of, e in groups.items() if of is not None]
    if general is not None and (not others or _best(general) >= sum(map(_best, others))):
        entities = (general,)
    if len(entities) == 1 and entities[0].count is not None:
        return Toll(_casualty(entities[0].count), entities)
    counts = [e.count for e in entities if e.count is not None]
    known = [c.best for c in counts if c.best is not None]
    least = [c.min or 0 for c in counts]
    most = [c.max for c in counts]
    return Toll(
        Casualty(
            harm=harm,
            min=sum(least),
            best=sum(known) if known else None,
            max=sum(m for m in most if m is not None) if all(m is not None for m in most) else None,
            qualifier=next(
                (c.qualifier for c in counts if c.qualifier != "unspecified"), "unspecified"
            ),
        ),
        entities,
    )


def _casualty(count: Count, *, of: str | None = None) -> Casualty:
    return Casualty(
        harm=count.harm,
        min=count.min,
        best=count.best,
        max=count.max,
        qualifier=count.qualifier,
        of=of,
    )


def implied(one: Gathered, found: list[Toll]) -> list[tuple[str, int, int]]:
    """Return the people whom a killing names where no toll is given: text and span of each."""
    if any(t.casualty.harm == "killed" for t in found):
        return []
    people: dict[str, tuple[str, int, int]] = {}
    for telling in one.tellings:
        fatal = any(m.cls.name in _FATAL and m.stage == "completed" for m in telling.mentions)
        for part in telling.parts if fatal else ():
            if part.role == "victim" and part.party.kind == "person":
                people.setdefault(
                    part.party.name, (part.party.text, part.party.start, part.party.end)
                )
    return list(people.values())
