"""The words around names that a person can edit: ``data/names/*.tsv`` and the lists of names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from streams.text.fold import fold_name

DATA = Path(__file__).parent / "data" / "names"


@dataclass(frozen=True, slots=True)
class Cues:
    """Folded words and phrases by the kind of cue they are, and the id of their line."""

    kinds: dict[str, dict[str, str]]
    """Kind (``title``, ``say``, ``place`` …) → phrase → id."""
    ids: dict[str, frozenset[str]]
    """Id (``honorific``, ``place_head`` …) → phrases."""

    def kind(self, name: str) -> dict[str, str]:
        """Return the phrases of a kind with their ids."""
        return self.kinds.get(name, {})


@cache
def cues(language: str) -> Cues:
    """Return the cue words of ``arabic`` or ``english``."""
    kinds: dict[str, dict[str, str]] = {}
    ids: dict[str, frozenset[str]] = {}
    for line in (DATA / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        name, kind, words = line.split("\t")
        phrases = [fold_name(word) for word in words.split("|")]
        ids[name] = frozenset(phrases)
        for phrase in phrases:
            kinds.setdefault(kind, {}).setdefault(phrase, name)
    return Cues(kinds, ids)


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of ``data/names/NAME.txt``, one a line."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
