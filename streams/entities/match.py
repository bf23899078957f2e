"""Finds every name of the lexicons and the gazetteer in a passage, by looking up word runs.

Words are looked up in hash tables, longest run first.  Arabic prefixes (و ف ب ك ل and
their chains, with and without the article) are cut off only where what remains is a
known name, and lie outside the span.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from streams.entities.candidate import Passage
from streams.entities.gazetteer import Gazetteer, gazetteer
from streams.entities.keys import WORD
from streams.entities.lexicon import Lexicon, Sense, lexicon

_JOINTS = frozenset({" ", "-", "'", ".", "  ", " - ", "/"})
"""What may stand between the words of one name."""
_CHAIN = ("وف", "بكل")
"""Letters that may be prefixed, in the order in which they chain (وب, فل)."""
_OPENINGS = frozenset("وفبكلا")
_REMEMBERED = 30_000
"""Words whose readings are kept between articles."""
_SHORT = 3
"""Longest abbreviation after which ``. `` does not end the name (``St. Louis``)."""


class Word(NamedTuple):
    """A word of the folded passage; ``capital`` tells how the source writes it."""

    text: str
    start: int
    end: int
    capital: bool
    upper: bool
    joint: bool
    """Whether a name may go on from the word before."""


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


def words(passage: Passage, masked: tuple[tuple[int, int], ...] = ()) -> tuple[Word, ...]:
    """Return the passage's words; those inside ``masked`` (folded offsets) are left out."""
    folded, source = passage.folded, passage.text
    text = folded.text
    straight = not folded._positions  # noqa: SLF001 - a fold without cuts needs no map
    found: list[Word] = []
    hidden = sorted(masked)
    made, last = tuple.__new__, ""
    end = 0
    for match in WORD.finditer(text):
        start = match.start()
        if hidden:
            while hidden and hidden[0][1] <= start:
                del hidden[0]
            if hidden and hidden[0][0] <= start:
                continue
        word = match.group()
        gap = text[end:start]
        joint = gap in _JOINTS or (gap == ". " and 0 < len(last) <= _SHORT)
        end = match.end()
        last = word
        if word[0] > "\u0590":
            found.append(made(Word, (word, start, end, False, False, joint)))
            continue
        begin, finish = (start, end) if straight else folded.source_span(start, end)
        written = source[begin:finish]
        found.append(
            made(Word, (word, start, end, written[:1].isupper(), written.isupper(), joint))
        )
    return tuple(found)


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


class _Opening(NamedTuple):
    """A word read as the start of names: what is cut off, what is looked up, how far they go."""

    prefix: str
    first: str
    listed: int
    placed: int
    senses: tuple[Sense, ...]
    number: int | None
    """What the word names by itself."""


class Matcher:
    """Looks passages up in a lexicon and a gazetteer."""

    def __init__(self, names: Lexicon, places: Gazetteer) -> None:
        self._senses, self._longest = names.senses, names.longest
        self._number, self._long = places.number, places.longest
        self._openings: dict[str, tuple[_Opening, ...]] = {}
        self.spots = places.spots

    def named(self, key: str) -> bool:
        """Tell whether a place bears a name."""
        listed = any(sense.entry.spot is not None for sense in self._senses.get(key, ()))
        return listed or self._number(key) is not None

    def matches(self, passage: Passage, found: tuple[Word, ...]) -> Iterator[Match]:
        """Yield every name in the passage; names may overlap."""
        known = self._openings
        if len(known) > _REMEMBERED:
            known.clear()
        for at, word in enumerate(found):
            openings = known.get(word.text)
            if openings is None:
                openings = known[word.text] = tuple(self._read(word.text))
            for opening in openings:
                hits = self._at(passage, found, at, opening)
                if hits:
                    yield from hits
                    break

    def _read(self, text: str) -> Iterator[_Opening]:
        """Yield the readings of a word with which some name starts, the whole word first."""
        readings = [("", text), *(prefixes(text) if text[0] in _OPENINGS else ())]
        for prefix, first in readings:
            listed, placed = self._longest.get(first, 0), self._long(first)
            number = self._number(first)
            if listed or placed or number is not None:
                senses = self._senses.get(first, ())
                yield _Opening(prefix, first, listed, max(placed, 1), senses, number)

    def _at(
        self, passage: Passage, found: tuple[Word, ...], at: int, opening: _Opening
    ) -> list[Match]:
        """Return the names that begin with a word in one reading, the longest first."""
        prefix, first, listed, placed, alone, numbered = opening
        word = found[at]
        places = word.capital or word.text[0] > "\u0590"
        reach = max(listed, placed) if places else listed
        if reach < 2 and not alone and (numbered is None or not places):
            return []
        keys = [first]
        for other in found[at + 1 : at + reach]:
            if not other.joint:
                break
            keys.append(f"{keys[-1]} {other.text}")
        hits = []
        for length in range(len(keys), 0, -1):
            made = keys[length - 1]
            senses = self._senses.get(made, ()) if length > 1 else alone
            number = (self._number(made) if length > 1 else numbered) if places else None
            if senses:
                senses = self._fitting(passage, senses, found[at : at + length])
            if senses or number is not None:
                start, end = passage.span(word.start + len(prefix), found[at + length - 1].end)
                end += any(s.dotted for s in senses)
                hits.append(Match(at, at + length - 1, start, end, made, senses, number, prefix))
        return hits

    def _fitting(
        self, passage: Passage, senses: tuple[Sense, ...], run: tuple[Word, ...]
    ) -> tuple[Sense, ...]:
        """Return the senses whose way of writing the text keeps: capitals, a full stop."""
        if run[0].text[0] > "\u0590":
            return senses
        upper = all(word.upper for word in run)
        end = passage.folded.source_span(run[-1].start, run[-1].end)[1]
        dotted = passage.text[end : end + 1] == "."
        return tuple(
            s
            for s in senses
            if (upper if s.capitals else run[0].capital or not s.initial)
            and (dotted or not s.dotted)
        )


def matcher() -> Matcher:
    """Return the matcher over the files that ship."""
    return Matcher(lexicon(), gazetteer())
