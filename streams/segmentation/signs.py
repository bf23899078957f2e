"""Tells by the marks that a line has which of the later layers may find something in it.

Most lines have few marks, and an article few kinds of them: looking for those kinds alone is
far cheaper than an expression that knows them all.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from streams.text.leads import by_lead, those_in

QUOTATION_MARKS: Final = '"＂“”«»„‟‹›〝〞‘’「」『』'
SENTENCE_ENDS: Final = ".!?…‼‽⁇⁈⁉։؝؞؟۔܀܁܂߹।॥၊။።፧፨᙮᠃᠉᥄᥅᱾᱿⸮⸼。꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꯫﹒﹖﹗！．？｡"
"""The characters that end sentences in a line: Unicode's Sentence_Terminal and ellipses."""
TOKEN_MARKS: Final = ("#", "@", "/", "www.", "＃")
"""What stands in every hashtag, handle and link."""

_QUOTES_BY_LEAD: Final = by_lead(QUOTATION_MARKS)
_ENDS_BY_LEAD: Final = by_lead(SENTENCE_ENDS)


class Marks(NamedTuple):
    """The marks that an article has at all."""

    quotes: str
    ends: str
    tokens: tuple[str, ...]


def marks_in(text: str) -> Marks:
    """Return which marks a text has."""
    tokens = tuple([mark for mark in TOKEN_MARKS if mark in text])
    quotes, ends = those_in(text, _QUOTES_BY_LEAD, _ENDS_BY_LEAD)
    return Marks(quotes, ends, tokens)


def has_any(marks: str | tuple[str, ...], text: str) -> bool:
    """Tell whether a line has one of the marks."""
    for mark in marks:  # noqa: SIM110 - a generator takes twice the time
        if mark in text:
            return True
    return False


def ends_inside(ends: str, text: str) -> bool:
    """Tell whether one of the characters that end sentences stands before a line's last one."""
    last = len(text) - 1
    for mark in ends:  # noqa: SIM110 - a generator takes twice the time
        if -1 < text.find(mark) < last:
            return True
    return False
