"""Quotations of a block: marks paired and nested, across sentences, each with its speaker."""

from __future__ import annotations

import re
from typing import NamedTuple

from streams.segmentation.lines import Line
from streams.segmentation.signs import QUOTATION_MARKS
from streams.segmentation.speakers import Scene, speaker_of

CLOSERS = {
    "“": '”“"', "”": "”", "„": '“”"', "‟": "”“", "«": '»"', "»": "«", "‹": "›", "〝": "〞",
    '"': '"”', "＂": "＂", "‘": "’", "「": "」", "『": "』",
}  # fmt: skip
"""What may close each mark that opens a quotation."""

_PURE_OPENERS = frozenset("“„‟«‹〝「『")
_BOTH_WAYS = frozenset('"＂”»')
_AMBIGUOUS = frozenset('“"')
_MARKS = re.compile(f"[{QUOTATION_MARKS}]")
_NAME_WORDS = 3
"""Spaces in a quotation that is more than a name between marks."""
_DEPTH = 8
"""Marks that wait for their end at most."""
_NEXT_WORDS = 4
"""Words after a mark that is never closed which make it a quotation to the block's end."""


class Said(NamedTuple):
    """A quotation, marks included; offsets in the line's text."""

    start: int
    end: int
    speaker: str | None
    inner: bool = False
    """Whether it stands inside another one."""


def quotes(line: Line, end: int, last_speaker: str | None = None) -> list[Said]:
    """Return the quotations of a block up to ``end``, outer ones before those inside them.

    ``last_speaker`` speaks where a verb of saying has no subject ("وتابع:", "he added").
    """
    text = line.text[:end] if end < len(line.text) else line.text
    pairs = _pairs(text)
    if not pairs:
        return []
    made: list[Said] = []
    before: Said | None = None
    floor = 0
    for start, stop, depth in pairs:
        if depth:
            made.append(Said(start, stop, None, inner=True))
            continue
        scene = Scene(line, start, stop, floor, end, before.speaker if before else None)
        before = Said(start, stop, speaker_of(scene, last_speaker))
        if before.speaker or text.count(" ", start, stop) >= _NAME_WORDS:
            floor = stop
        last_speaker = before.speaker or last_speaker
        made.append(before)
    return made


def _pairs(text: str) -> list[tuple[int, int, int]]:
    """Return start, end and depth of the quotations of a text, outer ones before inner ones."""
    waiting: list[tuple[int, str]] = []
    found: list[tuple[int, int]] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if _inside_word(text, at):
            continue
        opened = _closed_by(waiting, mark, text, at)
        if opened is not None:
            found.append((waiting[opened][0], at + 1))
            del waiting[opened:]
        elif _may_open(text, at):
            waiting.append((at, mark))
            del waiting[:-_DEPTH]
    found += [(at, len(text)) for at, mark in waiting[:1] if _runs_on(text, at, mark)]
    found.sort(key=lambda pair: (pair[0], -pair[1]))
    made: list[tuple[int, int, int]] = []
    ends: list[int] = []
    for start, end in found:
        while ends and ends[-1] <= start:
            ends.pop()
        made.append((start, end, len(ends)))
        ends.append(end)
    return made


def _closed_by(waiting: list[tuple[int, str]], mark: str, text: str, at: int) -> int | None:
    """Return which of the marks that wait for their end this one closes, if any."""
    for index in range(len(waiting) - 1, -1, -1):
        opener = waiting[index][1]
        if mark in CLOSERS[opener]:
            sure = mark not in _AMBIGUOUS or (mark == opener and mark != "“")
            return index if sure or not _opens(text, at) else None
    return None


def _may_open(text: str, at: int) -> bool:
    mark = text[at]
    if mark in _PURE_OPENERS:
        return True
    if mark == "‘":
        return not text[at - 1 : at].isalnum() or at == 0
    if mark not in _BOTH_WAYS:
        return False
    return _opens(text, at) or (mark == '"' and (at == 0 or text[at - 1].isspace()))


def _opens(text: str, at: int) -> bool:
    """Whether a mark stands before a word and after none."""
    following = text[at + 1 : at + 2]
    return (at == 0 or not text[at - 1].isalnum()) and (
        following.isalnum() or following in "#@[(«‘…"
    )


def _runs_on(text: str, at: int, mark: str) -> bool:
    """Whether a mark that is never closed opens speech that goes on in the next block."""
    speech = at == 0 or text[:at].rstrip().endswith((":", ",", "،"))
    return speech and mark in _PURE_OPENERS | {'"'} and len(text[at:].split()) > _NEXT_WORDS


def _inside_word(text: str, at: int) -> bool:
    """Whether a mark is part of a word: Hebrew abbreviations, apostrophes, inches."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if text[at] in "’‘":
        return before.isalnum() and after.isalnum()
    if text[at] not in '"”':
        return False
    return before.isalnum() and "\u05d0" <= after <= "\u05ea"
