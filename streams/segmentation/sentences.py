"""Sentences of a block: sentencex, with what it splits at titles put together again."""

from __future__ import annotations

import re

import sentencex

from schemas import Span
from streams.segmentation.cues import words

_LAST_WORD = re.compile(r"(\S+)\s*$")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORT = 40


def sentences(text: str, start: int, *, arabic: bool) -> tuple[Span, ...]:
    """Return the sentences of a block without the white space around them.

    ``start`` is added to the offsets.  They leave out only white space.
    """
    if len(text) <= _SHORT:
        return (Span(start=start, end=start + len(text)),)
    readable = text.encode("utf-8", "replace").decode() if _SURROGATE.search(text) else text
    bounds = sentencex.get_sentence_boundaries("ar" if arabic else "en", readable)
    spans: list[tuple[int, int]] = []
    joined = False
    for bound in bounds:
        begin, end = bound["start_index"], bound["end_index"]
        piece = text[begin:end]
        if not piece.strip():
            continue
        if spans and (joined or not any(c.isalnum() for c in piece)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
        joined = _goes_on(text, spans[-1][0], end)
    return tuple(_trimmed(text, begin, end, start) for begin, end in spans)


def _goes_on(text: str, begin: int, end: int) -> bool:
    """Whether the sentence is not over: a title or an abbreviation stands last."""
    last = _LAST_WORD.search(text, max(begin, end - 24), end)
    if last is None or not last[1].endswith("."):
        return False
    word = last[1].lower().rstrip(".").lstrip("(\"“«'[")
    return word in words("abbreviation") and end < len(text)


def _trimmed(text: str, begin: int, end: int, start: int) -> Span:
    piece = text[begin:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start=start + begin + left, end=start + begin + len(piece.rstrip()))
