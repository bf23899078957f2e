"""Exact-span F1 of a tagger on annotated documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from streams.entities.tagger import LABELS, Tagger
from streams.entities.training.corpus import Document


def gold(document: Document) -> set[tuple[int, int, str]]:
    """Return the annotated names of a document."""
    found, first = set(), 0
    for at, label in enumerate([*document.labels, 0]):
        before = document.labels[at - 1] if at else 0
        if before and label != before + before % 2:
            found.add((first, at, LABELS[before][2:]))
        if label % 2:
            first = at
    return found


def f1(tagger: Tagger, documents: Sequence[Document], least: float = 0.5) -> dict[str, float]:
    """Return precision, recall and F1 of names of at least a confidence, and F1 by type."""
    counts: dict[str, Counter[str]] = {"right": Counter(), "found": Counter(), "gold": Counter()}
    for document in documents:
        wanted = gold(document)
        tagged = tagger.tag(document.words)
        given = {(t.first, t.last, t.label) for t in tagged if t.confidence >= least}
        for name, names in (("right", wanted & given), ("found", given), ("gold", wanted)):
            counts[name].update(label for _, _, label in names)
    right, found, total = (sum(counts[name].values()) for name in ("right", "found", "gold"))
    scores = {
        label: 2 * counts["right"][label] / (counts["found"][label] + counts["gold"][label])
        for label in sorted(counts["gold"])
    }
    overall = {
        "precision": right / found,
        "recall": right / total,
        "f1": 2 * right / (found + total),
    }
    return {name: round(value, 4) for name, value in {**overall, **scores}.items()}
