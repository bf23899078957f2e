"""Tags persons, places and organisations in Arabic by a small neural CRF, in numpy.

A word's own features give a vector that is kept while the worker runs; two layers look at
two words on either side, and a linear-chain CRF decides on the sentence.  Words that are
surely no name cut the chain, so that only the stretches between them are decoded, all in
one batch.  Weights: `streams.entities.training.train_tagger`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.entities.tagger_chain import chain
from streams.entities.tagger_features import describe
from streams.entities.tagger_words import WordTable, unpacked

Floats = NDArray[np.float32]
PATH = Path(__file__).parent / "data" / "tagger" / "arabic.npz"
LABELS = ("O", "B-PERS", "I-PERS", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
BREAK = "\n"
"""Stands between sentences; the model was trained with two of them."""
_SURE = 3.0
"""Lead in log space from which a word is no name whatever its neighbours are."""
_DOUBT = 1.6
"""Power that tempers the chain: of names to which it gives .65, about half are right.

Measured on the last fifth of the training articles with weights trained on the others.
"""
_PIECE = 4_000
"""Most words that are read at once, so that long texts need no more memory."""
_LONGEST = 48
"""Longest stretch that is decoded as one."""
_BLOCK = 30
"""Words of one product with a layer."""
_BATCH = 24
"""Words whose vectors are made at once.

