"""The words of a passage, cut once for all layers that look at words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from streams.text.fold import Folded

_PIECES = re.compile(r"([^\W_]+)")
_JOINTS: Final = frozenset({" ", "-", "'", ".", "  ", " - ", "/"})
"""What may stand between the words of one name."""
_SHORT: Final = 3
"""Longest abbreviation after which ``. `` does not end the name (``St. Louis``)."""
ARABIC: Final = "\u0590"
"""Letters above it have no capitals that matter here."""


class Words:
    """Words of a folded text in parallel lists; apostrophes, hyphens and full stops part words.

    Offsets count in the folded text.  A passage has some twenty words, most of which no layer
    asks about: what can be told from a list in one go is told so.
    """

    __slots__ = ("_folded", "_source", "gaps", "plain", "starts", "texts")

    def __init__(
        self, texts: list[str], starts: list[int], gaps: list[str], folded: Folded, source: str
    ) -> None:
        self.texts = texts
        self.starts = starts
        self.gaps = gaps
        """What stands before each word, and after the last one."""
        self.plain = "".join(texts).isalpha()
        """Whether no word has a digit."""
        self._folded = folded
        self._source = source

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, at: int) -> int:
        """Return where a word ends."""
        return self.starts[at] + len(self.texts[at])

    def text(self, at: int) -> str:
        """Return the word at a place, or nothing where there is none."""
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def joined(self, at: int) -> str:
        """Return the word at a place if a name may go on with it, or nothing."""
        return self.texts[at] if at < len(self.texts) and self.joint(at) else ""

    def joint(self, at: int) -> bool:
        """Tell whether a name may go on from the word before."""
        gap = self.gaps[at]
        return gap in _JOINTS or (gap == ". " and at > 0 and len(self.texts[at - 1]) <= _SHORT)

    def capital(self, at: int) -> bool:
        """Tell whether the source writes a word with a capital."""
        start = self.starts[at]
        return self.texts[at][0] <= ARABIC and self._source[self._folded.source(start)].isupper()

    def upper(self, at: int) -> bool:
        """Tell whether the source writes a word all in capitals."""
        begin, end = self._folded.source_span(self.starts[at], self.end(at))
        return self.texts[at][0] <= ARABIC and self._source[begin:end].isupper()

    def places(self, opens: frozenset[str], *, digits: bool = False) -> list[int]:
        """Return where the words of a set (`openings`) start, and those with ``digits``."""
        found = zip(self.texts, self.starts, strict=True)
        if digits and not self.plain:
            return [start for text, start in found if text in opens or not text.isalpha()]
        if opens.isdisjoint(self.texts):
            return []
        return [start for text, start in found if text in opens]

    def without(self, masked: Sequence[tuple[int, int]]) -> Words:
        """Return the words that begin outside the ``masked`` stretches of the folded text."""
        if not masked:
            return self
        hidden = sorted(masked)
        texts: list[str] = []
        starts: list[int] = []
        gaps: list[str] = []
        gap, first = "", 0
        for text, start, before in zip(self.texts, self.starts, self.gaps, strict=False):
            gap += before
            while first < len(hidden) and hidden[first][1] <= start:
                first += 1
            if first < len(hidden) and hidden[first][0] <= start:
                gap += text
                continue
            texts.append(text)
            starts.append(start)
            gaps.append(gap)
            gap = ""
        gaps.append(gap + self.gaps[-1])
        return Words(texts, starts, gaps, self._folded, self._source)


def openings(forms: Iterable[str], prefixes: Iterable[str] = ()) -> frozenset[str]:
    """Return the first words of ``forms``, with and without letters written to them.

    A pattern of these forms can match only where one of these words stands, so that it need not
    be tried elsewhere.
    """
    starts = ["", *prefixes]
    return frozenset([_PIECES.findall(start + form)[0] for form in forms for start in starts])


def cut(folded: Folded, source: str) -> Words:
    """Return the words of a fold of ``source``."""
    pieces = _PIECES.split(folded.text)
    starts = list(accumulate(map(len, pieces)))[:-1:2]
    return Words(pieces[1::2], starts, pieces[::2], folded, source)
