"""Embedded social posts: which lines they are made of, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.segment import SegmentKind
from streams.segmentation.attribution import Attribution, attribution
from streams.segmentation.lines import Line
from streams.segmentation.tokens import bare, cued, has_media_link
from streams.segmentation.wrapping import TERMINAL

BODY_CHARACTERS = 420
"""How far a post reaches at most; a post of 280 with what the page added stays below."""

_SHORT_LINE = 200
_LOOSE_LINE = 90
"""Longest line without a full stop that may belong to the post below it, in characters."""
_PUNCTUATED = 0.8
_PLATFORMS = (
    ("t.me/", "Telegram"),
    ("facebook.com/", "Facebook"),
    ("fb.watch", "Facebook"),
    ("instagram.com/", "Instagram"),
    ("a post shared by", "Instagram"),
    ("on instagram", "Instagram"),
    ("على instagram", "Instagram"),
    ("tiktok.com/", "TikTok"),
    ("مشاركة منشور بواسطة", "Instagram"),
    ("posted by", "Facebook"),
    ("نشر بواسطة", "Facebook"),
)
_PAGES_OWN = frozenset({"related_link", "boilerplate"})
_TWITTER = ("pic.twitter.com", "pic.x.com", "twitter.com/", "t.co/")

Group = tuple[int, int, tuple[int, Attribution] | None]
"""First line and last line of a post, and its attribution with the line that has it."""


def posts(lines: Sequence[Line], told: Sequence[SegmentKind | None]) -> Iterator[Group]:
    """Yield the embedded posts of an article, in order.

    Lines whose kind is ``told`` belong to no post, unless they look like a post's themselves.
    """
    said = [
        attribution(line) if line.kind is None or line.kind == "social_post" else None
        for line in lines
    ]
    if not any(said) and not any(line.tokens for line in lines):
        return
    own = _own(lines, said)
    free = [
        (kind is None and line.kind is None) or _is_free(line, kind)
        for line, kind in zip(lines, told, strict=True)
    ]
    text = _Text(lines, free, _is_arabic(own or lines), _is_spaced(lines), _is_punctuated(own))
    floor = 0
    for index, one in enumerate(said):
        if index < floor or (one is None and not lines[index].tokens):
            continue
        if one is not None:
            reach = _below(text, index) if one.leads else _above(text, index, one, floor)
            found: Group = (*reach, (index, one))
        elif _alone(text, index) and not any(said[index + 1 : index + 3]):
            found = (index, index, None)
        else:
            continue
        yield found
        floor = found[1] + 1


def _is_free(line: Line, told: SegmentKind | None) -> bool:
    """Whether a line may be part of a post."""
    if line.kind is not None:
        return line.kind == "social_post"
    return told not in _PAGES_OWN or _cued(line) or _bare(line)


def _cued(line: Line) -> bool:
    return line.tokens and cued(line.text)


def _bare(line: Line) -> bool:
    return line.tokens and bare(line.text)


def _own(lines: Sequence[Line], said: Sequence[Attribution | None]) -> list[Line]:
    """Return the lines that look like the article's own rather than a post's."""
    following = [*said[1:], None]
    return [
        line
        for line, own, below in zip(lines, said, following, strict=True)
        if own is None and below is None and not (line.tokens and cued(line.text))
    ]


def _is_arabic(lines: Sequence[Line]) -> bool:
    """Whether most text of some lines is in Arabic script."""
    return sum([len(line.text) if line.arabic else -len(line.text) for line in lines]) > 0


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether gaps part the blocks of a text."""
    return sum([line.blank for line in lines]) >= max(2, len(lines) // 4)


def _is_punctuated(lines: Sequence[Line]) -> bool:
    """Whether long lines end in full stops."""
    long = [line for line in lines if len(line.text) > _LOOSE_LINE]
    return sum([not _is_loose(line) for line in long]) >= max(1, _PUNCTUATED * len(long))


def _is_loose(line: Line) -> bool:
    return line.text[-1] not in TERMINAL


@dataclass(frozen=True, slots=True)
class _Text:
    lines: Sequence[Line]
    free: Sequence[bool]
    """Whether each line may be part of a post."""
    arabic: bool
    """Whether the article itself is in Arabic script."""
    spaced: bool
    """Whether gaps part its blocks."""
    punctuated: bool
    """Whether its paragraphs end in full stops, which lines of posts often do without."""

    def continues(self, line: Line) -> bool:
        """Tell whether a line further from the attribution still belongs to the post."""
        foreign = line.arabic is not self.arabic and len(line.text) <= _SHORT_LINE
        loose = self.punctuated and len(line.text) <= _LOOSE_LINE and _is_loose(line)
        return self.spaced or foreign or loose or _cued(line)


def _alone(text: _Text, index: int) -> bool:
    """Whether a line with tokens is a post by itself: media links, or foreign with hashtags."""
    line = text.lines[index]
    if len(text.lines) == 1 or not text.free[index]:
        return False
    if has_media_link(line.text):
        return True
    return line.arabic is not text.arabic and cued(line.text) and not bare(line.text)


def _above(text: _Text, at: int, said: Attribution, floor: int) -> tuple[int, int]:
    """Return the lines of the post that the attribution in line ``at`` closes.

    The line before it belongs to it, and further ones while no gap parts them and they look
    like a post's or, in a text that parts its blocks by gaps, up to the gap.  Trailing lines
    of hashtags and links do too.  ``floor`` is the first line that is free.
    """
    lines = text.lines
    first = at
    own_body = not bare(lines[at].text[: said.start]) if said.start else False
    length = len(lines[at].text) if own_body else 0
    while first > floor and not (lines[first].blank and (first != at or own_body or said.bare)):
        line = lines[first - 1]
        nearest = first == at and not own_body
        length += len(line.text)
        if not text.free[first - 1] or not (nearest or text.continues(line)):
            break
        if not nearest and length > BODY_CHARACTERS:
            break
        first -= 1
    return first, _trailed(text, at)


def _below(text: _Text, at: int) -> tuple[int, int]:
    """Return the lines of the post that the attribution in line ``at`` opens."""
    lines = text.lines
    last = at
    length = 0
    while last + 1 < len(lines):
        line = lines[last + 1]
        nearest = last == at
        length += len(line.text)
        if not text.free[last + 1] or not (nearest or text.continues(line)):
            break
        if not nearest and (line.blank or length > BODY_CHARACTERS):
            break
        last += 1
    return at, _trailed(text, last)


def _trailed(text: _Text, last: int) -> int:
    lines = text.lines
    while last + 1 < len(lines) and text.free[last + 1] and _bare(lines[last + 1]):
        last += 1
    return last


def post(text: str, said: Attribution | None) -> dict[str, Any]:
    """Return what a post's text and its attribution say about it, by the fields of `Post`."""
    handle = said.handle if said else None
    return {
        "platform": _platform(text, handle),
        "author": said.author if said else None,
        "handle": handle,
        "posted_at": said.posted_at if said else None,
    }


def _platform(text: str, handle: str | None) -> str | None:
    lowered = text.lower()
    for mark, name in _PLATFORMS:
        if mark in lowered:
            return name
    return "Twitter" if handle or any(mark in lowered for mark in _TWITTER) else None
