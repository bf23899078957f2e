"""What the Arabic tagger knows of a word by itself: how often it is used, whose name it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FLAGS = (
    "given", "given_often", "surname", "surname_often", "full_first", "full_last", "place",
    "place_large", "place_part", "country", "common",
)  # fmt: skip
"""Bits of a word's flags, lowest first."""
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
_PREFIXES = (*_CONJUNCTIONS, *_PREPOSITIONS)


@dataclass(frozen=True, slots=True)
class WordTable:
    """Frequency (Zipf scale times 20) and flags of folded words."""

    rows: dict[str, int]
    frequency: bytes
    """Zipf scale times 20 by row."""
    flags: Sequence[int]

    @classmethod
    def of(
        cls, words: Iterable[str], frequency: NDArray[np.uint8], flags: NDArray[np.uint16]
    ) -> WordTable:
        """Return the table of the words, which stand in the order of the columns."""
        rows = {word: row for row, word in enumerate(words)}
        return cls(rows, frequency.tobytes(), flags.tolist())

    def use(self, word: str) -> int:
        """Return how often a word is used: Zipf scale times 20, 0 where unknown."""
        row = self.rows.get(word)
        return 0 if row is None else self.frequency[row]

    def mark(self, word: str) -> int:
        """Return a word's flags."""
        row = self.rows.get(word)
        return 0 if row is None else self.flags[row]

    def vector_row(self, word: str, count: int) -> int | None:
        """Return which of the first ``count`` rows is the word's or its stem's, if one is."""
        row = self.rows.get(word)
        if row is None or row >= count:
            row = self.rows.get(stem(word, self))
        return None if row is None or row >= count else row


def _cuts(word: str) -> Iterator[str]:
    """Yield the readings of a word without one prefix more than the one before."""
    rest = word
    if rest[:1] in _CONJUNCTIONS and len(rest) > 3:
        rest = rest[1:]
        yield rest
    if rest[:2] == "لل" and len(rest) > 4:
        yield "ال" + rest[2:]
        yield rest[1:]
    elif rest[:1] in _PREPOSITIONS and len(rest) > 3:
        yield rest[1:]


def stem(word: str, table: WordTable) -> str:
    """Return a folded word without the prefixes that the table shows to be no part of it.

    A cut counts where the rest is known and used at least half as often as the whole.
    """
    if word[:1] not in _PREFIXES or len(word) < 4:
        return word
    best, use = word, table.use(word)
    for rest in _cuts(word):
        row = table.rows.get(rest)
        if row is not None and table.frequency[row] + 6 >= use:
            best, use = rest, max(table.frequency[row], use)
    return best


def unpacked(rows: NDArray[np.uint8], step: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors that are kept in 4 bits a component, two a byte, centred on 8."""
    numbers = np.empty((len(rows), 2 * rows.shape[1]), dtype=np.float32)
    numbers[:, 0::2], numbers[:, 1::2] = rows >> 4, rows & 15
    return np.asarray((numbers - 8) * step, dtype=np.float32)
