"""How far words speak for one language before every other, whatever a vote may say.

What holds against every other language at once needs one number a word, so that most segments
of the news are read without adding up what each word says for each language.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from streams.translation.evidence import evidence

_KEPT = 16_384


@cache
def margin_of(language: str) -> Callable[[str], float]:
    """Return the function that tells by how much a word speaks for a language before any other."""

    @lru_cache(maxsize=_KEPT)
    def margin(word: str) -> float:
        said = evidence(word)
        others = [weight for code, weight in said.items() if code != language]
        return said.get(language, 0.0) - max(others, default=0.0)

    return margin
