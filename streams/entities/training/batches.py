"""Turns documents into batches of arrays for training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from streams.entities.tagger import BREAK
from streams.entities.tagger_features import describe
from streams.entities.tagger_words import WordTable
from streams.entities.training.corpus import Document

_MOST = 48
"""Features of one word at most."""
_LONG, _MANY = 256, 1024
"""Lengths and word counts of batches are rounded up to these, so that few are compiled."""
FORGET_WORD, FORGET_FEATURE, FORGET_VECTOR = 0.15, 0.1, 0.3
"""Shares of words that lose their identity, of features, and of vectors left out in training."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Rows of features and vectors for every word that training meets."""

    table: WordTable
    features: list[str]
    rows: dict[str, int]
    ids: NDArray[np.int32]
    vectors: NDArray[np.float32]
    identity: NDArray[np.bool_]
    """Which features name the very word."""

    @classmethod
    def of(
        cls, table: WordTable, vectors: NDArray[np.float32], counts: Counter[str], least: int,
        more: Sequence[str],
    ) -> Lexicon:  # fmt: skip
        """Return the lexicon of the words in ``counts`` and ``more``."""
        words = list(dict.fromkeys([*counts, *more]))
        described = [["break"] if w == BREAK else describe(w, table) for w in words]
        often: Counter[str] = Counter()
        for word, found in zip(words, described, strict=True):
            for name in found:
                often[name] += counts[word]
        features = sorted(name for name, count in often.items() if count >= least)
        number = {name: n for n, name in enumerate(features, 1)}
        ids = np.zeros((len(words), _MOST), dtype=np.int32)
        for row, found in enumerate(described):
            mine = [number[name] for name in found if name in number][:_MOST]
            ids[row, : len(mine)] = mine
        dense = np.zeros((len(words), vectors.shape[1]), dtype=np.float32)
        for row, word in enumerate(words):
            at = table.vector_row(word, len(vectors))
            if at is not None:
                dense[row] = vectors[at]
        identity = np.array([False, *(name[1:2] == "=" for name in features)])
        return cls(table, features, {w: n for n, w in enumerate(words)}, ids, dense, identity)


def batches(
    documents: Sequence[Document], lexicon: Lexicon, size: int, random: np.random.Generator
) -> Iterator[tuple[np.ndarray, ...]]:
    """Yield features, vectors, words, labels and mask of batches, in random order."""
    order = sorted(
        range(len(documents)), key=lambda n: len(documents[n].words) + random.integers(0, 300)
    )
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    for group in random.permutation(len(groups)):
        mine = [documents[n] for n in groups[group]]
        words, labels, inside = _padded(mine, lexicon)
        rows, back = np.unique(words, return_inverse=True)
        features, vectors = _forgetful(rows, lexicon, random)
        yield features, vectors, back.reshape(words.shape).astype(np.int32), labels, inside


def _padded(documents: Sequence[Document], lexicon: Lexicon) -> tuple[np.ndarray, ...]:
    longest = max(len(document.words) for document in documents)
    shape = (len(documents), -(-longest // _LONG) * _LONG)
    words = np.full(shape, lexicon.rows[BREAK], dtype=np.int32)
    labels = np.zeros(shape, dtype=np.int32)
    inside = np.zeros(shape, dtype=np.float32)
    for row, document in enumerate(documents):
        length = len(document.words)
        words[row, :length] = [lexicon.rows[word] for word in document.words]
        labels[row, :length] = document.labels
        inside[row, :length] = 1
    return words, labels, inside


def _forgetful(
    rows: np.ndarray, lexicon: Lexicon, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the words' features and vectors, some left out so that none is relied on."""
    count = -(-len(rows) // _MANY) * _MANY
    features = np.zeros((count, lexicon.ids.shape[1]), dtype=np.int32)
    vectors = np.zeros((count, lexicon.vectors.shape[1]), dtype=np.float32)
    features[: len(rows)] = lexicon.ids[rows]
    vectors[: len(rows)] = lexicon.vectors[rows]
    unknown = random.random(count) < FORGET_WORD
    features[lexicon.identity[features] & unknown[:, None]] = 0
    features[random.random(features.shape) < FORGET_FEATURE] = 0
    vectors[random.random(count) < FORGET_VECTOR] = 0
    return features, vectors
