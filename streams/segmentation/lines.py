"""The lines of a text with their offsets; lines that a feed has wrapped are one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
TERMINAL = frozenset(".!?؟۔…:؛;\"”»)]’'。！？")
"""Characters that end a sentence or a quotation."""

WRAP_WIDTHS = range(50, 101)
"""Widths at which feeds wrap lines, in characters."""

_FULL = 0.78
"""Share of the width that a wrapped line fills at least, but for the last of its paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text without the white space around it; ``blank`` tells of a gap before it."""

    start: int
    end: int
    text: str
    blank: bool = False


def lines(text: str) -> list[Line]:
    """Return the lines of a text that hold more than white space, in order."""
    found: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + line.index(stripped[0])
        breaks = _BREAK.findall(text, end, start) if found else []
        found.append(Line(start, start + len(stripped), stripped, len(breaks) > 1))
        end = found[-1].end
    return _unwrapped(text, found) if _is_wrapped(found) else found


def _is_wrapped(found: Sequence[Line]) -> bool:
    """Whether most lines break off in a sentence at about one width."""
    if len(found) < 4:
        return False
    width = max(len(line.text) for line in found)
    if width not in WRAP_WIDTHS:
        return False
    inner = [a for a, b in pairwise(found) if not b.blank]
    if len(inner) < 3:
        return False
    full = [line for line in inner if len(line.text) >= _FULL * width]
    broken = [line for line in full if line.text[-1] not in TERMINAL]
    return len(full) >= 0.6 * len(inner) and len(broken) >= 0.4 * len(inner)


def _unwrapped(text: str, found: Sequence[Line]) -> list[Line]:
    width = max(len(line.text) for line in found)
    joined: list[Line] = [found[0]]
    last = found[0]
    for line in found[1:]:
        goes_on = not line.blank and len(last.text) >= _FULL * width
        if goes_on:
            start = joined[-1].start
            joined[-1] = Line(start, line.end, text[start : line.end], joined[-1].blank)
        else:
            joined.append(line)
        last = line
    return joined
