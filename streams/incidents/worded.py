"""Expressions that start with a word, sought only where a word stands that can start them.

Few sentences hold a word of a given expression.  `may` tells for all expressions at once which
a text can hold; what a piece of text can start is worked out once, from the `openings` of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from streams.incidents.openings import DEPTH, openings

_WORD: Final = re.compile(r"\w+")

REMEMBERED: Final = 1 << 15
"""Pieces of text of which is kept what they can start."""

LONGEST: Final = 40
"""Letters of a piece that is kept."""

_index: Final[dict[str, list[tuple[str, int]]]] = {}
"""Openings with the bit of their expression, by the letters in the opening's first word."""

EXPRESSIONS: Final[list[Worded]] = []
"""All expressions, by their bits."""

_known: Final[dict[str, int]] = {}


class Worded:
    """A regular expression whose matches start at the edge of a word, with a bit of its own."""

    def __init__(self, forms: str, pattern: str | None = None) -> None:
        """Take ``forms`` from the edge of a word, or a ``pattern`` that holds one of them."""
        self.pattern: Final = re.compile(pattern or rf"(?<!\w)(?:{forms})")
        self.bit: Final = 1 << len(EXPRESSIONS)
        firsts = {opening: _first_word(opening) for opening in openings(forms)}
        if any(opening and not first for opening, first in firsts.items()):
            raise ValueError(f"{forms!r} does not start with a word")
        for opening, first in firsts.items():
            _index.setdefault(first, []).append((opening, self.bit))
        EXPRESSIONS.append(self)
        _known.clear()


def may(pieces: Sequence[str]) -> int:
    """Return the bits of the expressions that a text can hold, by what spaces part in it."""
    bits = 0
    for piece in pieces:
        found = _known.get(piece)
        bits |= _learnt(piece) if found is None else found
    return bits


def _learnt(piece: str) -> int:
    bits = 0
    for match in _WORD.finditer(piece):
        word = match.group()
        for length in range(min(DEPTH, len(word)) + 1):
            for opening, bit in _index.get(word[:length], ()):
                # An opening that goes on behind its first word needs a word that ends there.
                if length in {len(opening), len(word)}:
                    bits |= bit
    if len(_known) >= REMEMBERED:
        _known.clear()
    if len(piece) <= LONGEST:
        _known[piece] = bits
    return bits


def _first_word(opening: str) -> str:
    word = _WORD.match(opening)
    return word.group() if word is not None else ""
