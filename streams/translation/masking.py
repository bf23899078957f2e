"""Blanks what is no language: links, handles, hashtags, attribution lines, markup."""

from __future__ import annotations

import re

from schemas import Segment

_MARKS = ("/", "@", "#", "＠", "＃", "www.", "WWW.", "<", "&")
_NO_LANGUAGE = re.compile(
    r"(?<![A-Za-z0-9._%+-])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://\S+|[Ww]{3}\.\S+"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,6}/\S*"
    r"|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+)"
    r"|[@＠]\w+|[#＃][\w\u200c]+"
)
_HANDLED = re.compile("[(（][@＠]")
_MARKED_TOKEN = re.compile(r"(?<!\S)(?:[^\w\s]?[Ww]{3}\.|[^\s/@#＠＃]*[/@#＠＃])\S*")
"""A token that may hold such things: few do, and the closer look is dear."""
_MARKUP = re.compile(r"<[^<>\n]{1,400}>|&#?\w{1,10};")
_ATTRIBUTION = re.compile(
    r"[ \t]*[-—–―].{0,160}?[(（][@＠]|.{0,120}?[(（][@＠]\w{1,50}[)）].{0,80}\d{4}"
)
_TAG = re.compile(r"[#＃]([\w\u200c]+)")
_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")


def _blank_inside(token: re.Match[str]) -> str:
    return _NO_LANGUAGE.sub(_blank, token.group())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def marks_in(source: str) -> tuple[str, ...]:
    """Return which marks a text has of what is no language."""
    return tuple([mark for mark in _MARKS if mark in source])


def masked(source: str, segment: Segment, marks: tuple[str, ...] = _MARKS) -> str:
    """Return the segment's text, as long as it is, with what is no language blanked.

    ``marks`` are those that the source has.
    """
    text = source[segment.start : segment.end]
    if segment.dateline is not None:
        opening = segment.dateline.end - segment.start
        text = " " * opening + text[opening:]
    if segment.post is not None:
        text = _without_attribution(text, segment.post.author)
    if not marks or not any(map(text.__contains__, marks)):
        return text
    if "<" in text or "&" in text:
        text = _MARKUP.sub(_blank, text)
    return _MARKED_TOKEN.sub(_blank_inside, text)


def _without_attribution(text: str, author: str | None) -> str:
    """Blank the lines that say who posted: a handle in brackets, or a dash and the author."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _attributes(line, author):
            lines[at] = " " * len(line)
    return "\n".join(lines)


def _attributes(line: str, author: str | None) -> bool:
    if _HANDLED.search(line) and _ATTRIBUTION.match(line):
        return True
    dashed = line.lstrip(" \t-—–―") != line.lstrip()
    return bool(author) and dashed and str(author) in line


def hashtag_words(source: str, segment: Segment) -> str:
    """Return the words of the segment's hashtags, single-spaced, lower-cased where camel-cased."""
    text = source[segment.start : segment.end]
    if "#" not in text and "＃" not in text:
        return ""
    tags = _TAG.findall(text)
    return " ".join(_CAMEL.sub(" ", tag.replace("_", " ")) for tag in tags)
