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
    scores = np.where(inside[:, :, None], scores, _outside(scores.shape[2]))
    chance = _posteriors(np.exp(scores - scores.max(axis=2, keepdims=True)), np.exp(steps))
    best = _viterbi(scores, steps)
    return best, np.take_along_axis(chance, best[:, :, None], axis=2)[:, :, 0]


def _outside(labels: int) -> Floats:
    row = np.full(labels, -1e4, dtype=np.float32)
    row[0] = 0
    return row


def _viterbi(scores: Floats, steps: Floats) -> NDArray[np.int64]:
    rows, length, _ = scores.shape
    back = np.zeros(scores.shape, dtype=np.int64)
    best = scores[:, 0] + steps[0]
    for at in range(1, length):
        ways = best[:, :, None] + steps
        back[:, at] = ways.argmax(axis=1)
        best = np.take_along_axis(ways, back[:, at][:, None], axis=1)[:, 0] + scores[:, at]
    path = np.zeros((rows, length), dtype=np.int64)
    path[:, -1] = (best + steps[:, 0]).argmax(axis=1)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = back[np.arange(rows), at, path[:, at]]
    return path


def _posteriors(chances: Floats, steps: Floats) -> Floats:
    length = chances.shape[1]
    ahead = np.empty_like(chances)
    ahead[:, 0] = steps[0] * chances[:, 0]
    for at in range(1, length):
        ahead[:, at - 1] /= ahead[:, at - 1].sum(axis=1, keepdims=True) + 1e-30
        ahead[:, at] = (ahead[:, at - 1] @ steps) * chances[:, at]
    behind: Floats = np.tile(steps[:, 0], (len(chances), 1))
    for at in range(length - 1, -1, -1):
        ahead[:, at] *= behind
        behind = np.asarray((behind * chances[:, at]) @ steps.T, dtype=np.float32)
        behind /= behind.sum(axis=1, keepdims=True) + 1e-30
    return np.asarray(ahead / (ahead.sum(axis=2, keepdims=True) + 1e-30), dtype=np.float32)
