"""Blanks what is no language: links, handles, hashtags, attribution lines, markup."""

from __future__ import annotations

import re

from schemas import Segment

_MARK = re.compile(r"[@#＠＃<&]|://|\bwww\.|\.[A-Za-z]{2,5}/", re.IGNORECASE)
_NO_LANGUAGE = re.compile(
    r"https?://\S+|\bwww\.\S+|\b(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,6}/\S*"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}|[@＠]\w+|[#＃][\w\u200c]+",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^<>\n]{1,400}>|&#?\w{1,10};")
_ATTRIBUTION = re.compile(
    r"^[ \t]*[-—–―][^\n]{0,160}[(（][@＠][^\n]*$"
    r"|^[^\n]{0,120}[(（][@＠]\w{1,50}[)）][^\n]*\d{4}[^\n]*$",
    re.MULTILINE,
)
_DASHED = re.compile(r"^[ \t]*[-—–―]+[ \t]*", re.MULTILINE)
_TAG = re.compile(r"[#＃]([\w\u200c]+)")
_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def masked(source: str, segment: Segment) -> str:
    """Return the segment's text, as long as it is, with what is no language blanked."""
    text = source[segment.start : segment.end]
    if segment.post is not None:
        text = _ATTRIBUTION.sub(_blank, text)
        if segment.post.author:
            text = _without_author(text, segment.post.author)
    if not _MARK.search(text):
        return text
    if "<" in text or "&" in text:
        text = _MARKUP.sub(_blank, text)
    return _NO_LANGUAGE.sub(_blank, text)


def _without_author(text: str, author: str) -> str:
    """Blank the line that a dash opens and that names the author."""
    for dash in _DASHED.finditer(text):
        if text.startswith(author, dash.end()):
            end = text.find("\n", dash.end())
            end = len(text) if end < 0 else end
            return text[: dash.start()] + " " * (end - dash.start()) + text[end:]
    return text


def hashtag_words(source: str, segment: Segment) -> str:
    """Return the words of the segment's hashtags, single-spaced, lower-cased where camel-cased."""
    text = source[segment.start : segment.end]
    if "#" not in text and "＃" not in text:
        return ""
    tags = _TAG.findall(text)
    return " ".join(_CAMEL.sub(" ", tag.replace("_", " ")) for tag in tags)
