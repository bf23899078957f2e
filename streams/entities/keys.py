"""The form under which names are stored and looked up: folded words, single-spaced."""

from __future__ import annotations

import re
from functools import lru_cache

from streams.text.fold import fold, fold_name

WORD = re.compile(r"[^\W_]+")
"""A word of folded text; apostrophes, hyphens and full stops part words."""


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Return a name folded (`fold_name`), kept between articles, for names come again."""
    return fold_name(name)


def key(name: str) -> str:
    """Return the lookup key of a name: ``Al-Anbār`` and ``al anbar`` have the same."""
    return " ".join(WORD.findall(fold(name).text))
