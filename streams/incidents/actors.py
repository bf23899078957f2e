"""Makes the actors of a report: each party once a role, with all its wordings."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import Actor, Entity
from schemas.events import Role
from streams.incidents.claims import claims
from streams.incidents.evidence import Notes
from streams.incidents.groups import suspects
from streams.incidents.naming import full_named, full_names, wordings
from streams.incidents.parties import Party
from streams.incidents.parties_arabic import parties_of
from streams.incidents.roles import Part
from streams.incidents.telling import Gathered, Telling
from streams.text.fold import fold_name

_ORDER: tuple[Role, ...] = (
    "perpetrator", "claimant", "accused", "accuser", "responder", "target", "victim",
)  # fmt: skip
MOST_ACTORS = 24


def actors(one: Gathered, notes: Notes) -> tuple[Actor, ...]:
    """Return the parties, each once a role, in the order of roles and of the text."""
    merged: dict[tuple[str, str], list[tuple[Part, Telling]]] = {}
    full = full_names(notes.article)
    for telling in one.tellings:
        for part in (*telling.parts, *telling.claims):
            key = part.role, _same_party(part.party, full)
            merged.setdefault(key, []).append((part, telling))
    for part, telling in (*_claims_after(one), *suspects(one)):
        merged.setdefault((part.role, _same_party(part.party, full)), []).append((part, telling))
    actors = []
    for (role, _), same in sorted(
        merged.items(), key=lambda item: (_ORDER.index(item[0][0]), item[1][0][0].party.start)
    ):
        part, _ = max(same, key=lambda pair: len(pair[0].party.text))
        party = full_named(part.party, full)
        for other, where in same:
            notes.add(f"actors.{role}", where, other.party.start, other.party.end, other.rule)
        actors.append(
            Actor(
                role=part.role, name=party.name, native_name=party.native_name, kind=party.kind,
                canonical_id=party.canonical_id, acled_interaction=party.interaction,
                text=party.text,
                mentions=wordings([party.text, *(p.party.text for p, _ in same)]),
                claim=next((p.claim for p, _ in same if p.claim), None),
            )
        )  # fmt: skip
    return tuple(actors[:MOST_ACTORS])


def _claims_after(one: Gathered) -> Iterator[tuple[Part, Telling]]:
    """Yield who claims the incident or is accused of it in sentences that tell nothing else."""
    for sentence in one.after:
        around = parties_of(sentence)
        for part in claims(sentence, around):
            yield part, Telling(sentence, [], around, [], [part])


def _same_party(party: Party, full: dict[str, Entity]) -> str:
    """Return what tells a party from others: the id of what it names, or its full name."""
    if party.kind == "person":
        return fold_name(full_named(party, full).name)
    return party.canonical_id or fold_name(party.name)
