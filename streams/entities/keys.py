"""The form under which names are stored and looked up: folded words, single-spaced."""

from __future__ import annotations

import re

from streams.text.fold import fold

WORD = re.compile(r"[^\W_]+")
"""A word of folded text; apostrophes, hyphens and full stops part words."""


def key(name: str) -> str:
    """Return the lookup key of a name: ``Al-Anbār`` and ``al anbar`` have the same."""
    return " ".join(WORD.findall(fold(name).text))
