"""Embedded social posts: which lines they are made of, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from streams.segmentation.attribution import Attribution, attribution
from streams.segmentation.lines import Line
from streams.segmentation.tokens import bare, cued, has_media_link, has_token

BODY_CHARACTERS = 420
"""How far a post reaches at most; a post of 280 with what the page added stays below."""

_SHORT_LINE = 200
_PLATFORMS = (
    ("t.me/", "Telegram"),
    ("facebook.com/", "Facebook"),
    ("fb.watch", "Facebook"),
    ("instagram.com/", "Instagram"),
    ("a post shared by", "Instagram"),
    ("on instagram", "Instagram"),
    ("على instagram", "Instagram"),
    ("tiktok.com/", "TikTok"),
    ("posted by", "Facebook"),
)
_TWITTER = ("pic.twitter.com", "pic.x.com", "twitter.com/", "t.co/")

Group = tuple[int, int, tuple[int, Attribution] | None]
"""First line and last line of a post, and its attribution with the line that has it."""


def posts(lines: Sequence[Line]) -> Iterator[Group]:
    """Yield the embedded posts of an article, in order."""
    said = [None if _fixed(line) else attribution(line) for line in lines]
    marked = any(said) or any(has_token(line.text) for line in lines)
    if not marked:
        return
    text = _Text(lines, _own_script(lines, said), _is_spaced(lines))
    floor = 0
    for index, own in enumerate(said):
        if index < floor:
            continue
        if own is not None:
            reach = _below(text, index) if own.leads else _above(text, index, own, floor)
            found: Group = (*reach, (index, own))
        elif not any(said[index + 1 : index + 3]) and _alone(text, index):
            found = (index, index, None)
        else:
            continue
        yield found
        floor = found[1] + 1


def _fixed(line: Line) -> bool:
    return line.kind is not None and line.kind != "social_post"


def _own_script(lines: Sequence[Line], said: Sequence[Attribution | None]) -> bool:
    """Whether the article itself is in Arabic script, by the letters of what looks like no post."""
    score = 0
    for line, own, following in zip(lines, said, [*said[1:], None], strict=True):
        if own is None and following is None and not cued(line.text):
            score += len(line.text) if line.arabic else -len(line.text)
    return score > 0 if score else lines[0].arabic


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether gaps part the blocks of a text."""
    return sum(line.blank for line in lines) >= max(2, len(lines) // 4)


@dataclass(frozen=True, slots=True)
class _Text:
    lines: Sequence[Line]
    arabic: bool
    spaced: bool

    def continues(self, line: Line) -> bool:
        """Tell whether a line further from the attribution still belongs to the post."""
        foreign = line.arabic is not self.arabic and len(line.text) <= _SHORT_LINE
        return self.spaced or foreign or cued(line.text)


def _alone(text: _Text, index: int) -> bool:
    """Whether a line is a post without an attribution: media links, or foreign with hashtags."""
    line = text.lines[index]
    if len(text.lines) == 1 or _fixed(line) or not has_token(line.text):
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
    own_body = said.start > 0
    length = len(lines[at].text) if own_body else 0
    while first > floor and not (lines[first].blank and (first != at or own_body or said.bare)):
        line = lines[first - 1]
        nearest = first == at and not own_body
        length += len(line.text)
        if _fixed(line) or not (nearest or text.continues(line)):
            break
        if not nearest and length > BODY_CHARACTERS:
            break
        first -= 1
    return first, _trailed(lines, at)


def _below(text: _Text, at: int) -> tuple[int, int]:
    """Return the lines of the post that the attribution in line ``at`` opens."""
    lines = text.lines
    last = at
    length = 0
    while last + 1 < len(lines):
        line = lines[last + 1]
        nearest = last == at
        length += len(line.text)
        if _fixed(line) or not (nearest or text.continues(line)):
            break
        if not nearest and (line.blank or length > BODY_CHARACTERS):
            break
        last += 1
    return at, _trailed(lines, last)


def _trailed(lines: Sequence[Line], last: int) -> int:
    while last + 1 < len(lines) and not _fixed(lines[last + 1]) and bare(lines[last + 1].text):
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
