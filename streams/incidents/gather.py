"""Gathers the mentions of an article into incidents: what belongs together, what stays apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from schemas import DateValue, Entity
from streams.incidents.claims import claims
from streams.incidents.claims import told as claim_told
from streams.incidents.detailed import detailed
from streams.incidents.detect import Mention
from streams.incidents.firsthand import reports
from streams.incidents.parties import Party
from streams.incidents.parties_arabic import parties_of
from streams.incidents.reading import SILENT, Sentence
from streams.incidents.roles import Part, roles
from streams.text.geometry import kilometres

FAMILIES = {
    **dict.fromkeys(("abduction", "hostages", "hijacking"), "abduction"),
    **dict.fromkeys(
        (
            "protest", "strike", "hunger_strike", "boycott", "obstruction", "riot", "intervention",
            "excessive",
        ),
        "protest",
    ),
    **dict.fromkeys(("arrest", "operation", "disrupted", "defused"), "control"),
    **dict.fromkeys(("agreement", "surrender"), "agreement"),
    **dict.fromkeys(("change", "base", "transfer", "other"), "posture"),
}  # fmt: skip
"""Families of classes; every other class is violence."""

OTHER_PLACE_KM = 30.0
NEAR_SENTENCES = 3


def family(mention: Mention) -> str:
    """Return the family of a mention's class."""
    return FAMILIES.get(mention.cls.name, "violence")


@dataclass(eq=False)
class Telling:
    """What one sentence tells: its mentions, the parties in it and their parts.

    Nothing of it changes once made; what is asked often is worked out once.
    """

    sentence: Sentence
    mentions: list[Mention]
    parties: list[Party]
    parts: list[Part]
    claims: list[Part]

    @cached_property
    def lead(self) -> Mention:
        """The mention that says most of what happened."""
        real = [m for m in self.mentions if m.realis == "actual"] or self.mentions
        strong = [m for m in real if m.trigger.strong] or real
        return min(strong, key=lambda m: (m.start, -m.cls.rank))

    @cached_property
    def lead_words(self) -> str:
        """The folded words of the leading trigger."""
        return self.sentence.folded.text[self.lead.at : self.lead.to]

    @cached_property
    def family(self) -> str:
        """The family of the leading mention."""
        return family(self.lead)

    @cached_property
    def tolls(self) -> list[Entity]:
        """The tolls of the sentence."""
        return [e for e in self.sentence.entities if e.count is not None]

    @cached_property
    def places(self) -> list[Entity]:
        """The places of the sentence outside its dateline, those resolved first."""
        line = self.sentence.segment.dateline
        operations = [e for e in self.sentence.entities if e.type == "operation"]
        found = [
            e
            for e in self.sentence.entities
            if e.place is not None
            and not (line and e.end <= line.end)
            and not any(o.start <= e.start and e.end <= o.end for o in operations)
        ]
        return sorted(found, key=lambda e: e.place is None or e.place.latitude is None)

    @cached_property
    def date(self) -> DateValue | None:
        """The date nearest the leading mention."""
        return self.lead.date

    @cached_property
    def starts(self) -> bool:
        """Whether the sentence tells enough to be an incident by itself."""
        if self.sentence.arabic and self.family in {"violence", "abduction", "protest"}:
            return reports(self)
        if self.family == "posture" and self.lead.realis == "actual":
            return detailed(self) or (
                bool(self.places) and any(p.side == "force" for p in self.parties)
            )
        return detailed(self)


@dataclass(slots=True)
class Gathered:
    """The tellings of one incident."""

    tellings: list[Telling] = field(default_factory=list)
    after: list[Sentence] = field(default_factory=list)
    """Sentences after a telling that only give numbers ("Three people died.")."""

    @property
    def mentions(self) -> list[Mention]:
        """All mentions in order."""
        return [m for t in self.tellings for m in t.mentions]

    @property
    def family(self) -> str:
        """The family of the first telling."""
        return self.tellings[0].family

    def tolls(self) -> list[tuple[int, Entity]]:
        """Return the tolls with the index of their sentence."""
        read = [*(t.sentence for t in self.tellings), *self.after]
        return [(s.index, e) for s in read for e in s.entities if e.count is not None]

    def dates(self) -> list[DateValue]:
        """The day-exact dates of the tellings."""
        return [t.date for t in self.tellings if t.date is not None and t.date.precision == "day"]

    def towns(self) -> list[Entity]:
        """The places of town size or finer of the tellings."""
        return [e for t in self.tellings for e in t.places if e.place and e.place.precision == 1]


def tellings(read: Sequence[Sentence], found: Iterable[Mention]) -> list[Telling]:
    """Return what each sentence with a mention tells, reasons of protests left out."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in found:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    told = []
    for sentence in read:
        mine = _without_reasons(by_sentence.get(sentence.index, []))
        if not mine:
            continue
        around = parties_of(sentence)
        real = [m for m in mine if m.realis in {"actual", "historical"}] or mine
        parts = [part for m in real for part in roles(m, around)]
        told.append(Telling(sentence, mine, around, parts, claims(sentence, around)))
    return told


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
