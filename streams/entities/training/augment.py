"""Swaps names in training text for others, so that the tagger learns places for names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from streams.entities.gazetteer import gazetteer
from streams.entities.tagger import LABELS
from streams.entities.tagger_words import WordTable, stem
from streams.entities.training.corpus import Document
from streams.entities.training.word_table import ARABIC, people

BEGIN_PERSON, PERSON, BEGIN_PLACE, PLACE = (
    LABELS.index(name) for name in ("B-PERS", "I-PERS", "B-LOC", "I-LOC")
)


@dataclass(frozen=True, slots=True)
class Pools:
    """Names to swap in, each as often as it is worth."""

    given: list[str]
    surnames: list[str]
    places: list[str]


def _pool(weights: Mapping[str, float], size: int, random: np.random.Generator) -> list[str]:
    names = sorted(w for w in weights if ARABIC.fullmatch(w) and 3 <= len(w) <= 10)
    share = np.array([weights[name] ** 0.5 for name in names])
    drawn = random.choice(len(names), min(size, len(names)), replace=False, p=share / share.sum())
    return [names[at] for at in drawn]


def pools(size: int, seed: int) -> Pools:
    """Return ``size`` given names, surnames and towns, well-known ones more likely."""
    random = np.random.default_rng(seed)
    parts, _ = people()
    towns: Counter[str] = Counter()
    places = gazetteer()
    for name, number in places.names():
        if ARABIC.fullmatch(name):
            towns[name] = max(spot.population for spot in places.spots(number))
    towns = Counter({name: count for name, count in towns.items() if count >= 30_000})
    return Pools(
        _pool(parts["given"], size, random),
        _pool(parts["surname"], size, random),
        _pool(towns, size, random),
    )


def swapped(
    document: Document, names: Pools, table: WordTable, share: float, random: np.random.Generator
) -> list[str]:
    """Return the words with about ``share`` of the people's names and half as many towns swapped.

    The same name is swapped for the same other all over the document.
    """
    chosen: dict[tuple[str, int], str] = {}
    words = list(document.words)
    for at, (word, label) in enumerate(zip(document.words, document.labels, strict=True)):
        following = document.labels[at + 1] if at + 1 < len(words) else 0
        pool = _fitting(label, following, names, random)
        if not pool or word[0] < "\u0590" or stem(word, table) != word:
            continue
        odds = share / 2 if label == BEGIN_PLACE else share
        swap = pool[int(random.integers(len(pool)))] if random.random() < odds else word
        words[at] = chosen.setdefault((word, label), swap)
    return words


def _fitting(
    label: int, following: int, names: Pools, random: np.random.Generator
) -> list[str] | None:
    if label == BEGIN_PLACE and following != PLACE:
        return names.places
    if label == PERSON:
        return names.given if following == PERSON else names.surnames
    if label == BEGIN_PERSON:
        alone = following != PERSON
        return names.surnames if alone and random.random() < 0.7 else names.given
    return None
