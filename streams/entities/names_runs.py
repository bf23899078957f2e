"""The words of English text and the runs of capitalised ones that may be names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from streams.entities.candidate import Passage
from streams.entities.names_lexicon import Cues, cues

_TOKEN = re.compile(
    r"[^\W_]+(?:(?:['’&]|-(?!(?:based|area|bound|born|led|backed|held|controlled|ruled)\b))[^\W_]+)*"
    r"(?:\.(?=[A-Za-z]\.|[A-Za-z]\b))?|[^\w\s]|_"
)
_INITIAL = re.compile(r"[A-Z]\.?")
_OPENING = frozenset('.!?:“"')
"""Marks after which a capital means nothing."""
_CONNECTORS = frozenset(
    {"de", "la", "del", "las", "los", "da", "do", "dos", "du", "di", "van", "von", "der", "den"}
    | {"bin", "ibn", "bint", "al", "el", "y", "e"}
)


class Word(NamedTuple):
    """A word or mark of the passage's own text; offsets count in the passage."""

    text: str
    lower: str
    start: int
    end: int
    capital: bool
    opens: bool
    """Whether a sentence starts here, where a capital means nothing."""


def words(passage: Passage, masked: Sequence[tuple[int, int]]) -> list[Word]:
    """Return the words and marks of a passage; masked stretches (links, tags) count as marks."""
    opens = {span.start - passage.start for span in passage.segment.sentences} | {0}
    found: list[Word] = []
    made = tuple.__new__  # a third of the time of `Word(...)`
    fresh = True
    for match in _TOKEN.finditer(passage.text):
        start, end = match.span()
        written = match.group()
        first = written[0]
        letter = first.isalpha()
        if masked and letter:
            letter = not any(a <= start < b for a, b in masked)
        fresh = fresh or start in opens
        lower = written if written.islower() else written.lower()
        capital = letter and first.isupper()
        found.append(made(Word, (written, lower, start, end, capital, fresh and letter)))
        if letter or first.isdigit():
            fresh = False
        elif written in _OPENING:
            fresh = True
    return found


@cache
def english() -> Cues:
    """Return the cue words of English."""
    return cues("english")


def is_stop(word: Word) -> bool:
    """Tell whether a word is never part of a name by itself."""
    return word.lower in english().kind("stop")


def possessive(word: Word) -> bool:
    """Tell whether a word ends in a possessive."""
    return word.lower.endswith(("'s", "’s"))


def bare(word: Word) -> str:
    """Return the lower-case word without a possessive ending."""
    return word.lower[:-2] if possessive(word) else word.lower


def runs(found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of capitalised words, joined by initials and small name words."""
    at = 0
    while at < len(found):
        if not found[at].capital or (found[at].opens and is_stop(found[at])):
            at += 1
            continue
        last = at + 1
        while last < len(found) and not possessive(found[last - 1]):
            step = _step(found, last)
            if not step:
                break
            last += step
        yield at, last
        at = last


def _step(found: Sequence[Word], at: int) -> int:
    """Return how many words from ``at`` on belong to the run before it."""
    word = found[at]
    if word.start - found[at - 1].end > 1:
        return 0
    if word.capital:
        return 1
    if word.text == "." and _INITIAL.fullmatch(found[at - 1].text) and is_capital(found, at + 1):
        return 1
    if word.lower in _CONNECTORS:
        ahead = 2 if is_capital(found, at + 1) else 0
        if not ahead and at + 2 < len(found) and found[at + 1].lower in _CONNECTORS:
            ahead = 3 if is_capital(found, at + 2) else 0
        return ahead
    return 0


def is_capital(found: Sequence[Word], at: int) -> bool:
    """Tell whether there is a capitalised word at ``at``."""
    return at < len(found) and found[at].capital


def title_length(found: Sequence[Word], first: int, last: int) -> int:
    """Return how many words at the start of a run are a title."""
    titles = english().kind("title")
    for length in (3, 2, 1):
        phrase = " ".join(word.lower for word in found[first : first + length])
        if first + length <= last and phrase in titles:
            dotted = first + length < last and found[first + length].text == "."
            return length + dotted
    return 0


def parts(found: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield a run in parts: before a title inside it (``Montreal | Mayor …``), after capitals."""
    begin = first
    for at in range(first + 1, last):
        shouted = found[at - 1].text.isupper() and len(found[at - 1].text) > 3
        if (shouted and not found[at].text.isupper()) or (
            at + 1 < last and found[at].lower in english().kind("title")
            and not title_length(found, begin, at)
        ):  # fmt: skip
            yield begin, at
            begin = at
    yield begin, last
