"""Small word lists of the room: cues beside places, words and names that are also places."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streams.entities.keys import key
from streams.text.fold import fold_name

_DATA = Path(__file__).parent / "data"


@cache
def listed(name: str) -> frozenset[str]:
    """Return the folded words of ``data/words/<name>.txt``."""
    lines = (_DATA / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold_name(line) for line in lines if line and not line.startswith("#"))


@cache
def well_known() -> frozenset[str]:
    """Return the keys of the names in ``data/places/aliases.tsv``: towns of the news."""
    lines = (_DATA / "places" / "aliases.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[2:] if line and not line.startswith("#"))
    return frozenset(key(name) for row in rows for name in (row[1], *row[2].split("|")))


@cache
def _cues() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in (_DATA / "places" / "cues.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _language, words = line.split("\t")
            folded = frozenset(fold_name(word) for word in words.split("|"))
            table[name] = table.get(name, frozenset()) | folded
    return table


def cue(name: str) -> frozenset[str]:
    """Return the folded words of a cue, in every language."""
    return _cues()[name]
