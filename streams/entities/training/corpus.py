"""Reads annotated articles (JSON lines: ``article.text``, ``gold.entities``) for training."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from streams.entities.names_arabic import TOKEN
from streams.entities.tagger import BREAK, LABELS
from streams.text.fold import fold


@dataclass(frozen=True, slots=True)
class Document:
    """An article's folded words, two ``BREAK``s after each line, with the labels' numbers."""

    words: list[str]
    labels: list[int]


def _labels(spans: list[tuple[int, int]], entities: list[dict[str, object]]) -> list[int]:
    labels = [0] * len(spans)
    for entity in entities:
        begin = LABELS.index(f"B-{entity['type']}")
        inside = [at for at, (a, b) in enumerate(spans) if _overlap(entity, a, b)]
        for at in inside:
            labels[at] = begin if at == inside[0] else begin + 1
    return labels


def _overlap(entity: dict[str, object], start: int, end: int) -> bool:
    first, last = entity["start"], entity["end"]
    assert isinstance(first, int)
    assert isinstance(last, int)
    return start < last and first < end


def document(row: dict[str, dict[str, object]]) -> Document:
    """Return one annotated article as words and labels."""
    text, entities = row["article"]["text"], row["gold"]["entities"]
    assert isinstance(text, str)
    assert isinstance(entities, list)
    folded = fold(text)
    found = list(TOKEN.finditer(folded.text))
    labels = _labels([folded.source_span(m.start(), m.end()) for m in found], entities)
    words: list[str] = [BREAK, BREAK]
    marks = [0, 0]
    for match, label in zip(found, labels, strict=True):
        if match.group() == BREAK:
            words += (BREAK, BREAK)
            marks += (0, 0)
        else:
            words.append(match.group())
            marks.append(label)
    return Document([*words, BREAK, BREAK], [*marks, 0, 0])


def corpus(path: Path) -> list[Document]:
    """Return the documents of a file."""
    with path.open(encoding="utf-8") as file:
        return [document(json.loads(line)) for line in file]
