"""Who says a quotation: the subject of the verb of saying before it or after it."""

from __future__ import annotations

import re
from typing import NamedTuple

from streams.segmentation import sayings_arabic, sayings_english
from streams.segmentation.lines import Line
from streams.segmentation.sayings import verbs_in

SPEECH_WORDS = 4
"""Quotations of fewer words are names or wordings rather than speech, unless a verb brings them."""

_REACH = 220
"""Characters before and after a quotation in which its speaker is looked for."""

_GAP = 170
"""Longest attribution between two parts of one quotation, in characters."""

_SPOKEN_ENDS = frozenset(",.!?،؟…")
_ARABIC = re.compile("[\u0621-\u064a]")
_SENTENCE_ENDS = (". ", "? ", "! ", "؟ ", "\n")
_BRIDGE_REACH = 16
_BRIDGE = re.compile(
    r"(?:[:،,]|(?<!\w)(?:ان|انه|انها|انهم|بان|بانه|بانها|قايلا|قايله|متسايلا|متسايله|مضيفا|مضيفه"
    r"|بالقول|بالقول ان|فيه|فيها|ب|هو|هي|that|to|as|the))\s*$"
)  # fmt: skip


class Scene(NamedTuple):
    """A quotation in its block; offsets in the line's text."""

    line: Line
    start: int
    end: int
    floor: int
    """Where the quotation before it ends, or the block starts."""
    limit: int
    before: str | None
    """Who spoke the quotation before it in the block."""

    @property
    def spaces(self) -> int:
        """How many words it has, less one."""
        return self.line.text.count(" ", self.start, self.end)


def speaker_of(scene: Scene, last: str | None) -> str | None:
    """Return who says a quotation as the text writes the name; ``last`` spoke before the block."""
    speech = scene.spaces >= SPEECH_WORDS - 1
    folded = scene.line.folded
    here = folded.folded(scene.start)
    first = folded.folded(max(scene.floor, scene.start - _REACH))
    bridged = bool(_BRIDGE.search(folded.text, max(first, here - _BRIDGE_REACH), here))
    if not (bridged or speech or scene.line.text[scene.end - 2] in _SPOKEN_ENDS):
        return None
    before = folded.text[first:here]
    if bridged:
        found, told = _said_before(scene, first, before, last)
        if told:
            return found
    found, told = _said_after(scene, last)
    if told or not speech:
        return found
    going_on = _goes_on(scene, before, last)
    if going_on:
        return going_on
    opened = max([before.rfind(mark) + 1 for mark in _SENTENCE_ENDS])
    return _said_before(scene, first + opened, before[opened:], last)[0]


def _said_before(
    scene: Scene, offset: int, before: str, last: str | None
) -> tuple[str | None, bool]:
    """Return the speaker named in the folded text before a quotation, and whether one speaks."""
    grammar = sayings_arabic if _ARABIC.search(before) else sayings_english
    return _speaker(scene, offset, grammar.before(before), last)


def _said_after(scene: Scene, last: str | None) -> tuple[str | None, bool]:
    """Return the speaker named after a quotation, and whether one speaks."""
    text, folded = scene.line.text, scene.line.folded
    if scene.spaces < SPEECH_WORDS - 1 and text[scene.end - 2] not in _SPOKEN_ENDS:
        return None, False
    start = folded.folded(scene.end)
    rest = folded.text[start : min(start + _REACH, folded.folded(scene.limit))]
    grammar = sayings_arabic if _ARABIC.search(rest) else sayings_english
    return _speaker(scene, start, grammar.after(rest), last)


def _speaker(
    scene: Scene, offset: int, found: tuple[tuple[int, int] | None, bool], last: str | None
) -> tuple[str | None, bool]:
    """Return a name as the text writes it; where a verb has none, who spoke before."""
    span, told = found
    if span is None:
        return (scene.before or last if told else None), told
    folded = scene.line.folded
    begin, finish = folded.source_span(offset + span[0], offset + span[1])
    name = " ".join(scene.line.text[begin:finish].split()).strip(" -–—'")
    return name or scene.before or last, True


def _goes_on(scene: Scene, gap: str, last: str | None) -> str | None:
    """Return the speaker before, if the quotation is the second part of what was said."""
    if scene.floor == 0:
        alone = scene.start == 0 and scene.end >= scene.limit - 1
        return last if alone else None
    if len(gap) > _GAP or not gap.rstrip().endswith((".", "،", ",", "؛")) or gap.count(". ") > 1:
        return None
    language = "ar" if _ARABIC.search(gap) else "en"
    return scene.before if next(verbs_in(gap, language), None) else None
