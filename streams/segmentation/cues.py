"""The cue words of `data/cues.toml`, folded once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from streams.text.fold import fold_name


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
def openings(name: str) -> re.Pattern[str]:
    """Return a pattern for a folded line that opens with an entry of a list; longest first."""
    entries = sorted(words(name), key=lambda e: (-len(e), e))
    alternatives = "|".join(re.escape(e) + (r"(?!\w)" if e[-1].isalnum() else "") for e in entries)
    return re.compile(rf"[\W_]*(?P<cue>{alternatives})")
