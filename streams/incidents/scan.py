"""Finds where the forms of a lexicon stand in a folded sentence, reading each word once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Generic, Literal, TypeVar

from streams.incidents.openings import DEPTH, alternatives, openings

Value = TypeVar("Value")
Clitics = Literal["none", "conjunction", "all"]
"""What may be written on to the word: nothing, و and ف, or prepositions and articles too."""

_WORD = re.compile(r"(?<![\w-])\w")
KEY = 4 + DEPTH
"""Letters of a word that decide what may stand there: clitics and an opening."""

REMEMBERED = 1 << 14
"""Words whose openings are kept."""

_compiled = cache(re.compile)
"""Compiles a form when the first word opens as it does, not before."""


class Scanner(Generic[Value]):
    """The forms of one language, each with its value; built once, read often.

    A form is a regular expression over folded text, matched from the edge of a word (in Arabic
    also after clitics) to the edge of a word.
    """

    def __init__(self, forms: Iterable[tuple[Value, str]], *, clitics: Clitics, tail: str) -> None:
        """Index ``forms``; ``clitics`` may stand before each, ``tail`` is how each ends."""
        self._clitics = clitics
        self._values: list[Value] = []
        self._tries = lru_cache(maxsize=REMEMBERED)(self._tries_of)
        self._index: dict[str, list[tuple[int, str]]] = {}
        for value, form in forms:
            number = len(self._values)
            self._values.append(value)
            by_opening: dict[str, list[str]] = {}
            for alternative in alternatives(form):
                for opening in openings(alternative):
                    by_opening.setdefault(opening, []).append(alternative)
            for opening, some in by_opening.items():
                self._index.setdefault(opening, []).append(
                    (number, f"(?P<t>{'|'.join(some)}){tail}")
                )

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Yield (start, end, value) of every match; matches of one form do not overlap."""
        free: dict[int, int] = {}
        tries = self._tries
        for word in _WORD.finditer(text):
            at = word.start()
            done: set[int] = set()
            for offset, number, pattern in tries(text[at : at + KEY]):
                if number in done or free.get(number, 0) > at:
                    continue
                match = pattern.match(text, at + offset)
                if match is not None:
                    done.add(number)
                    free[number] = match.end()
                    yield at + offset, match.end("t"), self._values[number]

    def _tries_of(self, letters: str) -> tuple[tuple[int, int, re.Pattern[str]], ...]:
        """Return what to try at a word by its first letters, longest openings first."""
        starts = [*_after_clitics(letters, self._clitics), 0]
        return tuple(
            (start, number, _compiled(pattern))
            for start in starts
            for length in range(DEPTH, -1, -1)
            if start + length <= len(letters)
            for number, pattern in self._index.get(letters[start : start + length], ())
        )


def _after_clitics(word: str, clitics: Clitics) -> Iterator[int]:
    """Yield the places after an Arabic word's clitics (و ف, ب ل ك, ال ل), the furthest first."""
    if clitics == "none":
        return
    seen = {0}
    for joined in (1, 0) if word[0] in "وف" else (0,):
        for place in _after_prefix(word, joined) if clitics == "all" else (joined,):
            if place not in seen:
                seen.add(place)
                yield place


def _after_prefix(word: str, joined: int) -> Iterator[int]:
    for at in (joined + 1, joined) if word[joined : joined + 1] in _PREFIXES else (joined,):
        if word.startswith(("ال", "ل"), at):
            yield at + (2 if word.startswith("ال", at) else 1)
        yield at


_PREFIXES = frozenset("بلك")
