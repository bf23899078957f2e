"""Sentences of a block: sentencex, with what it splits wrongly put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import sentencex

from streams.segmentation.cues import pattern, words
from streams.segmentation.signs import SENTENCE_ENDS
from streams.text.fold import fold_name

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_INITIAL = re.compile(r"[A-Z]\.$")
_CLOSED_QUOTE = re.compile(r"[.!?؟…][\"”»’]$")
_NUMBER = re.compile(r"\(?\w{1,2}\.")
"""The mark of a list item."""
_LETTER = re.compile(r"[^\W_]")
_CLOSING = frozenset('"”»’')
_WINDOW = 20_000
_LOOK_BACK = 2000
_END = re.compile(f"[\n{SENTENCE_ENDS}]")


def sentences(text: str, *, arabic: bool) -> list[tuple[int, int]]:
    """Return the spans of a block's sentences without the white space around them.

    They leave out only white space.
    """
    if not text.strip():
        return []
    if _END.search(text, 0, len(text) - 1) is None:
        return [trimmed(text, 0, len(text))]
    readable = text.encode("utf-8", "replace").decode() if _SURROGATE.search(text) else text
    spans: list[tuple[int, int]] = []
    joined = False
    for begin, end in _bounds(readable, "ar" if arabic else "en"):
        piece = text[begin:end]
        if not piece.strip():
            continue
        if spans and (joined or _continues(text, spans[-1][1], piece)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
        joined = _goes_on(text, spans[-1][0], end)
    return [trimmed(text, begin, end) for begin, end in spans]


def _bounds(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield what sentencex finds; a long text goes to it in windows, for it is quadratic."""
    start = 0
    while start < len(text):
        stop = len(text)
        if stop - start > _WINDOW:
            stop = start + _WINDOW
            ends = [match.end() for match in _END.finditer(text, stop - _LOOK_BACK, stop)]
            stop = ends[-1] if ends else stop
        for bound in sentencex.get_sentence_boundaries(language, text[start:stop]):
            yield start + bound["start_index"], start + bound["end_index"]
        start = stop


def _goes_on(text: str, begin: int, end: int) -> bool:
    """Whether the sentence is not over: a title, an abbreviation or an initial stands last."""
    if end >= len(text):
        return False
    last = text[max(begin, end - 24) : end].split()
    if not last or not last[-1].endswith("."):
        return False
    if begin == 0 and _NUMBER.fullmatch(text[:end].strip()):
        return True
    word = last[-1].lstrip("(\"“«'[")
    if len(last) > 1 and _INITIAL.match(word):
        return True
    word = fold_name(word.rstrip("."))
    following = text[end : end + 8].lstrip()[:1] if word in words("abbreviation_may_end") else ""
    return word in words("abbreviation") or following.islower() or following.isdigit()


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"[,،]?\s*(?:{pattern('reporting')})(?!\w)")


def _continues(text: str, end: int, piece: str) -> bool:
    """Whether a piece belongs to the sentence before it: marks alone, or who said it."""
    if not _LETTER.search(piece):
        return True
    tail = text[max(0, end - 4) : end].rstrip()
    if tail[-1:] not in _CLOSING or not _CLOSED_QUOTE.search(tail):
        return False
    return piece.lstrip()[0].islower() or bool(_saying().match(piece))


def trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """Return a span, which holds more than white space, without the white space around it."""
    if not (text[begin].isspace() or text[end - 1].isspace()):
        return begin, end
    piece = text[begin:end]
    left = len(piece) - len(piece.lstrip())
    return begin + left, begin + len(piece.rstrip())
