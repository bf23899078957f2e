"""Makes one incident of the reports that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from schemas import (
    Actor,
    ArticleReference,
    Confidence,
    Conflict,
    Evidence,
    IncidentPlace,
    Weapon,
)
from schemas.incident import IncidentDate
from streams.merging.cues import copies
from streams.merging.toll import disagreement, history, standing, told
from streams.merging.weigh import Member, best, ranked
from streams.text.fold import fold_name

Fields = dict[str, Any]
ACTORS, WEAPONS, PLACES, EVIDENCE = 40, 12, 20, 48
"""Most actors, weapons, other places and pieces of evidence of a record."""

_SURE = {"confirmed": 3, "claimed": 2, "accused": 1, "suspected": 0}


def fuse(members: Sequence[Member]) -> Fields:
    """Return the fields of the incident that the members tell, but identity and revision.

    A function of the set of members alone: their order does not matter.
    """
    believed = ranked(members)
    real = [m for m in believed if m.features.standing == "real"] or believed
    leader = _leader(real)
    date = best(real, lambda r: r.date, same=lambda d: (d.start, d.end), fineness=_sharpness)
    place = best(real, lambda r: r.place, same=_place_key, fineness=_fineness)
    operation = best(real, lambda r: r.operation_name, same=fold_name)
    attackers = best(real, lambda r: r.attackers, same=lambda a: a.count)
    tolls = told(m.report for m in real)
    fields: Fields = {
        name: getattr(leader.report, name)
        for name in ("event_type", "sub_event_type", "plover", "stage", "realis", "trigger")
    }
    fields |= {
        "gtd_attack_types": leader.report.gtd_attack_types,
        "operation_name": operation and operation[0],
        "date": date and date[0],
        "place": place and place[0],
        "other_places": _other_places(real, place and place[0]),
        "actors": _actors(real),
        "casualties": standing(tolls),
        "casualty_history": history(tolls),
        "weapons": _weapons(real),
        "attackers": attackers and attackers[0],
        "conflicts": _conflicts(believed, real),
        "confidence": _confidence(real),
        "pipeline_version": max(m.report.pipeline_version for m in members),
    }
    chosen = {"date": date, "place": place, "operation_name": operation, "attackers": attackers}
    holders = {root: pair[1] for root, pair in chosen.items() if pair}
    holders |= {"trigger": leader, "event_type": leader, "sub_event_type": leader}
    fields["evidence"] = _evidence(real, holders)
    return fields | _sources(members)


def withdrawn(members: Sequence[Member]) -> bool:
    """Tell whether every source that told the incident has since taken it back."""
    newest: dict[str, Member] = {}
    for member in sorted(members, key=lambda m: (m.time, m.features.key)):
        newest[member.source] = member
    told_once = any(m.features.standing == "real" for m in members)
    return told_once and all(m.features.standing == "denied" for m in newest.values())


def _leader(real: Sequence[Member]) -> Member:
    """Return the member whose reading of the event stands: specific, by many, sure, new."""
    found = best(
        real,
        lambda r: r,
        same=lambda r: r.sub_event_type,
        fineness=lambda r: r.sub_event_type not in {"Attack", "Other", "Armed clash"},
    )
    assert found is not None
    return found[1]


def _sharpness(date: IncidentDate) -> float:
    return -float((date.end - date.start).days)


def _place_key(place: IncidentPlace) -> str:
    return place.id or fold_name(place.name)


def _fineness(place: IncidentPlace) -> float:
    located = place.latitude is not None
    return 2.0 * (4 - (place.precision or 4)) + located + (place.feature_code == "PPLX") * 0.5


def _other_places(
    members: Sequence[Member], chosen: IncidentPlace | None
) -> tuple[IncidentPlace, ...]:
    seen = {_place_key(chosen)} if chosen else set()
    places: dict[str, IncidentPlace] = {}
    for member in members:
        for place in (member.report.place, *member.report.other_places):
            if place is not None and _place_key(place) not in seen:
                places.setdefault(_place_key(place), place)
    return tuple(places[key] for key in sorted(places))[:PLACES]


def _actors(members: Sequence[Member]) -> tuple[Actor, ...]:
    """Return every party once a role, those of more sources first."""
    groups: dict[tuple[str, str], list[tuple[Actor, Member]]] = {}
    for member in members:
        for actor in member.report.actors:
            key = actor.role, actor.canonical_id or fold_name(actor.name)
            groups.setdefault(key, []).append((actor, member))
    ordered = sorted(
        groups.items(), key=lambda item: (-len({m.source for _, m in item[1]}), item[0])
    )
    return tuple(_actor([actor for actor, _ in group]) for _, group in ordered[:ACTORS])


def _actor(same: Sequence[Actor]) -> Actor:
    mentions = sorted({m for actor in same for m in (actor.mentions or (actor.text,))})
    claims = [actor.claim for actor in same if actor.claim]
    claim = max(claims, key=lambda c: (_SURE[c.confidence], c.channel or ""), default=None)
    return same[0].model_copy(update={"mentions": tuple(mentions[:8]), "claim": claim})


def _weapons(members: Sequence[Member]) -> tuple[Weapon, ...]:
    weapons: dict[str, Weapon] = {}
    for member in members:
        for weapon in member.report.weapons:
            weapons.setdefault(fold_name(weapon.name), weapon)
    return tuple(weapons[name] for name in sorted(weapons))[:WEAPONS]


def _conflicts(believed: Sequence[Member], real: Sequence[Member]) -> tuple[Conflict, ...]:
    """Return the fields on which the sources disagree, with what they say."""
    if len(believed) == 1:
        return ()
    found: list[Conflict] = []

    def differ(field: str, values: Iterable[str]) -> None:
        distinct = tuple(sorted(set(values)))
        if len(distinct) > 1:
            found.append(Conflict(field=field, values=distinct))

    reports = [m.report for m in real]
    differ("realis", (m.features.standing for m in believed))
    differ("sub_event_type", (r.sub_event_type for r in reports))
    differ(
        "date",
        (m.features.first.isoformat() for m in real if m.features.exact_day and m.features.first),
    )
    differ("place", (r.place.name for r in reports if r.place and r.place.precision == 1))
    tolls = told(reports)
    for harm in sorted({t.casualty.harm for t in tolls if not t.casualty.of}):
        series = [t for t in tolls if t.casualty.harm == harm and not t.casualty.of]
        differ(f"casualties.{harm}", disagreement(series))
    return tuple(found)


def _confidence(members: Sequence[Member]) -> Confidence:
    """Return how sure independent sources together are; copies and posts add less."""
    doubt = 1.0
    seen: set[str] = set()
    for member in members:
        if member.source not in seen:
            share = 1.0 if not seen else 0.5
            doubt *= 1.0 - share * member.report.confidence.overall * member.voice
            seen.add(member.source)
    parts = ("event", "date", "place", "actors", "casualties")
    best_parts = {
        part: max(
            (v for m in members if (v := getattr(m.report.confidence, part)) is not None),
            default=None,
        )
        for part in parts
    }
    top = max(m.report.confidence.overall for m in members)
    return Confidence(overall=round(min(0.99, max(top, 1.0 - doubt)), 3), **best_parts)


def _evidence(members: Sequence[Member], holders: dict[str, Member]) -> tuple[Evidence, ...]:
    """Return evidence for every filled field, that of the value that stands first."""
    chosen: dict[tuple[str, str, int, int], Evidence] = {}
    for member in members:
        for piece in member.report.evidence:
            root = piece.supports.split(".")[0]
            if holders.get(root, member) is member:
                chosen.setdefault((piece.supports, piece.article_id, piece.start, piece.end), piece)
    per_path: dict[str, int] = {}
    kept = []
    for piece in chosen.values():
        per_path[piece.supports] = per_path.get(piece.supports, 0) + 1
        if per_path[piece.supports] <= 2:
            kept.append(piece)
    return tuple(kept[:EVIDENCE])


def _sources(members: Sequence[Member]) -> Fields:
    """Return the articles, how many independent sources they are, and the times they span."""
    by_time = sorted(members, key=lambda m: (m.time, m.features.key))
    articles: dict[str, ArticleReference] = {}
    independent: list[Member] = []
    for member in by_time:
        articles.setdefault(member.features.article, member.report.articles[0])
        if not any(
            member.source == other.source or copies(member.features, other.features)
            for other in independent
        ):
            independent.append(member)
    times = [m.time for m in by_time if m.features.published]
    return {
        "articles": tuple(articles.values()),
        "source_count": len(independent),
        "first_reported_at": times[0] if times else None,
        "last_updated_at": times[-1] if times else None,
    }
