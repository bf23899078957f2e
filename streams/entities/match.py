"""Finds every name of the lexicons and the gazetteer in a passage, by looking up word runs.

Words are looked up in hash tables, longest run first.  Arabic prefixes (و ف ب ك ل and
their chains, with and without the article) are cut off only where what remains is a
known name, and lie outside the span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from streams.entities.candidate import Passage
from streams.entities.gazetteer import Gazetteer, Spot, gazetteer
from streams.entities.lexicon import Lexicon, Sense, lexicon
from streams.entities.words import ARABIC, Words

_CHAIN = ("وف", "بكل")
"""Letters that may be prefixed, in the order in which they chain (وب, فل)."""
_OPENINGS = frozenset("وفبكلا")
_REMEMBERED = 60_000
"""Words and pairs of words whose readings are kept between articles."""


class Match(NamedTuple):
    """A run of words that bears a name; offsets count in the article's field."""

    first: int
    last: int
    """Numbers of the first and the last word in the passage, last included."""
    start: int
    end: int
    key: str
    senses: tuple[Sense, ...] = ()
    number: int | None = None
    """Number of the gazetteer's key, where places bear the name."""
    prefix: str = ""
    """The Arabic prefix that was cut off."""


def prefixes(word: str) -> Iterator[tuple[str, str]]:
    """Yield ways to read an Arabic word as a prefix and the rest (``لل`` hides an article)."""
    cut = 0
    for letters in _CHAIN:
        if len(word) - cut <= (3 if cut or word[0] != "و" else 2) or word[cut] not in letters:
            continue
        cut += 1
        rest = word[cut:]
        yield word[:cut], rest
        if word[cut - 1] == "ل" and rest[0] == "ل":
            yield word[: cut + 1], "ا" + rest
            yield word[: cut + 1], rest[1:]
    if word.startswith("ال") and len(word) > 4:
        yield "", word[2:]
    elif cut and word[cut:].startswith("ال") and len(word) - cut > 4:
        yield word[:cut], word[cut + 2 :]


class _Named(NamedTuple):
    """What some words name."""

    length: int
    key: str
    senses: tuple[Sense, ...]
    number: int | None
    more: bool = False
    """Whether longer names start with these words."""


class _Opening:
    """A word read as the start of names."""

    __slots__ = ("alone", "key", "listed", "longest", "pairs", "placed", "prefix")

    def __init__(
        self, prefix: str, key: str, alone: _Named | None, listed: int, placed: int
    ) -> None:
        self.prefix = prefix
        """What is cut off."""
        self.key = key
        self.alone = alone
        """What the word names by itself."""
        self.listed, self.placed = listed, placed
        """Words of the longest name that starts so, of the lexicons and of the gazetteer."""
        self.longest = max(listed, placed)
        self.pairs: dict[str, _Named | None] = {}
        """What it names with the word after it, as far as that was asked."""


_Openings = dict[str, tuple[_Opening, ...]]
"""The readings of words with which some name starts, as far as they were asked."""


