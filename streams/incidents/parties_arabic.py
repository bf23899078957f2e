"""Arabic nouns for parties as phrases with English names: "مسلحين مجهولين" are unknown gunmen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from streams.incidents.lexicon import rows
from streams.incidents.parties import Party, parties
from streams.incidents.reading import Sentence
from streams.text.fold import fold

_ADJECTIVE = re.compile(
    r"(?:ال)?(?:مجهول|مسلح|ارهابي|متطرف|انتحاري|متمرد|متشدد|مدني|عسكري|عراقي|فلسطيني|اميركي"
    r"|اسراييلي|اجنبي)(?:ون|ين|ه|ا|ان|ات|يون|يين)?"
)
"""Nouns that are the adjective of a noun right before them (مسلحين مجهولين)."""
_DEED = re.compile(
    r"(?<!\w)(?:و|ف)?(?:ب|ل|ك)?(?:ال|ل)?(?:هجوم|هجمات|هجومين|عمليه|عمليات|تفجير|تفجيرات|تفجيرين"
    r"|اعتداء|اعتداءات|حزام|سياره|شاحنه|دراجه|كمين|نزاع|صراع|عمل|اعمال|جناح|صراعات"
    r"|نزاعات)(?: \w+)? $"
)
"""What such an adjective describes, in the singular, where nobody is meant (هجوم انتحاري)."""
_LADEN = re.compile(r"\w* (?:ال)?(?:مفخخ|ملغوم|ناسف|محمل|بدون طيار|من دون طيار|مسير)")


_MEANS = re.compile(r"[وف]?ب(?:ال)?(?:طاير|مروحي|دباب|مدفعي|سيار|شاحن|دراج|قارب|زورق|زوارق)")
"""Vehicles and guns with "by" before them (بطائرة)."""
_NISBA = re.compile(r"ال(?:عراقي|فلسطيني|اميركي|اسراييلي|اجنبي)ه?")
"""Adjectives of nations that stand alone behind names."""


def parties_of(sentence: Sentence) -> list[Party]:
    """Return the parties of a sentence in order; Arabic phrases joined, means left out."""
    found = parties(sentence)
    return [_named(p) for p in _phrases(sentence, found)] if sentence.arabic else found


def _phrases(sentence: Sentence, found: Sequence[Party]) -> list[Party]:
    text = sentence.folded.text
    named = [e for e in sentence.entities if e.type == "location"]
    kept: list[Party] = []
    for party in found:
        last = kept[-1] if kept else None
        start = text.rfind(" ", 0, party.at) + 1
        follows = last is not None and last.to == start - 1 and _people(last)
        titled = _titled(text, kept, party)
        if titled is not None:
            kept[kept.index(titled)] = replace(party, at=titled.at)
        elif not party.rule.startswith("noun."):
            if follows and last is not None and party.kind == "person":
                kept[-1] = replace(party, at=last.at)
            else:
                kept.append(party)
        elif follows and last is not None and _ADJECTIVE.fullmatch(text[start : party.to]):
            kept[-1] = _joined(sentence, last, party)
        elif not _nobody(text, start, party) and not any(
            e.start <= party.start and party.end <= e.end for e in named
        ):
            kept.append(party)
    return kept


def _nobody(text: str, start: int, party: Party) -> bool:
    """Whether a noun only describes a deed or a name, or is the means of a deed."""
    words = text[start : party.to]
    if _MEANS.match(words) or _NISBA.fullmatch(words):
        return True
    if words.endswith("مسيره") and text[:start].rstrip().endswith(("طايره", "طايرات")):
        return True
    if party.kind == "vehicle":
        return _LADEN.match(text, party.to) is not None
    singular = not words.endswith(("ون", "ين"))
    deed = _DEED.search(text[max(0, start - 30) : start])
    return singular and deed is not None and _ADJECTIVE.fullmatch(words) is not None


def _titled(text: str, before: Sequence[Party], person: Party) -> Party | None:
    """Return the office that a person's name follows over what it is of (القيادي في فتح …)."""
    if person.kind != "person":
        return None
    for party in reversed(before[-3:]):
        gap = text[party.to : person.at]
        if _people(party) and _OFFICE.match(text, party.at) and _OF.fullmatch(gap):
            return party
    return None


_OFFICE = re.compile(
    "قيادي|قايد|زعيم|مسوول|عضو|نايب|رييس|مدير|وزير|محافظ|نقيب|وكيل|امين|سفير|قاضي|شيخ|ناشط|صحافي"
    "|مستشار|مرشح"
)
_OF = re.compile(r" (?:(?:في|ب|من|ل|عن)?\w+ ){1,4}")


def _people(party: Party) -> bool:
    return party.rule.startswith("noun.") and party.kind == "people"


def _joined(sentence: Sentence, noun: Party, adjective: Party) -> Party:
    """Return a noun with its adjective; who is armed or unknown is no civilian."""
    stronger = adjective if adjective.side == "force" and noun.side != "force" else noun
    words = sentence.text[noun.start - sentence.start : adjective.end - sentence.start]
    return replace(
        noun, to=adjective.to, end=adjective.end, text=words, name=words, native_name=words,
        side=stronger.side, interaction=stronger.interaction,
    )  # fmt: skip


def _named(party: Party) -> Party:
    name = english(party.text) if party.rule.startswith("noun.") else None
    return replace(party, name=name) if name is not None and name != party.name else party


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["forms"]), row["name"]) for row in rows("party_names_ar.tsv"))


_ARTICLE = re.compile(r"(?<!\w)(?:ال|لل)(?=\w{2})")


@lru_cache(maxsize=4096)
def english(words: str) -> str | None:
    """Return what English calls an Arabic noun for a party, if the list has it.

    >>> english("مسلحون مجهولون")
    'unknown gunmen'
    """
    folded = _ARTICLE.sub("", fold(words).text)
    name = next((name for pattern, name in _names() if pattern.fullmatch(folded)), None)
    noun, _, adjective = words.rpartition(" ")
    return english(noun) if name is None and noun and adjective else name
