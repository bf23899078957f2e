"""The tagger's network in JAX, for training; `streams.entities.tagger` runs it in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from streams.entities.tagger import LABELS

Parameters = dict[str, Any]
FORBIDDEN = -1e4
REACH = 5
"""Words that the first layer sees: two on either side."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the layers."""

    features: int
    vectors: int
    word: int = 80
    first: int = 128
    second: int = 64


def steps_allowed() -> np.ndarray:
    """Return scores that forbid a name to go on without having begun."""
    scores = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for inner in (2, 4, 6):
        for before in range(len(LABELS)):
            if before not in {inner, inner - 1}:
                scores[before, inner] = FORBIDDEN
    return scores


def initial(shape: Shape, seed: int) -> Parameters:
    """Return parameters to start from; feature 0 is padding and stays silent."""
    random = np.random.default_rng(seed)
    labels = len(LABELS)

    def drawn(*size: int) -> jax.Array:
        spread = (2 / (size[-2] + size[-1])) ** 0.5
        return jnp.asarray(random.normal(0, spread, size), dtype=jnp.float32)

    embedding = random.normal(0, 0.1, (shape.features, shape.word))
    return {
        "embedding": jnp.asarray(embedding, dtype=jnp.float32),
        "project": drawn(shape.vectors, shape.word),
        "bias": jnp.zeros(shape.word),
        "first": drawn(REACH, shape.word, shape.first),
        "first_bias": jnp.zeros(shape.first),
        "second": drawn(3, shape.first, shape.second),
        "second_bias": jnp.zeros(shape.second),
        "out_first": drawn(shape.first, labels),
        "out_second": drawn(shape.second, labels),
        "out_bias": jnp.zeros(labels),
        "direct": jnp.zeros((shape.features, 3 * labels)),
        "transitions": jnp.zeros((labels, labels)),
    }


def _shift(values: jax.Array, offset: int) -> jax.Array:
    padded = jnp.pad(values, ((0, 0), (max(-offset, 0), max(offset, 0)), (0, 0)))
    return padded[:, max(offset, 0) :][:, : values.shape[1]]


def _drop(values: jax.Array, key: Any, share: float) -> jax.Array:
    if key is None:
        return values
    return values * jax.random.bernoulli(key, 1 - share, values.shape) / (1 - share)


def emissions(
    p: Parameters, known: tuple[jax.Array, jax.Array], words: jax.Array, key: Any, share: float
) -> jax.Array:
    """Return label scores of a batch; ``words`` index the features and vectors known."""
    features, vectors = known
    keys = (None, None, None) if key is None else jax.random.split(key, 3)
    embedding = p["embedding"].at[0].set(0)[features].sum(1) / 4
    word = jnp.tanh(embedding + vectors @ p["project"] + p["bias"])[words]
    word = _drop(word, keys[0], share)
    first = sum(_shift(word @ p["first"][n], n - REACH // 2) for n in range(REACH))
    first = jax.nn.relu(first + p["first_bias"])
    dropped = _drop(first, keys[1], share)
    second = sum(_shift(dropped @ p["second"][n], n - 1) for n in range(3))
    second = _drop(jax.nn.relu(second + p["second_bias"]), keys[2], share)
    direct = p["direct"].at[0].set(0)[features].sum(1)[words]
    direct = direct.reshape(*words.shape, 3, len(LABELS))
    scores = first @ p["out_first"] + second @ p["out_second"] + p["out_bias"]
    return scores + sum(_shift(direct[:, :, n], n - 1) for n in range(3))


def surprise(p: Parameters, scores: jax.Array, labels: jax.Array, inside: jax.Array) -> jax.Array:
    """Return the mean negative log likelihood of the labels per word under the chain."""
    steps = p["transitions"] + steps_allowed()
    opening = np.where(np.isin(np.arange(len(LABELS)), (2, 4, 6)), FORBIDDEN, 0.0)

    def forward(ahead: jax.Array, at: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        score, real = at
        following = jax.nn.logsumexp(ahead[:, :, None] + steps[None], axis=1) + score
        return jnp.where(real[:, None] > 0, following, ahead), None

    rest = (scores[:, 1:].swapaxes(0, 1), inside[:, 1:].T)
    ahead, _ = jax.lax.scan(forward, scores[:, 0] + opening, rest)
    gold = (jnp.take_along_axis(scores, labels[:, :, None], 2)[:, :, 0] * inside).sum()
    gold += (steps[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]).sum()
    return (jax.nn.logsumexp(ahead, axis=1).sum() - gold) / inside.sum()
