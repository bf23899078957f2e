"""Reads the tables of expressions, and makes passages of bare texts."""

from __future__ import annotations

import csv
from pathlib import Path

from schemas.flag import FlaggedSegment
from streams.entities.candidate import Passage
from streams.text.fold import fold

TABLES = Path(__file__).parent / "tables"


def rows(name: str) -> list[tuple[str, list[str]]]:
    """Return the texts of a table, each with its expected items."""
    lines = (TABLES / name).read_text("utf-8").splitlines()
    table = csv.DictReader(
        (line for line in lines if not line.startswith("#") or "\t" in line),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    return [
        (row["text"], [] if row["expected"] == "-" else row["expected"].split(" | "))
        for row in table
    ]


def passage(text: str, *, start: int = 0, **segment: object) -> Passage:
    """Return a text as a passage of one paragraph."""
    values: dict[str, object] = {
        "index": 0, "kind": "paragraph", "start": start, "end": start + len(text),
        "language": "und", "script": "Zyyy", "language_confidence": 1.0,
        "needs_translation": False, "translation_reason": "undetermined",
    }  # fmt: skip
    made = FlaggedSegment.model_validate(values | segment)
    return Passage(made, text, start, fold(text))
