"""Adds up the tolls of an incident: totals, parts, and what single victims say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Casualty, Count, Entity
from schemas.entity import Harm
from streams.incidents.counted import Counted, counted
from streams.incidents.detect import Mention
from streams.incidents.lexicon import HARMS
from streams.incidents.telling import Gathered, Telling

_TOTALS = frozenset({"casualty.dead"})
"""Rules of statements that give the whole toll ("3 fatalities")."""

_UPDATES = frozenset({"casualty.toll", "casualty.hasila", "casualty.qatil"})
"""Rules of statements that do so when they raise it ("the toll rose to 9")."""

_FATAL = frozenset({"killing", "assassination", "execution", "massacre"})


NOBODY = "casualty.none"
"""Rule of statements that nobody came to harm."""

_PRONOUN = "casualty.pronoun"
"""Rule of "him" and "her": somebody told before, who counts where nobody else is counted."""


@dataclass(slots=True)
class _Group:
    """The people of one kind that a sentence counts."""

    index: int
    entities: tuple[Entity, ...]


@dataclass(slots=True)
class Toll:
    """A toll of the incident and the entities that say so."""

    casualty: Casualty
    entities: tuple[Entity, ...]


def tolls(one: Gathered) -> list[Toll]:
    """Return the tolls of an incident: for each harm the whole, then its groups."""
    people = counted(one)
    found = [toll for harm in HARMS for toll in _harm(harm, people)]
    told = {(toll.casualty.harm, toll.casualty.of) for toll in found}
    whole = {harm for harm, of in told if of is None}
    return [
        *found,
        *(
            t
            for t in _parts(one)
            if t.casualty.harm in whole and (t.casualty.harm, t.casualty.of) not in told
        ),
    ]


def _parts(one: Gathered) -> list[Toll]:
    """Return the groups that are told as part of a total ("including two children")."""
    made: dict[tuple[str, str], Toll] = {}
    for _, entity in one.tolls():
        count = entity.count
        if count is not None and count.part_of is not None and count.of is not None and count.best:
            toll = Toll(_casualty(count, of=count.of), (entity,))
            made.setdefault((count.harm, count.of), toll)
    return list(made.values())


def _harm(harm: Harm, people: Sequence[Counted]) -> list[Toll]:
    """Return the tolls of a harm; a title counts where its text counts fewer."""
    mine = [c for c in people if c.entity.count and c.entity.count.harm == harm]
    body = [c for c in mine if c.entity.field != "title"]
    if len(body) == len(mine):
        return _told(harm, mine)
    found = _told(harm, body)
    most = max((_best((c.entity,)) for c in mine if c.entity.field == "title"), default=0)
    whole = next((t.casualty.best or t.casualty.min or 0 for t in found), 0)
    return found if whole >= most and found else _told(harm, mine)


def _told(harm: Harm, mine: Sequence[Counted]) -> list[Toll]:
    named = [c for c in mine if c.entity.rule != _PRONOUN or c.of == "attackers"]
    mine = named or mine[:1]
    if not mine:
        return []
    last = mine[-1].entity
    if last.rule == NOBODY:
        return [Toll(_casualty(last.count), (last,))] if last.count else []
    mine = [c for c in mine if c.entity.rule != NOBODY]
    groups = _by_group(mine)
    counted_up = sum(_best(g.entities) for g in groups.values())
    restated = [
        c.entity
        for c in mine
        if c.entity.count and c.of is None and _restates(c.entity, counted_up)
    ]
    parts = [
        Toll(_casualty(_added(harm, g.entities), of=of), g.entities)
        for of, g in groups.items()
        if of
    ]
    whole = _whole(harm, groups, restated)
    if len(parts) == 1 and len(groups) == 1:
        return [whole]
    return [whole, *parts]


def _restates(entity: Entity, counted_up: int) -> bool:
    """Whether a statement gives the whole toll, or raises what was counted up to then."""
    count = entity.count
    if count is None or count.best is None:
        return False
    raises = count.cumulative or _best((entity,)) >= counted_up
    return entity.rule in _TOTALS or (entity.rule in _UPDATES and raises)


def _by_group(mine: Sequence[Counted]) -> dict[str | None, _Group]:
    """Return for each group of people the sentence that counts most of them.

    What stands in one sentence is added up ("a sergeant and a soldier were killed"); what
    other sentences tell is the same people told again, but for people of different names and
    a bare number after names ("Smith died. Two were killed").
    """
    sums: dict[tuple[str | None, int], list[Entity]] = defaultdict(list)
    named: dict[str | None, dict[str, Entity]] = defaultdict(dict)
    before: dict[str | None, int] = {}
    unnamed: dict[str | None, bool] = {}
    for one in mine:
        alone = one.person is None and len(one.entity.text.split()) == 1 and one.of in before
        more = one.further or (alone and not unnamed.get(one.of))
        index = before.get(one.of, one.index) if more else one.index
        unnamed[one.of] = unnamed.get(one.of, False) or one.person is None
        before[one.of] = index
        same = sums[one.of, index]
        if all(e.text.lower() != one.entity.text.lower() for e in same):
            same.append(one.entity)
        if one.person is not None:
            named[one.of].setdefault(one.person, one.entity)
    best: dict[str | None, _Group] = {}
    for (of, index), entities in sums.items():
        known = best.get(of)
        if known is None or _size(entities) > _size(known.entities):
            best[of] = _Group(index, tuple(entities))
    for of, people in named.items():
        if len(people) > _size(best[of].entities)[1]:
            best[of] = _Group(best[of].index, tuple(people.values()))
    return best


_ANYBODY = re.compile(
    r"people|persons?|individuals?|dead|fatalit|casualt|others?|victims?|bodies|lives|deaths|\d\W*$"
    r"|^[\w,.-]+ (?:more )?(?:killed|wounded|injured|hurt|slain)\W*$"
    r"|شخص|اشخاص|أشخاص|قتيل|قتلى|شهيد|شهداء|ضحايا|ضحية|جثة|جثث|وفاة|وفيات|مصاب|جريح|جرحى|آخر"
)
"""Words for whoever came to harm: their number is that of all."""


def _anybody(words: str) -> bool:
    """Whether words count whoever came to harm: a number alone, "people", قتلى."""
    return len(words.split()) == 1 or _ANYBODY.search(words.lower()) is not None


MANY = 10
"""People from which a vague number ("dozens") outweighs an exact one."""


def _size(entities: Sequence[Entity]) -> tuple[bool, int]:
    """Return how many people are counted; a few without a number count less than any number."""
    most = _best(entities)
    exact = all(e.count is not None and e.count.best is not None for e in entities)
    return exact or most >= MANY, most


def _best(entities: Sequence[Entity]) -> int:
    counts = [e.count for e in entities if e.count is not None]
    return sum((c.best if c.best is not None else c.min) or 0 for c in counts)


def _whole(harm: Harm, groups: dict[str | None, _Group], restated: list[Entity]) -> Toll:
    if restated:
        last = max(restated, key=lambda e: (e.count is not None and e.count.cumulative, e.start))
        assert last.count is not None
        return Toll(_casualty(last.count), (last,))
    general = groups.get(None)
    others = [g for of, g in groups.items() if of is not None]
    chosen = list(groups.values())
    if general is not None:
        apart = [g for g in others if g.index != general.index]
        anybody = all(_anybody(e.text) for e in general.entities)
        doers = groups.get("attackers")
        apart = [g for g in apart if g is not doers]
        if anybody and _best(general.entities) >= sum(_best(g.entities) for g in apart):
            chosen = [g for g in chosen if g.index == general.index or g is doers]
    entities = tuple(e for g in chosen for e in g.entities)
    return Toll(_casualty(_added(harm, entities)), entities)


def _added(harm: Harm, entities: Sequence[Entity]) -> Count:
    """Return the counts of different people as one."""
    counts = [e.count for e in entities if e.count is not None]
    if len(counts) == 1:
        return counts[0]
    known = [c.best for c in counts if c.best is not None]
    most = [c.max for c in counts if c.max is not None]
    return Count(
        harm=harm,
        min=sum(c.min or 0 for c in counts),
        best=sum(known) if known else None,
        max=sum(most) if len(most) == len(counts) else None,
        qualifier=next(
            (c.qualifier for c in counts if c.qualifier != "unspecified"), "unspecified"
        ),
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


def implied(one: Gathered, found: Sequence[Toll]) -> list[tuple[Telling, int, int]]:
    """Return the people whom a killing names where no toll counts as many: where each stands."""
    killed = next((t for t in found if t.casualty.harm == "killed"), None)
    named: dict[str, tuple[Telling, int, int]] = {}
    alone: dict[str, tuple[Telling, int, int]] = {}
    for telling in one.tellings:
        if not any(_fatal(m) for m in telling.mentions):
            continue
        if any(m.cls.name == "attack" for m in telling.mentions) and killed is not None:
            continue
        for part in telling.parts:
            party = part.party
            if part.role != "victim":
                continue
            kept = named if party.kind == "person" else alone
            if party.kind == "person" or _ONE.fullmatch(party.text.lower()):
                kept.setdefault(party.name, (telling, party.start, party.end))
    people = list(named.values()) or list(alone.values())[:1]
    if killed is None:
        return people
    best = killed.casualty.best
    exact = best is not None and all(e.rule not in _TOTALS for e in killed.entities)
    return people if exact and best and len(named) > best else []


def _fatal(mention: Mention) -> bool:
    """Whether a mention tells that somebody was killed."""
    if mention.stage != "completed" or mention.realis not in {"actual", "historical"}:
        return False
    words = mention.sentence.folded.text[mention.at : mention.to]
    return mention.cls.name in _FATAL or _DEADLY.search(words) is not None


_DEADLY = re.compile(r"(?<!\w)(?:dead|to death|fatal\w*|gunned down|slain|died|murder\w*)(?!\w)")
_ONE = re.compile(
    r"(?!.*(?:people|persons|men|women|children|police|army|forces|troops)$)"
    r"(?:[\w'-]+ ){0,4}[\w'-]*[^s\W]"
)
"""One person told by a noun ("former mayor")."""