class Matcher:
    """Looks passages up in a lexicon and a gazetteer."""

    def __init__(self, names: Lexicon, places: Gazetteer) -> None:
        self._senses, self._longest, self._long = names.senses, names.longest, names.long()
        self._places = places
        self._openings: _Openings = {}
        self._small: _Openings = {}
        """Those of words in small Latin letters, with which no place starts."""
        self._asked = 0
        self.spots = places.spots

    def named(self, key: str) -> bool:
        """Tell whether a place bears a name."""
        listed = any(sense.entry.spot is not None for sense in self._senses.get(key, ()))
        return listed or self._places.number(key) is not None

    def borne(self, key: str) -> tuple[Spot, ...]:
        """Return the places of the gazetteer that bear a name."""
        number = self._places.number(key)
        return () if number is None else self.spots(number)

    def matches(self, passage: Passage, run: Words) -> list[Match]:
        """Return every name in the passage that stands in ``run``; names may overlap."""
        if self._asked > _REMEMBERED:
            self._openings.clear()
            self._small.clear()
            self._asked = 0
        found: list[Match] = []
        for at, known in enumerate(map(self._openings.get, run.texts)):
            if known is None or known:
                for opening in self._starts(run, at, known):
                    named = self._named(run, at, opening)
                    if named and (hits := _hits(passage, run, at, opening.prefix, named)):
                        found += hits
                        break
        return found

    def _starts(
        self, run: Words, at: int, known: tuple[_Opening, ...] | None
    ) -> tuple[_Opening, ...]:
        """Return the readings of a word as it is written, of which some may be ``known``."""
        text = run.texts[at]
        if known is None:
            known = self._read(text, self._openings, places=True)
        if not known or text[0] > ARABIC or run.capital(at):
            return known
        small = self._small.get(text)
        return self._read(text, self._small, places=False) if small is None else small

    def _read(self, text: str, known: _Openings, *, places: bool) -> tuple[_Opening, ...]:
        """Return and keep the readings of a word, the whole word first."""
        made = []
        for prefix, key in [("", text), *(prefixes(text) if text[0] in _OPENINGS else ())]:
            senses, listed = self._senses.get(key, ()), self._longest.get(key, 0)
            number = self._places.number(key) if places else None
            placed = self._places.longest(key) if places else 0
            alone = _Named(1, key, senses, number) if senses or number is not None else None
            if alone is not None or listed or placed:
                made.append(_Opening(prefix, key, alone, listed, placed))
        known[text] = tuple(made)
        self._asked += 1
        return known[text]

    def _named(self, run: Words, at: int, opening: _Opening) -> list[_Named]:
        """Return what the words from ``at`` on may name in one reading, the shortest first."""
        named = [opening.alone] if opening.alone is not None else []
        if opening.longest > 1 and at + 1 < len(run.texts) and run.joint(at + 1):
            second = run.texts[at + 1]
            if second in opening.pairs:
                pair = opening.pairs[second]
            else:
                pair = opening.pairs[second] = self._pair(opening, second)
                self._asked += 1
            if pair is not None:
                named.append(pair)
                if pair.more:
                    named += self._longer(run, at, opening, pair.key)
        return named

    def _pair(self, opening: _Opening, second: str) -> _Named | None:
        """Return what a first and a second word name, or None where no name starts with them."""
        key = f"{opening.key} {second}"
        senses = self._senses.get(key, ()) if opening.listed > 1 else ()
        number = self._places.number(key) if opening.placed > 1 else None
        more = key in self._long or (opening.placed > 2 and self._places.goes_on(key))
        if senses or number is not None or more:
            return _Named(2, key, senses, number, more)
        return None

    def _longer(self, run: Words, at: int, opening: _Opening, key: str) -> Iterator[_Named]:
        """Yield what more than two words name, of which the first two are ``key``."""
        for length in range(3, min(opening.longest, len(run.texts) - at) + 1):
            last = at + length - 1
            if not run.joint(last):
                return
            key = f"{key} {run.texts[last]}"
            senses = self._senses.get(key, ())
            number = self._places.number(key) if length <= opening.placed else None
            if senses or number is not None:
                yield _Named(length, key, senses, number)


def _hits(
    passage: Passage, run: Words, at: int, prefix: str, named: Sequence[_Named]
) -> list[Match]:
    """Return the names that the text writes as they ask for, the longest first."""
    hits = []
    for one in reversed(named):
        last, senses = at + one.length - 1, one.senses
        if senses and run.texts[at][0] <= ARABIC:
            senses = _fitting(passage, senses, run, at, last)
        if senses or one.number is not None:
            start, end = passage.span(run.starts[at] + len(prefix), run.end(last))
            end += any(s.dotted for s in senses)
            hits.append(Match(at, last, start, end, one.key, senses, one.number, prefix))
    return hits


def _fitting(
    passage: Passage, senses: tuple[Sense, ...], run: Words, first: int, last: int
) -> tuple[Sense, ...]:
    """Return the senses whose way of writing the text keeps: capitals, a full stop."""
    capital = run.capital(first)
    upper = all(run.upper(at) for at in range(first, last + 1))
    end = passage.folded.source_span(run.starts[last], run.end(last))[1]
    dotted = passage.text[end : end + 1] == "."
    return tuple(
        s
        for s in senses
        if (upper if s.capitals else capital or not s.initial) and (dotted or not s.dotted)
    )


def matcher() -> Matcher:
    """Return the matcher over the files that ship."""
    return Matcher(lexicon(), gazetteer())
