"""Collects what sources know of single Arabic words: frequency, names of people and places.

Sources: word frequencies (`wordfreq`, CC BY-SA 4.0), Wikidata's people (CC0; the table of
`arabic-name-romanizer`), GeoNames (CC BY 4.0; this project's own gazetteer).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

import wordfreq

from streams.entities.gazetteer import gazetteer
from streams.entities.tagger_words import FLAGS
from streams.text.fold import fold_name

ARABIC = re.compile("[\u0621-\u064a]{2,}")
LARGE = 50_000
"""Population from which a place is flagged as large."""


def frequencies(count: int) -> dict[str, float]:
    """Return the Zipf frequency of the ``count`` most used words by folded spelling."""
    found: dict[str, float] = {}
    for word in wordfreq.top_n_list("ar", count):
        folded = fold_name(word)
        if ARABIC.fullmatch(folded):
            found[folded] = max(found.get(folded, 0.0), wordfreq.zipf_frequency(word, "ar"))
    return found


def spellings(count: int) -> dict[str, str]:
    """Return the most used spelling of each folded word."""
    found: dict[str, str] = {}
    for word in wordfreq.top_n_list("ar", count):
        found.setdefault(fold_name(word), word)
    return found


def people() -> tuple[dict[str, Counter[str]], list[str]]:
    """Return how many people bear a word as given name or surname, and all full names."""
    spec = find_spec("arabic_name_romanizer")
    assert spec is not None
    assert spec.origin is not None
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    with sqlite3.connect(next(Path(spec.origin).parent.rglob("*.sqlite3"))) as database:
        for written, role, count in database.execute(
            "select arabic_key, role, sum(count) from units where source = 'wikidata' group by 1, 2"
        ):
            for word in fold_name(written).split():
                parts[role][word] += count
        names = [
            fold_name(row[0])
            for row in database.execute(
                "select distinct arabic_key from full_names where source = 'wikidata'"
            )
        ]
    return parts, sorted(names)


def _people_flags(marks: dict[str, set[str]]) -> None:
    parts, names = people()
    for role in ("given", "surname"):
        for word, count in parts[role].items():
            marks[word] |= {role, f"{role}_often"} if count >= 4 else {role}
    for name in names:
        words = name.split()
        marks[words[0]].add("full_first")
        marks[words[-1]].add("full_last")


def _place_flags(marks: dict[str, set[str]]) -> None:
    places = gazetteer()
    for made, number in places.names():
        words = made.split()
        if not ARABIC.fullmatch(words[0]):
            continue
        spots = places.spots(number)
        country = any(spot.kind == "PCLI" for spot in spots)
        if len(words) > 1:
            for word in words:
                marks[word].add("place_part")
            continue
        marks[made].add("place")
        if country or max(spot.population for spot in spots) >= LARGE:
            marks[made].add("place_large")
        if country:
            marks[made].add("country")


def table(count: int) -> dict[str, tuple[int, int]]:
    """Return frequency (Zipf scale times 20) and flags of each word that a source knows."""
    marks: dict[str, set[str]] = defaultdict(set)
    _people_flags(marks)
    _place_flags(marks)
    often = frequencies(count)
    for word in list(often)[:20_000]:
        marks[word].add("common")
    bits = {name: 1 << bit for bit, name in enumerate(FLAGS)}
    words = sorted(w for w in {*marks, *often} if ARABIC.fullmatch(w))
    return {w: (round(often.get(w, 0) * 20), sum(bits[f] for f in marks[w])) for w in words}


def worth(frequency: int, flags: int) -> int:
    """Return how much a word deserves a vector: its frequency, and more if it is a known name."""
    often = sum(1 << FLAGS.index(name) for name in ("given_often", "surname_often", "place_large"))
    return max(frequency + 4, 56) if flags & often else frequency
