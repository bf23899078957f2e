"""The cue words of `data/cues.toml`, folded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from schemas.segment import SegmentKind
from streams.text.fold import fold_name

OPENINGS = (
    "related", "related_needs_mark", "caption", "boilerplate", "boilerplate_needs_channel",
)  # fmt: skip
"""Lists of words that a line opens with."""

_ORNAMENT = " \t*-_•●▪◾◼►▶»>|#!.:\"'📌📷📸🎥🔴🔵🔹🔸✅⚡👈⬅➡"


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    text = files("streams.segmentation").joinpath("data", "cues.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def words(name: str, language: str | None = None) -> frozenset[str]:
    """Return a list's entries, folded, in one language or in all."""
    lists = _lists()[name]
    chosen = lists.values() if language is None else [lists.get(language, [])]
    return frozenset(fold_name(entry) for entries in chosen for entry in entries)


@cache
def pattern(name: str, language: str | None = None) -> str:
    """Return a list's entries as alternatives of a regular expression, the longest first."""
    entries = sorted(words(name, language), key=lambda e: (-len(e), e))
    return "|".join(re.escape(entry) for entry in entries)


@cache
def _openings() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return entry and list of all openings by their first two characters, the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in OPENINGS:
        for entry in words(name):
            found.setdefault(entry[:2], []).append((entry, name))
    return {head: tuple(sorted(e, key=lambda x: (-len(x[0]), x))) for head, e in found.items()}


def opening_cues(folded: str) -> Sequence[tuple[str, str]]:
    """Return the list of each cue that a folded line opens with and what follows the cue."""
    opened = folded.lstrip(_ORNAMENT) if folded[:1] in _ORNAMENT else folded
    openings = _openings()
    found = openings.get(opened[:2]) or openings.get(opened[:1])
    if not found:
        return ()
    cues: list[tuple[str, str]] = []
    for entry, name in found:
        if opened.startswith(entry):
            rest = opened[len(entry) :]
            if not (entry[-1].isalnum() and rest[:1].isalnum()):
                cues.append((name, rest))
    return cues


@lru_cache(maxsize=1024)
def markup_classes(value: str) -> SegmentKind | None:
    """Return the kind that a tag's class attribute tells, if it does."""
    names = value.lower().split()
    for kind, cues in _lists()["markup_class"].items():
        if any(_is_class(cue, name) for cue in cues for name in names):
            return cast("SegmentKind", kind)
    return None


def _is_class(cue: str, name: str) -> bool:
    """Whether a class is a cue or has it as its own first or last part (``post-share``)."""
    return name == cue or name.startswith(cue + "-") or name.endswith("-" + cue)
