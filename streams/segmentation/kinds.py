"""Tells from the look of a line what kind of block it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.segment import SegmentKind
from streams.segmentation.cues import openings, words
from streams.segmentation.lines import TERMINAL, Line
from streams.text.fold import fold_name

HEADING_CHARACTERS = 110
HEADING_WORDS = 16
RELATED_CHARACTERS = 220
BOILERPLATE_CHARACTERS = 240
OPENING_CHARACTERS = 80

_LIST = re.compile(
    r"\s*(?:[•●▪◾◼‣∙·*+►▶➢✓–—-]\s+|\(?\d{1,2}[.)-]\s+|[٠-٩]{1,2}[.)-]\s+|[a-h]\)\s+)\S"
)
_HAS_LETTER = re.compile(r"[^\W\d_]")
_MARKED = re.compile(r"\s*(?:[:|»>]|-\s|$)")
_CREDIT = re.compile(r"^[\(\[][^()\[\]]{3,120}[\)\]]$")


def kinds(lines: Sequence[Line], free: Sequence[bool]) -> list[SegmentKind]:
    """Return the kind of each line; those that are not ``free`` are posts already."""
    return [_kind(lines, index) if free[index] else "social_post" for index in range(len(lines))]


def _kind(lines: Sequence[Line], index: int) -> SegmentKind:
    text = lines[index].text
    cue = cued_kind(text)
    if cue is not None:
        return cue
    if _LIST.match(text) and _in_a_list(lines, index):
        return "list_item"
    return _heading(lines, index) or "paragraph"


def cued_kind(text: str) -> SegmentKind | None:
    """Return the kind that the first words of a line give away, if they do."""
    if len(text) > BOILERPLATE_CHARACTERS:
        return None
    folded = fold_name(text[:OPENING_CHARACTERS])
    if len(text) <= RELATED_CHARACTERS and _opens("related", folded):
        return "related_link"
    if _opens("caption", folded) or (_CREDIT.match(text) and "/" in text):
        return "caption"
    if openings("boilerplate").match(folded) and _is_boilerplate(folded):
        return "boilerplate"
    return None


def _opens(name: str, folded: str) -> bool:
    match = openings(name).match(folded)
    if match is None:
        return False
    needy = words("related_needs_mark") if name == "related" else ()
    return match["cue"] not in needy or bool(_MARKED.match(folded, match.end()))


def _is_boilerplate(folded: str) -> bool:
    """Keep sentences that merely begin like a byline ("By noon the army had …")."""
    return not folded.startswith("by ") or (len(folded.split()) <= 6 and folded[-1] not in TERMINAL)


def _in_a_list(lines: Sequence[Line], index: int) -> bool:
    """A mark makes a list only beside another one, or after a line that announces it."""
    near = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    if any(_LIST.match(line.text) for line in near):
        return True
    return index > 0 and lines[index - 1].text.endswith(":")


def _heading(lines: Sequence[Line], index: int) -> SegmentKind | None:
    """Return ``title`` or ``heading`` for a short line without an end that something follows."""
    text = lines[index].text
    if not looks_like_heading(text) or index + 1 >= len(lines):
        return None
    following = lines[index + 1].text
    if index == 0:
        return "title" if len(following) > len(text) or lines[1].blank else None
    if _LIST.match(following) and not _HAS_LETTER.search(text):
        return None
    return "heading"


def looks_like_heading(text: str) -> bool:
    """Tell whether a line is short, has letters and ends in no sentence mark."""
    if len(text) > HEADING_CHARACTERS or not _HAS_LETTER.search(text):
        return False
    if text[-1] in TERMINAL and text[-1] not in '?؟!"”»)':
        return False
    if text[-1] in '!"”»)' and len(text.split()) > 10:
        return False
    return len(text.split()) <= HEADING_WORDS
