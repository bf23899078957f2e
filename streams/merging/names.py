"""Compares people's names across spellings: Velásquez and Velazquez, Mohammed and Muhammad.

Words are reduced to the consonants that transliterations and typing errors leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

SHARED = 2
"""Words that two names of one person have in common at least."""

_ALIKE = str.maketrans("zqkv", "sccb")
_VOWELS = re.compile(r"(?<=.)[aeiouyhw'’-]+")
_TWICE = re.compile(r"(.)\1+")
_PARTICLES = frozenset(
    {
        "abu", "al", "and", "ben", "bin", "bint", "da", "de", "del", "der", "di", "do", "dos", "el",
        "ibn", "la", "las", "los", "the", "van", "von",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """Return a folded word without what spellings differ in; empty for a particle."""
    if word in _PARTICLES:
        return ""
    return _TWICE.sub(r"\1", _VOWELS.sub("", word.translate(_ALIKE)))


Name = frozenset[str]
"""The reduced words of a name."""


def reduced(names: Iterable[str]) -> frozenset[Name]:
    """Return the reduced words of each folded name that has two of them or more."""
    found = (frozenset(s for word in name.split() if (s := skeleton(word))) for name in names)
    return frozenset(words for words in found if len(words) >= SHARED)


def same(one: Name, other: Name) -> bool:
    """Tell whether two names are one person's.

    The shorter is a part of the longer, or they share more than the given names that many have.
    """
    common = len(one & other)
    return common >= SHARED and (common > SHARED or common == min(len(one), len(other)))


def meet(one: frozenset[Name], other: frozenset[Name]) -> bool:
    """Tell whether somebody is named in both."""
    return any(same(a, b) for a in one for b in other)


def couples(names: Iterable[Name]) -> Iterator[str]:
    """Yield every two words of each name; names of one person have one in common."""
    for name in names:
        for one, other in combinations(sorted(name), SHARED):
            yield f"{one} {other}"
