"""The linear chain: best labels and their probabilities for many stretches at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def chain(
    scores: Floats, inside: NDArray[np.bool_], steps: Floats
) -> tuple[NDArray[np.int64], Floats]:
    """Return the best path and the posterior probability of its labels.

    ``scores`` has a row per stretch, a column per word, and a score per label; ``inside``
    tells which cells are words, the rest being padding at the end; ``steps`` scores a label
    (row) followed by another (column).  The first label stands for what lies outside.
    """
    laid = np.where(inside[:, :, None], scores, _outside(scores.shape[2])).transpose(1, 2, 0)
    laid = np.ascontiguousarray(laid)
    chance = _posteriors(np.exp(laid - laid.max(axis=1, keepdims=True)), np.exp(steps))
    best = _viterbi(laid, steps)
    return best.T, np.take_along_axis(chance, best[:, None], axis=1)[:, 0].T


def _outside(labels: int) -> Floats:
    row = np.full(labels, -1e4, dtype=np.float32)
    row[0] = 0
    return row


def _viterbi(scores: Floats, steps: Floats) -> NDArray[np.int64]:
    """Return the best labels by word and stretch; ``scores`` by word, label and stretch.

    Stretches come last, since numpy is fast along the longest axis.
    """
    length, _, rows = scores.shape
    best = np.empty_like(scores)
    best[0] = scores[0] + steps[0][:, None]
    for at in range(1, length):
        best[at] = (best[at - 1][:, None] + steps[:, :, None]).max(axis=0) + scores[at]
    path = np.empty((length, rows), dtype=np.int64)
    path[-1] = (best[-1] + steps[:, 0][:, None]).argmax(axis=0)
    for at in range(length - 1, 0, -1):
        path[at - 1] = (best[at - 1] + steps[:, path[at]]).argmax(axis=0)
    return path


def _posteriors(chances: Floats, steps: Floats) -> Floats:
    """Return the labels' probabilities, laid out as ``chances``: by word, label and stretch."""
    ahead, behind = np.empty_like(chances), np.empty_like(chances)
    ahead[0], behind[-1] = steps[0][:, None], steps[:, 0][:, None]
    onward = np.ascontiguousarray(steps.T)
    for at in range(1, len(chances)):
        ahead[at] = onward @ _scaled(ahead[at - 1] * chances[at - 1])
        behind[-at - 1] = steps @ _scaled(behind[-at] * chances[-at])
    joint = ahead * behind * chances
    return np.asarray(joint / (joint.sum(axis=1, keepdims=True) + 1e-30), dtype=np.float32)


def _scaled(state: Floats) -> Floats:
    """Return the columns so that each adds up to one."""
    return np.asarray(state / (np.add.reduce(state, axis=0) + 1e-30), dtype=np.float32)
