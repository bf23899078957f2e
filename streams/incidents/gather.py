"""Gathers the mentions of an article into incidents: what belongs together, what stays apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from schemas import DateValue, Entity
from streams.incidents.claims import claims
from streams.incidents.claims import told as claim_told
from streams.incidents.detailed import detailed
from streams.incidents.detect import Mention
from streams.incidents.firsthand import reports
from streams.incidents.parties_arabic import parties_of
from streams.incidents.reading import SILENT, Sentence
from streams.incidents.roles import Part, roles
from streams.incidents.telling import Gathered, Telling, family
from streams.text.geometry import kilometres

OTHER_PLACE_KM = 30.0
NEAR_SENTENCES = 3


def tellings(read: Sequence[Sentence], found: Iterable[Mention]) -> list[Telling]:
    """Return what each sentence with a mention tells, reasons of protests left out."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in found:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    told = []
    for sentence in read:
        mentioned = by_sentence.get(sentence.index)
        if mentioned is None:
            continue
        mine = _without_reasons(mentioned)
        if not mine:
            continue
        around = parties_of(sentence)
        real = [m for m in mine if m.realis in {"actual", "historical"}] or mine
        parts = [part for m in real for part in roles(m, around)]
        telling = Telling(sentence, mine, around, parts, claims(sentence, around))
        telling.starts = _starts(telling)
        told.append(telling)
    return told


def _starts(telling: Telling) -> bool:
    if telling.sentence.arabic and telling.family in {"violence", "abduction", "protest"}:
        return reports(telling)
    moves = telling.family == "posture" and telling.lead.realis == "actual"
    placed = moves and bool(telling.places) and any(p.side == "force" for p in telling.parties)
    return placed or detailed(telling)


def _without_reasons(found: list[Mention]) -> list[Mention]:
    """Leave out violence that a protest earlier in the sentence is about."""
    protest = next((m for m in found if family(m) == "protest" and m.trigger.strong), None)
    if protest is None or protest is not found[0]:
        return found
    words = protest.sentence.folded.text
    kept = []
    for mention in found:
        between = words[protest.to : mention.at]
        reason = any(cue in between for cue in _REASONS)
        own = family(mention) == "protest" or (
            family(mention) == "control" and not _WANTED.search(between)
        )
        if own or not reason:
            kept.append(mention)
    return kept


_WANTED = re.compile(r"(?:demand\w*|call\w* for|against|over|للمطالبه|احتجاجا|ضد)[^.]*$")
_REASONS = (
    " against ", " over ", " to denounce", " to condemn", " denouncing", " condemning",
    " demanding", " to demand", " following the ", " after the ", " in response to",
    " to protest ", " for the ", " about ", " due to ", " because of ", " ضد ",
    " احتجاجا علي ", " تنديدا ", " رفضا ", " للمطالبه ", " للتنديد ", " بسبب ", " علي خلفيه ",
)  # fmt: skip


def gather(told: Sequence[Telling], read: Sequence[Sentence]) -> list[Gathered]:
    """Return the incidents of an article in the order in which it first tells them."""
    found: list[Gathered] = []
    by_sentence = {t.sentence.index: t for t in told}
    for sentence in read:
        telling = by_sentence.get(sentence.index)
        if telling is None:
            _add_numbers(sentence, found)
            continue
        home = _home(telling, found)
        if home is not None:
            home.tellings.append(telling)
        elif telling.starts:
            found.append(Gathered([telling]))
    return found


def _add_numbers(sentence: Sentence, found: Sequence[Gathered]) -> None:
    """Give a sentence that only counts people or tells a claim to the incident just before it."""
    if not found or sentence.segment.kind in SILENT:
        return
    if not (any(e.count is not None for e in sentence.entities) or claim_told(sentence)):
        return
    last = max(found, key=lambda g: g.tellings[-1].sentence.index)
    if sentence.index - last.tellings[-1].sentence.index <= NEAR_SENTENCES:
        last.after.append(sentence)


def _home(telling: Telling, found: Sequence[Gathered]) -> Gathered | None:
    """Return the incident a sentence goes on telling, the nearest first."""
    for one in reversed(found):
        if _same_kind(telling, one) and not _elsewhere(telling, one):
            return one
    return None


def _same_kind(telling: Telling, one: Gathered) -> bool:
    mine, other = telling.family, one.family
    near = telling.sentence.index - one.tellings[-1].sentence.index <= NEAR_SENTENCES
    background = telling.lead.realis != "actual" and one.tellings[0].lead.realis == "actual"
    if background and telling.lead.date is not None:
        return False
    if mine == other:
        return True
    if other == "control":
        return False
    if {mine, other} == {"violence", "abduction"} or mine != "control":
        return near and not telling.starts
    named = any(e.type == "operation" for e in telling.sentence.entities)
    return near and not named


def _elsewhere(telling: Telling, one: Gathered) -> bool:
    """Whether a sentence names another day, another town or other people harmed.

    A title says roughly what its article says exactly, so it contradicts nothing.
    """
    if all(t.sentence.segment.kind == "title" for t in one.tellings):
        return False
    days = one.dates()
    date = telling.date
    if (
        date is not None
        and date.precision == "day"
        and days
        and not any(_meet(date, d) for d in days)
    ):
        return True
    towns = one.towns()
    mine = [e for e in telling.places if e.place and e.place.precision == 1]
    if mine and towns and telling.starts and not any(_close(a, b) for a in mine for b in towns):
        return True
    return telling.starts and _other_people(telling, one)


def _meet(one: DateValue, other: DateValue) -> bool:
    return one.start <= other.end + dt.timedelta(days=1) and other.start <= one.end + dt.timedelta(
        days=1
    )


def _close(one: Entity, other: Entity) -> bool:
    a, b = one.place, other.place
    assert a is not None
    assert b is not None
    if one.canonical and other.canonical and one.canonical.id == other.canonical.id:
        return True
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return True
    return kilometres((a.latitude, a.longitude), (b.latitude, b.longitude)) <= OTHER_PLACE_KM


def _other_people(telling: Telling, one: Gathered) -> bool:
    def people(parts: Iterable[Part]) -> set[str]:
        harmed = (p for p in parts if p.role == "victim" and p.party.kind == "person")
        return {word for p in harmed for word in p.party.name.lower().split() if len(word) > 2}

    mine = people(telling.parts)
    theirs = people(p for t in one.tellings for p in t.parts)
    return bool(mine and theirs and not mine & theirs)
