"""Parties of an Arabic sentence that no noun of the list names: peoples, countries, the counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas import Entity
from streams.incidents.cues_arabic import HARM, SEVERAL
from streams.incidents.parties import Party
from streams.incidents.reading import Sentence

_ONLY = re.compile("قتيل|قتلى|جريح|جرحى|شهداء|شهيد|ضحايا|مصاب|ضحية|جثة|جثث")
"""Words that count the harmed without saying who they are."""


def peoples(sentence: Sentence, found: Sequence[Party]) -> Iterator[Party]:
    """Yield peoples told by their nation ("خمسة فلسطينيين"), adjectives of strikes, countries."""
    text = sentence.folded.text
    for entity in sentence.entities:
        if entity.type not in {"nationality", "location"}:
            continue
        country = entity.canonical is not None and entity.canonical.id.startswith("iso3166-1:")
        if entity.type == "location" and not country:
            continue
        at, to = sentence.at(entity.start), sentence.at(entity.end)
        if any(p.at < to and at < p.to for p in found):
            continue
        if entity.type == "nationality":
            start = text.rfind(" ", 0, at) + 1
            lead = max(0, start - 60)
            people = SEVERAL.search(text, lead, start) or sentence.find(HARM, lead, start)
            yield _made(sentence, entity, "people" if people else "adjective")
        else:
            yield _made(sentence, entity, "country")


def _made(sentence: Sentence, entity: Entity, rule: str) -> Party:
    at = sentence.at(entity.start)
    name = entity.canonical.name if entity.canonical else entity.text
    people = rule == "people"
    return Party(
        at=at, to=sentence.at(entity.end), start=entity.start, end=entity.end, text=entity.text,
        name=name, native_name=entity.text, kind="people" if people else "government",
        side="people" if people else "force",
        canonical_id=None if people or entity.canonical is None else entity.canonical.id,
        interaction=7 if people else 1, rule=rule,
    )  # fmt: skip


def counted_people(sentence: Sentence) -> Iterator[Party]:
    """Yield the people whom the sentence counts as harmed."""
    for entity in sentence.entities:
        count = entity.count
        if count is None or count.best == 0 or count.of == "attackers" or _ONLY.search(entity.text):
            continue
        if count.part_of is None and count.harm in {"killed", "injured", "abducted"}:
            at = sentence.at(entity.start)
            yield Party(
                at=at, to=sentence.at(entity.end), start=entity.start, end=entity.end,
                text=entity.text, name=count.of.replace("_", " ") if count.of else "people",
                native_name=entity.text, kind="people", side="people", canonical_id=None,
                interaction=7, rule=entity.rule,
            )  # fmt: skip
