"""Trains the Arabic tagger: ``python -m streams.entities.training.train_tagger TRAIN.jsonl``.

Needs the extra ``training``.  TRAIN.jsonl has annotated articles (`corpus`); the tagger
that ships was trained on ANERcorp's, four fifths of the CAMeL split's training part (CC
BY-SA 4.0, see ``data/tagger/NOTICE``).  About ten minutes on one core.  With
``--held-out DEV.jsonl`` the F1 there is printed; nothing is chosen by it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from streams.entities.tagger import PATH, Tagger
from streams.entities.tagger_words import WordTable, unpacked
from streams.entities.training import network, word_table, word_vectors
from streams.entities.training.augment import Pools, pools, swapped
from streams.entities.training.batches import Lexicon, batches
from streams.entities.training.corpus import Document, corpus
from streams.entities.training.score import f1

WORDS = 100_000
"""Most used words that the table holds besides names."""
VECTORS = 80_000
"""Words that have a vector: the most used ones and the names borne most."""
SIZE = 72
LEAST = 2
"""How often a feature must occur in training."""
EPOCHS = 60
BATCH = 8
RATE = 2e-3
DROP = 0.4
SWAP = 0.15
_STEPS = 7
"""Steps to either side of 0 that features are rounded to; the zip file packs them."""


def table_and_vectors() -> tuple[dict[str, tuple[int, int]], dict[str, Any]]:
    """Return the word table, words with vectors first, and the arrays of the vectors."""
    known = word_table.table(WORDS)
    ranked = sorted(known, key=lambda w: (-word_table.worth(*known[w]), w))
    spelt = word_table.spellings(WORDS)
    vectors = word_vectors.encode([spelt.get(word, word) for word in ranked[:VECTORS]])
    packed, step = word_vectors.reduced(vectors, SIZE)
    return {word: known[word] for word in ranked}, {"vectors": packed, "vector_step": step}


def optimised(
    documents: list[Document], lexicon: Lexicon, names: Pools, seed: int
) -> dict[str, np.ndarray]:
    """Return parameters after all epochs of Adam with a falling rate."""
    random = np.random.default_rng(seed)
    shape = network.Shape(len(lexicon.features) + 1, lexicon.vectors.shape[1])
    parameters = network.initial(shape, seed)
    moments = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    total, done = EPOCHS * -(-len(documents) // BATCH), 0
    key = jax.random.PRNGKey(seed)
    for epoch in range(EPOCHS):
        varied = [
            Document(swapped(d, names, lexicon.table, SWAP, random), d.labels) for d in documents
        ]
        losses = []
        for batch in batches(varied, lexicon, BATCH, random):
            done += 1
            rate = RATE * min(1, done / 20) * (1 - done / (total + 1))
            key, now = jax.random.split(key)
            parameters, moments, loss = step(parameters, moments, (rate, done), batch, now)
            losses.append(float(loss))
        sys.stdout.write(f"epoch {epoch}: loss {np.mean(losses):.4f}\n")
        sys.stdout.flush()
    return {name: np.asarray(value) for name, value in parameters.items()}


@jax.jit  # type: ignore[untyped-decorator]  # jax is not installed where mypy runs
def step(
    parameters: network.Parameters, moments: list[Any], pace: tuple[Any, Any],
    batch: tuple[jax.Array, ...], key: Any,
) -> tuple[network.Parameters, list[Any], jax.Array]:  # fmt: skip
    """Return the parameters and moments after one step of AdamW."""
    features, vectors, words, labels, inside = batch

    def loss(p: network.Parameters) -> jax.Array:
        scores = network.emissions(p, (features, vectors), words, key, DROP)
        return network.surprise(p, scores, labels, inside)

    value, slope = jax.value_and_grad(loss)(parameters)
    rate, count = pace
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, moments[0], slope)
    second = jax.tree.map(lambda v, g: 0.99 * v + 0.01 * g * g, moments[1], slope)
    moved = jax.tree.map(
        lambda p, m, v: p * (1 - rate * 1e-3)
        - rate * (m / (1 - 0.9**count)) / (jnp.sqrt(v / (1 - 0.99**count)) + 1e-8),
        parameters, first, second,
    )  # fmt: skip
    return moved, [first, second], value


def packed(
    parameters: dict[str, np.ndarray], lexicon: Lexicon, extra: dict[str, Any]
) -> dict[str, Any]:
    """Return the arrays of the file that ships."""
    out = dict(extra)
    for name in ("embedding", "direct"):
        rows = parameters[name][1:]
        scale = np.abs(rows).max(axis=1) / _STEPS + 1e-8
        out[name] = np.round(rows / scale[:, None]).astype(np.int8)
        out[f"{name}_scale"] = scale.astype(np.float16)
    for name in ("first", "second", "project"):
        out[name] = parameters[name].astype(np.float16)
    for name in ("bias", "first_bias", "second_bias", "out_first", "out_second", "out_bias"):
        out[name] = parameters[name]
    out["transitions"] = parameters["transitions"] + network.steps_allowed()
    out["features"] = blob(lexicon.features)
    return out


def blob(lines: list[str]) -> np.ndarray:
    """Return strings as one newline-joined array of bytes."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def main() -> int:
    """Train on the file that is named, write the weights, and print the F1 if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=PATH)
    options = parser.parse_args()
    documents = corpus(options.train)
    known, vectors = table_and_vectors()
    frequency = np.array([value[0] for value in known.values()], dtype=np.uint8)
    flags = np.array([value[1] for value in known.values()], dtype=np.uint16)
    table = WordTable.of(known, frequency, flags)
    names = pools(5_000, options.seed)
    counts = Counter(word for document in documents for word in document.words)
    lexicon = Lexicon.of(
        table, unpacked(vectors["vectors"], vectors["vector_step"]), counts, LEAST,
        [*names.given, *names.surnames, *names.places],
    )  # fmt: skip
    parameters = optimised(documents, lexicon, names, options.seed)
    extra = {"table_words": blob(list(known)), "table_frequency": frequency, "table_flags": flags}
    np.savez_compressed(options.out, **packed(parameters, lexicon, {**extra, **vectors}))
    if options.held_out:
        with np.load(options.out) as file:
            made = Tagger({name: file[name] for name in file.files})
        sys.stdout.write(f"{f1(made, corpus(options.held_out))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
