"""Embedded social posts: which lines they are made of, who wrote them and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Post
from streams.segmentation.lines import Line
from streams.segmentation.tokens import HANDLE, hashtags, urls, without_tokens
from streams.text.fold import fold
from streams.text.months import alternatives, month_of

BODY_CHARACTERS = 420
"""How far up a post reaches at most; a post of 280 with what the page added stays below."""

_SHORT_LINE = 200
_ARABIC = re.compile("[\u0600-\u06ff]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff\u05d0-\u05ea]+")
_DATE = (
    r"(?:(?P<m1>{months})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})"
    r"|(?P<d2>\d{{1,2}})(?: de)? (?P<m2>{months})\.?(?: de)?[,،]? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{{4}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})"
    r"|(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})/(?P<y4>\d{{4}}))"
)


def _attribution() -> tuple[re.Pattern[str], ...]:
    date = _DATE.format(months=alternatives())
    handle = r"\(?(?P<handle>@\w{1,50})\)?"
    return (
        # — Author (@handle) January 22, 2021
        re.compile(
            r"(?:^|\s)(?:[-&]|mdash;){1,3} ?(?P<author>[^@\n]{0,120}?) ?"
            rf"{handle}[ ,·|.-]*(?:{date})?\s*$"
        ),
        # Author (@handle) January 22, 2021
        re.compile(rf"^(?P<author>[^@\n]{{0,80}}?) ?{handle}[ ,·|.-]*{date}\s*$"),
        # Posted by Author on Friday, January 22, 2021
        re.compile(
            r"^(?:posted by|publie par|تم النشر بواسطه|نشر بواسطه|نشره) (?P<author>.{1,80}?)"
            rf" (?:on|le|في|يوم) (?:\w+,? )?{date}\s*$"
        ),
    )  # fmt: skip


_ATTRIBUTIONS = _attribution()


@dataclass(frozen=True, slots=True)
class Attribution:
    """The line that says who posted; offsets in the article's field."""

    start: int
    end: int
    author: str | None
    handle: str | None
    posted_at: dt.date | None


def attribution(line: Line) -> Attribution | None:
    """Return what an attribution line says, whether it is the whole line or ends it."""
    if "@" not in line.text and "＠" not in line.text and not _may_be_posted(line.text):
        return None
    folded = fold(line.text)
    for pattern in _ATTRIBUTIONS:
        match = pattern.search(folded.text)
        if match:
            begin = match.start() + (folded.text[match.start() : match.start() + 1].isspace())
            start, _ = folded.source_span(begin, begin + 1)
            return Attribution(
                start=line.start + start,
                end=line.end,
                author=_named(line.text, folded.source_span(*match.span("author"))),
                handle=_named(line.text, folded.source_span(*match.span("handle")))
                if "handle" in pattern.groupindex
                else None,
                posted_at=_date(match),
            )
    return None


def _may_be_posted(text: str) -> bool:
    return "osted by" in text or "بواسطة" in text


def _named(text: str, span: tuple[int, int]) -> str | None:
    if span[0] >= span[1]:
        return None
    return text[slice(*span)].strip(" \t(—–-") or None


def _date(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    for number in "1234":
        month = groups.get(f"m{number}")
        if month:
            value = int(month) if month.isdecimal() else month_of(month) or 0
            try:
                return dt.date(int(groups[f"y{number}"]), value, int(groups[f"d{number}"]))
            except ValueError:
                return None
    return None


def cued(text: str) -> bool:
    """Tell whether a line looks like a post's: links to media, hashtags or handles at its end."""
    if "pic.twitter.com/" in text or "t.co/" in text:
        return True
    tail = text[-60:]
    return ("#" in tail and bool(hashtags(text, 0))) or bool(HANDLE.search(tail))


def bare(text: str) -> bool:
    """Tell whether a line is nothing but hashtags, handles and links."""
    return not any(c.isalnum() for c in without_tokens(text)) and ("#" in text or "/" in text)


def extent(
    lines: Sequence[Line], at: int, said: Attribution, *, arabic: bool, floor: int
) -> tuple[int, int]:
    """Return the first and last line of the post whose attribution ``said`` is line ``at``.

    The line before the attribution belongs to it; further ones while they look like a
    post's and no gap parts them; trailing lines of hashtags and links do too.
    ``arabic`` is the article's own script; ``floor`` the first line that is free.
    """
    first, last = at, at
    own_body = said.start > lines[at].start
    length = len(lines[at].text) if own_body else 0
    while first > floor and not (lines[first].blank and first != at):
        line = lines[first - 1]
        nearest = first == at and not own_body
        if not nearest and not _continues(line.text, arabic=arabic):
            break
        length += len(line.text)
        if not nearest and length > BODY_CHARACTERS:
            break
        first -= 1
    while last + 1 < len(lines) and bare(lines[last + 1].text):
        last += 1
    return first, last


def _continues(text: str, *, arabic: bool) -> bool:
    if cued(text):
        return True
    foreign = is_arabic(text) is not arabic
    return foreign and len(text) <= _SHORT_LINE


def is_arabic(text: str) -> bool:
    """Tell whether most letters of a text are Arabic."""
    if text.isascii():
        return False
    arabic = sum(map(len, _ARABIC.findall(text)))
    return arabic > sum(map(len, _LATIN.findall(text)))


def post(text: str, start: int, said: Attribution | None) -> Post:
    """Return the post that a stretch of text holds; ``start`` is its offset."""
    links = urls(text, start)
    handle = said.handle if said else None
    return Post(
        platform=_platform(text, handle),
        author=said.author if said else None,
        handle=handle,
        posted_at=said.posted_at if said else None,
        urls=links,
        hashtags=hashtags(text, start),
    )


def _platform(text: str, handle: str | None) -> str | None:
    lowered = text.lower()
    for mark, name in (
        ("t.me/", "Telegram"),
        ("facebook.com/", "Facebook"),
        ("fb.watch", "Facebook"),
        ("instagram.com/", "Instagram"),
        ("posted by", "Facebook"),
    ):
        if mark in lowered:
            return name
    return "Twitter" if handle or "pic.twitter.com" in lowered or "t.co/" in lowered else None
