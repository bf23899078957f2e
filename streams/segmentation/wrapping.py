"""Puts rows that a feed has broken at a fixed width together again.

A row was broken at a width if the first word of the next row would not have fitted in it.
In a text of one paragraph a line that holds for few pairs of rows, in a wrapped one for
nearly all pairs inside a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

TERMINAL = frozenset(".!?؟۔…:؛;\"”»)]’'。！？।")
"""Characters that end a sentence or a quotation."""

WIDTHS = range(40, 133)
"""Widths at which feeds wrap rows, in characters."""

_PAIRS = 3
_SHARE = 0.6
_SHORT_ROWS = 0.8
"""Share of rows that a wrapped text has no longer than the width (links do not break)."""

_SLACK = 2
_CUT_ROW = 45
"""Shortest row that goes on below in the middle of a sentence, in characters."""


class Row(NamedTuple):
    """What is seen between two line breaks, without the white space around it."""

    text: str
    at: int
    """Where the text starts in the source; ``start`` and ``end`` hold what is invisible too."""
    start: int
    end: int
    blank: bool
    """Whether an empty row stands before it."""
    indented: bool


def paragraphs(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows by paragraph: most often each by itself."""
    width = _width(rows)
    made: list[list[Row]] = []
    last: Row | None = None
    for row in rows:
        may_go_on = width is not None or row.text[0].islower()
        if may_go_on and last and not row.blank and _goes_on(last, row, width):
            made[-1].append(row)
        else:
            made.append([row])
        last = row
    return made


def _goes_on(row: Row, following: Row, width: int | None) -> bool:
    if _cut(row.text, following.text):
        return True
    if width is None or (following.indented and not row.indented):
        return False
    return _full(row.text, following.text, width)


def _cut(text: str, following: str) -> bool:
    """Whether a sentence breaks off and goes on in small letters (scripts that have them)."""
    return (
        len(text) >= _CUT_ROW
        and following[0].islower()
        and text[-1] not in TERMINAL
        and not following.startswith(("http", "www.", "pic.", "t.co"))
    )


def _full(text: str, following: str, width: int) -> bool:
    return len(text) + 1 + len(following.split(maxsplit=1)[0]) > width - _SLACK


def _width(rows: Sequence[Row]) -> int | None:
    """Return the width at which most rows were broken, if they were."""
    if len(rows) <= _PAIRS:
        return None
    lengths = [n for row in rows if (n := len(row.text)) < WIDTHS.stop and " " in row.text]
    width = max(lengths, default=0)
    if width not in WIDTHS or len(lengths) < _SHORT_ROWS * len(rows):
        return None
    inner = [(a.text, b.text) for a, b in pairwise(rows) if not b.blank]
    least = max(_PAIRS, _SHARE * len(inner))
    full: list[str] = []
    for at, (text, following) in enumerate(inner):
        if _full(text, following, width):
            full.append(text)
        elif len(full) + len(inner) - at - 1 < least:
            return None
    if len(full) < least:
        return None
    broken = sum([text[-1] not in TERMINAL for text in full])
    return width if broken >= _SHARE * len(full) else None
