"""Tells from the look of a line and its neighbours what kind of block it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from schemas.segment import SegmentKind
from streams.segmentation.cues import opening_cues, pattern, words
from streams.segmentation.lines import Line
from streams.segmentation.tokens import HANDLE, bare, links_of
from streams.segmentation.wrapping import TERMINAL
from streams.text.months import months

HEADING_CHARACTERS = 110
HEADING_WORDS = 16
QUESTION_WORDS = 9
RELATED_CHARACTERS = 220
BOILERPLATE_CHARACTERS = 240
PAGE_CHARACTERS = 60
CAPTION_CHARACTERS = 300

_RELATED_LINES = 5
"""Lines below a bare "Read also:" that may belong to it."""

_BETWEEN = frozenset({"boilerplate", "caption", "related_link"})
"""Kinds that may stand between a title and the text below it."""

_SPOKEN_ENDS = frozenset(".!?؟،,…")

_LIST = re.compile(
    r"\s*(?:[●▪◾◼‣∙·*+►▶➢✓🔴🔵🔹🔸🔺✅⚡◀–—-]\ufe0f?\s*(?=\s|[^\W\d_])|•\s*|\(?\d{1,2}[.)-]\s+"
    r"|[٠-٩۰-۹]{1,2}[.)-]\s*|[a-h]\)\s+)\S"
)
_LIST_LETTERS = "abcdefgh"
_DIGIT = re.compile(r"\d")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_MARKED = re.compile(r"\s*(?:[:|»>«\"“؛…]|\.\.|-\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
_OUTLET_WORDS = 7
_CREDITED_WORDS = 4
_PARTS = re.compile(r" - |[/|،,:]")
_BYLINE = re.compile(
    r"by (?:[^\W\d_][\w.'-]* ?){1,3}(?:(?:,|and |&|\|)? ?(?:[^\W\d_][\w.'-]* ?){1,3}){0,2}"
)
_NAMED = re.compile(r"By [A-Z]|BY [A-Z]")
_PROSE = re.compile(r"\[[^\]]{1,40}\]|[QAسج] ?:")


def told_kinds(lines: Sequence[Line]) -> list[SegmentKind | None]:
    """Return the kind of each line that its markup or its words tell, else none."""
    found = [_cued(line) if line.kind is None else _given(line) or _cued(line) for line in lines]
    if "related_link" in found:
        _spread_related(lines, found)
    return found


def kinds(lines: Sequence[Line], told: Sequence[SegmentKind | None]) -> list[SegmentKind]:
    """Return the kind of each block: the one that is told, else by its look and neighbours."""
    listed = [_is_marked(line.text) for line in lines]
    plain = [
        kind is None and len(line.text) <= HEADING_CHARACTERS and _looks_like_heading(line)
        for line, kind in zip(lines, told, strict=True)
    ]
    found: list[SegmentKind] = []
    for index, kind in enumerate(told):
        if kind is not None:
            found.append(kind)
        elif plain[index] or listed[index]:
            found.append(_untold(lines, index, told=told, plain=plain, listed=listed))
        else:
            found.append("paragraph")
    return found


def _is_marked(text: str) -> bool:
    """Whether a line opens with the mark of a list item."""
    first = text[0]
    if first.isalpha() and first not in _LIST_LETTERS:
        return False
    return _LIST.match(text) is not None


def _given(line: Line) -> SegmentKind | None:
    if line.kind in {"list_item", "heading"}:
        if line.linked:
            return "related_link"
        return _cued(line) or line.kind
    return line.kind


def _untold(
    lines: Sequence[Line],
    index: int,
    *,
    told: Sequence[SegmentKind | None],
    plain: Sequence[bool],
    listed: Sequence[bool],
) -> SegmentKind:
    if listed[index] and _in_a_list(lines, index, listed):
        return "list_item"
    if index == 0:
        return "title" if plain[0] and _is_title(lines, told) else "paragraph"
    following = plain[index + 1 : index + 4]
    if not plain[index] or not following or (len(following) > 1 and all(following)):
        return "paragraph"
    return "heading"


def _is_title(lines: Sequence[Line], told: Sequence[SegmentKind | None]) -> bool:
    """Whether a first line stands above the text: a gap or longer blocks follow it."""
    below = next((i for i in range(1, len(lines)) if told[i] not in _BETWEEN), None)
    if below is None:
        return False
    return lines[1].blank or len(lines[below].text) > len(lines[0].text)


def _cued(line: Line) -> SegmentKind | None:
    """Return the kind that the words of a line give away, if they do."""
    length, folded = len(line.text), line.folded.text
    if length > CAPTION_CHARACTERS:
        return None
    for name, rest in opening_cues(folded):
        kind = _opened(name, rest, line)
        if kind is not None:
            return kind
    if length <= PAGE_CHARACTERS and _is_furniture(line):
        return "boilerplate"
    if (folded[-1:] in ")]" or "/" in folded) and _is_credited(folded):
        return "caption"
    return "boilerplate" if line.tokens and bare(line.text) else None


def _opened(name: str, rest: str, line: Line) -> SegmentKind | None:
    length = len(line.text)
    if name == "caption":
        return "caption"
    if name == "related" or (name == "related_needs_mark" and _MARKED.match(rest)):
        return "related_link" if length <= RELATED_CHARACTERS else None
    if length > BOILERPLATE_CHARACTERS:
        return None
    if name == "boilerplate" or (name == "boilerplate_needs_channel" and _names_channel(line)):
        return "boilerplate"
    return None


def _names_channel(line: Line) -> bool:
    if any(links_of(line.text)) or HANDLE.search(line.text):
        return True
    return bool(_channels().search(line.folded.text))


@cache
def _channels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:ال|ب|بال|لل|و)?(?:{pattern('channel')})(?!\w)")


def _is_furniture(line: Line) -> bool:
    """Whether a line is the page's: a button, a byline, an agency's name, a date or a time."""
    folded = line.folded.text.strip(" .:|·-–—()[]/*")
    if folded in words("page") or _names_outlet(folded):
        return True
    if folded.startswith("by ") and line.text[-1] not in TERMINAL:
        return bool(_BYLINE.fullmatch(folded) and _NAMED.match(line.text))
    if not _DIGIT.search(folded):
        return False
    return _date_words().issuperset(_WORD.findall(folded))


def _names_outlet(folded: str) -> bool:
    """Whether a line is an outlet's name, alone or beside a place or a person's name."""
    if folded.count(" ") >= _OUTLET_WORDS and len(folded.split()) > _OUTLET_WORDS:
        return False
    outlets = words("credit")
    return any(part.strip() in outlets for part in _PARTS.split(folded))


@cache
def _date_words() -> frozenset[str]:
    return words("date_line") | {word for name in months() for word in name.split()}


@cache
def _credit() -> re.Pattern[str]:
    names = pattern("credit")
    return re.compile(
        rf"[^.!?؟]\s?\[[^\[\]]{{0,60}}(?:/|(?<!\w)(?:{names})(?!\w))[^\[\]]{{0,40}}\]$"
        rf"|[^.!?؟]\s?\((?:[^()]{{2,40}}/ ?)?(?:{names})(?:/[^()]{{2,40}})?\)$"
        r"|(?:^|[.,;–-] ?|\s)(?:reuters|afp|ap photo|epa|getty images) ?/ ?[^\W\d_][\w .'-]{2,40}$"
    )


def _is_credited(folded: str) -> bool:
    """Whether a line ends with whom its picture is by, or is nothing but that."""
    if folded[-1:] not in ")]":
        if "/" not in folded[-50:]:
            return False
    elif folded[:1] in "([" and len(folded) <= 120:
        return "/" in folded and "[" not in folded[1:] and "(" not in folded[1:]
    if len(folded.split()) < _CREDITED_WORDS:
        return False
    match = _credit().search(folded)
    if match is None:
        return False
    return ". " not in folded[: max(0, match.start() - 1)]


def _spread_related(lines: Sequence[Line], found: list[SegmentKind | None]) -> None:
    """Let the headlines below a bare "Read also:" be related links like it."""
    for index, kind in enumerate(found):
        if kind != "related_link" or not _is_bare_cue(lines[index]):
            continue
        for following in range(index + 1, min(index + 1 + _RELATED_LINES, len(lines))):
            line = lines[following]
            if found[following] is not None or not _looks_like_heading(line):
                break
            if following > index + 1 and (line.blank or not _is_marked(line.text)):
                break
            found[following] = "related_link"


def _is_bare_cue(line: Line) -> bool:
    return any(
        name.startswith("related") and not rest.strip(" :|.…»>-")
        for name, rest in opening_cues(line.folded.text)
    )


def _in_a_list(lines: Sequence[Line], index: int, listed: Sequence[bool]) -> bool:
    """A mark makes a list only beside another one, or after a line that announces it."""
    if (index > 0 and listed[index - 1]) or (index + 1 < len(lines) and listed[index + 1]):
        return True
    return index > 0 and lines[index - 1].text.endswith(":")


def _looks_like_heading(line: Line) -> bool:
    """Tell whether a line is short, has letters, and neither ends nor opens like prose."""
    text = line.text
    last = text[-1]
    ended = last in TERMINAL
    if len(text) > HEADING_CHARACTERS or (ended and last not in '?؟!"”»)') or last in ",،":
        return False
    count = len(text.split())
    if count > (QUESTION_WORDS if ended else HEADING_WORDS):
        return False
    if count < 4 and len(text) > HEADING_CHARACTERS // 2:
        return False
    if last in '"”»' and text[-2:-1] in _SPOKEN_ENDS:
        return False
    if not _HAS_LETTER.search(text):
        return False
    return not _PROSE.match(text) and not _opens_like_prose(line)


@cache
def _conjoined() -> re.Pattern[str]:
    return re.compile(
        rf"[وف](?:{pattern('reporting', 'ar')}|كان|كانت|قد|في المقابل|بحسب|من جهته)(?!\w)"
    )


def _opens_like_prose(line: Line) -> bool:
    """Whether a line goes on with what was said before ("وقال", "وأضاف")."""
    return line.arabic and bool(_conjoined().match(line.folded.text))