Products of these sizes (below 262,144 multiplications) are computed by one thread, where
OpenBLAS would wake threads that wait for each other on a busy machine; and as the sizes
are always the same, a word's numbers are rounded the same whatever words come with it.
"""
_KEPT = 12_000
"""Words whose vectors are kept; 32 MB when full."""


@dataclass(slots=True)
class Tagged:
    """Words ``first`` to ``last`` (excluded) of the given sequence are a name."""

    first: int
    last: int
    label: str
    """``PERS``, ``LOC`` or ``ORG``."""
    confidence: float


@cache
def tagger() -> Tagger:
    """Return the tagger with the weights that ship."""
    with np.load(PATH) as file:
        return Tagger({name: file[name] for name in file.files})


def _lines(blob: NDArray[np.uint8]) -> list[str]:
    """Return the strings of a newline-joined blob."""
    return blob.tobytes().decode().split("\n")


class _Sums:
    """Rows of small integers with a scale each, and their sums."""

    def __init__(self, numbers: NDArray[np.int8], scales: NDArray[np.float16]) -> None:
        self._numbers = np.pad(numbers, ((0, 1), (0, 0)))
        self._scales = np.pad(scales.astype(np.float32), (0, 1))[:, None]

    def of(self, rows: Sequence[int], begins: Sequence[int]) -> Floats:
        """Return the sums of the stretches of ``rows`` that start at ``begins``; row -1 is zero."""
        return np.add.reduceat(self._numbers[rows] * self._scales[rows], begins, axis=0)


class Tagger:
    """A linear-chain CRF over two convolutions over cached word vectors."""

    def __init__(self, weights: dict[str, NDArray[Any]]) -> None:
        self.table = WordTable.of(
            _lines(weights["table_words"]), weights["table_frequency"], weights["table_flags"]
        )
        self._rows = {name: row for row, name in enumerate(_lines(weights["features"]))}
        self._word_vectors = weights["vectors"]
        self._word_step = weights["vector_step"]
        self._project = weights["project"].astype(np.float32)
        self._embedding = _Sums(weights["embedding"], weights["embedding_scale"])
        self._direct = _Sums(weights["direct"], weights["direct_scale"])
        self._bias = weights["bias"].astype(np.float32)
        first, second = weights["first"].astype(np.float32), weights["second"].astype(np.float32)
        self._reach = first.shape[0]
        self._edge = self._reach // 2 + 1
        self._first = np.ascontiguousarray(first)
        self._first_bias = weights["first_bias"].astype(np.float32)
        self._second = np.ascontiguousarray(second)
        self._second_bias = weights["second_bias"].astype(np.float32)
        self._out_first = weights["out_first"].astype(np.float32)
        self._out_second = weights["out_second"].astype(np.float32)
        self._out_bias = weights["out_bias"].astype(np.float32)
        self._log_steps = weights["transitions"].astype(np.float32)
        self._known: dict[str, int] = {}
        self._near = np.zeros((self._reach, _KEPT, first.shape[2]), dtype=np.float32)
        self._labels = np.zeros((_KEPT, 3 * len(LABELS)), dtype=np.float32)

    def tag(self, words: Sequence[str]) -> list[Tagged]:
        """Return the names in folded words; sentences are parted by two ``BREAK``s."""
        found: list[Tagged] = []
        begin = 0
        while begin < len(words):
            end = _end_of_piece(words, begin)
            rows = self._rows_of(words[begin:end])
            parted = rows[self._edge : -self._edge] == self._known[BREAK]
            found += (
                replace(name, first=name.first + begin, last=name.last + begin) if begin else name
                for name in self._decode(self._scores(rows), parted)
            )
            begin = end
        return found

    def emissions(self, words: Sequence[str]) -> Floats:
        """Return the score of each label for each word, before neighbours' labels count."""
        return self._scores(self._rows_of(words))

    def _rows_of(self, words: Sequence[str]) -> NDArray[np.int64]:
        edge = [BREAK] * self._edge
        return np.array(self._numbers([*edge, *words, *edge]), dtype=np.int64)

    def _scores(self, rows: NDArray[np.int64]) -> Floats:
        count = len(rows) - 2 * (self._edge - 1)
        blocks = -(-count // _BLOCK)
        hidden = np.zeros((blocks * _BLOCK, len(self._first_bias)), dtype=np.float32)
        mine = hidden[:count]
        mine += self._first_bias
        for offset in range(self._reach):
            mine += self._near[offset].take(rows[offset : offset + count], axis=0)
        np.maximum(mine, 0, out=mine)
        parts = hidden.reshape(blocks, _BLOCK, -1)
        deep = np.zeros((blocks * _BLOCK, len(self._second_bias)), dtype=np.float32)
        inner = deep[: count - 2]
        inner += self._second_bias
        for offset, layer in enumerate(self._second):
            product = (parts @ layer).reshape(deep.shape)
            inner += product[offset : offset + count - 2]
        np.maximum(inner, 0, out=inner)
        middle = (parts @ self._out_first).reshape(-1, len(LABELS))[1 : count - 1]
        scores = (deep.reshape(blocks, _BLOCK, -1) @ self._out_second).reshape(-1, len(LABELS))
        scores = middle + scores[: count - 2] + self._out_bias
        direct = self._labels[rows[self._edge - 1 : 1 - self._edge]]
        for offset in range(3):
            at = offset * len(LABELS)
            scores += direct[offset : offset + count - 2, at : at + len(LABELS)]
        return np.asarray(scores, dtype=np.float32)

    def _numbers(self, words: Sequence[str]) -> list[int]:
        """Return the rows of the words' vectors, making those that are new."""
        known = self._known
        missing = [word for word in dict.fromkeys(words) if word not in known]
        if len(known) + len(missing) > len(self._labels):
            known.clear()
            missing = list(dict.fromkeys(words))
        for at in range(0, len(missing), _BATCH):
            self._learn(missing[at : at + _BATCH])
        return [known[word] for word in words]

    def _learn(self, words: Sequence[str]) -> None:
        """Make and keep what up to ``_BATCH`` words add to the first layer and to the labels."""
        first = len(self._known)
        rows: list[int] = []
        begins: list[int] = []
        for number, word in enumerate(words):
            self._known[word] = first + number
            begins.append(len(rows))
            features = ["break"] if word == BREAK else describe(word, self.table)
            rows += [found for name in features if (found := self._rows.get(name)) is not None]
            rows.append(-1)
        self._labels[first : first + len(words)] = self._direct.of(rows, begins)
        summed = np.zeros((_BATCH, len(self._bias)), dtype=np.float32)
        summed[: len(words)] = self._embedding.of(rows, begins)
        summed = np.tanh(summed / 4 + self._own(words) @ self._project + self._bias)
        self._near[:, first : first + len(words)] = (summed @ self._first)[:, : len(words)]

    def _own(self, words: Sequence[str]) -> Floats:
        """Return the vectors of the words, zero where there is none."""
        count = len(self._word_vectors)
        found = [(row, self.table.vector_row(word, count)) for row, word in enumerate(words)]
        rows = [row for row, at in found if at is not None]
        vectors = np.zeros((_BATCH, len(self._word_step)), dtype=np.float32)
        at = np.array([at for _, at in found if at is not None], dtype=np.int64)
        vectors[rows] = unpacked(self._word_vectors[at], self._word_step)
        return vectors

    def _decode(self, scores: Floats, parted: NDArray[np.bool_]) -> list[Tagged]:
        """Return the best names and how probable they are."""
        rival = scores[:, 1].copy()
        for label in range(2, len(LABELS)):
            np.maximum(rival, scores[:, label], out=rival)
        lead = scores[:, 0] - rival
        lead[parted] = _SURE
        grid, inside = _stretches(np.flatnonzero(lead < _SURE))
        if not grid.size:
            return []
        best, chance = chain(scores[grid], inside, self._log_steps)
        labels = np.zeros(len(scores) + 1, dtype=np.int64)
        sure = np.ones(len(labels), dtype=np.float32)
        labels[grid[inside]], sure[grid[inside]] = best[inside], chance[inside]
        return list(_names(labels.tolist(), sure.tolist()))


def _end_of_piece(words: Sequence[str], begin: int) -> int:
    """Return where to stop reading at once: after a break if there is one."""
    end = min(begin + _PIECE, len(words))
    if end == len(words):
        return end
    return next((at for at in range(end, begin, -1) if words[at - 1] == BREAK), end)


def _stretches(at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return neighbouring positions as rows of a padded grid, and which cells are filled."""
    if not len(at):
        return np.zeros((0, 0), dtype=np.int64), np.zeros((0, 0), dtype=np.bool_)
    run = np.concatenate(([0], np.cumsum(np.diff(at) > 1)))
    begin = np.searchsorted(run, run)
    place = np.arange(len(at)) - begin
    row = np.cumsum(place % _LONGEST == 0) - 1
    column = place % _LONGEST
    grid = np.zeros((row[-1] + 1, column.max() + 1), dtype=np.int64)
    inside = np.zeros(grid.shape, dtype=np.bool_)
    grid[row, column], inside[row, column] = at, True
    return grid, inside


def _names(labels: Sequence[int], sure: Sequence[float]) -> Iterator[Tagged]:
    """Yield the names; the last label is none."""
    for first, label in enumerate(labels):
        if label % 2 == 0:
            continue
        inner = label + 1
        last = first + 1
        while labels[last] == inner:
            last += 1
        confidence = round(min(sure[first:last]) ** _DOUBT, 3)
        yield Tagged(first, last, LABELS[inner][2:], confidence)
