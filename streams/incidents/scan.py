"""Finds where the forms of a lexicon stand in a folded sentence, reading each word once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, Generic, Literal, TypeVar

from streams.incidents.openings import DEPTH, alternatives, openings

Value = TypeVar("Value")
Clitics = Literal["none", "conjunction", "all"]
"""What may be written on to the word: nothing, و and ف, or prepositions and articles too."""

Try = tuple[int, int, str, int, re.Pattern[str]]
"""Where a word starts, where a form may start in it, an opening of the form that goes on behind
the word, the form's number and its pattern."""

_WORD: Final = re.compile(r"[\w-]+")

REMEMBERED: Final = 1 << 15
"""Pieces of text of which is kept what may stand there."""

LONGEST: Final = 40
"""Letters of a piece that is kept."""

_compiled = cache(re.compile)
"""Compiles a form when the first word opens as it does, not before."""


class Scanner(Generic[Value]):
    """The forms of one language, each with its value; built once, read often.

    A form is a regular expression over folded text, matched from the edge of a word (in Arabic
    also after clitics) to the edge of a word.
    """

    def __init__(self, forms: Iterable[tuple[Value, str]], *, clitics: Clitics, tail: str) -> None:
        """Index ``forms``; ``clitics`` may stand before each, ``tail`` is how each ends."""
        self._clitics: Clitics = clitics
        self._values: list[Value] = []
        self._tries: dict[str, tuple[Try, ...]] = {}
        self._index: dict[str, list[tuple[str, int, str]]] = {}
        for value, form in forms:
            number = len(self._values)
            self._values.append(value)
            by_opening: dict[str, list[str]] = {}
            for alternative in alternatives(form):
                for opening in openings(alternative):
                    by_opening.setdefault(opening, []).append(alternative)
            for opening, some in by_opening.items():
                pattern = f"({'|'.join(some)}){tail}"
                self._index.setdefault(_first_word(opening), []).append((opening, number, pattern))

    def find(self, text: str, pieces: Sequence[str] | None = None) -> list[tuple[int, int, Value]]:
        """Return (start, end, value) of every match; matches of one form do not overlap.

        ``pieces`` are what spaces part in the text, where they are already known.
        """
        found: list[tuple[int, int, Value]] = []
        free: dict[int, int] = {}
        known = self._tries
        begin = 0
        for piece in text.split(" ") if pieces is None else pieces:
            tries = known.get(piece)
            if tries is None:
                tries = self._learnt(piece)
            for word, offset, opening, number, pattern in tries:
                if free.get(number, 0) > begin + word:
                    continue
                at = begin + offset
                if opening and not text.startswith(opening, at):
                    continue
                match = pattern.match(text, at)
                if match is not None:
                    free[number] = match.end()
                    found.append((at, match.end(1), self._values[number]))
            begin += len(piece) + 1
        return found

    def _learnt(self, piece: str) -> tuple[Try, ...]:
        """Keep and return what to try in a piece of text without spaces, longest openings first."""
        tries: list[Try] = []
        for match in _WORD.finditer(piece):
            word = match.group()
            if word[0] != "-":
                for start in _after_clitics(word, self._clitics):
                    tries += self._tries_at(word, start, match.start())
        if len(self._tries) >= REMEMBERED:
            self._tries.clear()
        if len(piece) <= LONGEST:
            self._tries[piece] = tuple(tries)
        return tuple(tries)

    def _tries_at(self, word: str, start: int, at: int) -> list[Try]:
        found: list[tuple[str, int, str]] = []
        rest = len(word) - start
        for length in range(min(DEPTH, rest), -1, -1):
            some = self._index.get(word[start : start + length], ())
            # An opening that goes on behind its first word needs a word that ends there.
            found += [e for e in some if length in {len(e[0]), rest}]
        found.sort(key=lambda entry: -len(entry[0]))
        return [
            (at, at + start, opening if len(opening) > rest else "", number, _compiled(pattern))
            for opening, number, pattern in found
        ]


def _first_word(opening: str) -> str:
    """Return the letters of an opening that stand in its first word."""
    word = _WORD.match(opening)
    return word.group() if word is not None else ""


def _after_clitics(word: str, clitics: Clitics) -> list[int]:
    """Return the places after an Arabic word's clitics (و ف, ب ل ك, ال ل), the furthest first."""
    places: list[int] = []
    if clitics != "none":
        for joined in (1, 0) if word[0] in "وف" else (0,):
            places += _after_prefix(word, joined) if clitics == "all" else [joined]
    return list(dict.fromkeys([place for place in places if place] + [0]))


def _after_prefix(word: str, joined: int) -> list[int]:
    places: list[int] = []
    for at in (joined + 1, joined) if word[joined : joined + 1] in _PREFIXES else (joined,):
        if word.startswith("ال", at):
            places.append(at + 2)
        elif word.startswith("ل", at):
            places.append(at + 1)
        places.append(at)
    return places


_PREFIXES: Final = frozenset("بلك")
