"""Hashtags with their words, handles and links in a stretch of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas import Hashtag, Url

_HASHTAG = re.compile(r"[#＃]([^\W_][\w\u200c]*|\w[\w\u200c]*)")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”«»]+"
    r"|(?<![\w@.])(?:pic\.twitter\.com|t\.co|t\.me|youtu\.be|bit\.ly|fb\.me|fb\.watch|instagram\.com"
    r"|twitter\.com|x\.com|facebook\.com|youtube\.com)/[^\s<>\"“”«»]*",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@.])[@＠]\w{1,50}(?!\w|\.\w)")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_LINK_TAIL = ".,;:!?)]}'’،؛؟…"


def hashtags(text: str, start: int) -> tuple[Hashtag, ...]:
    """Return the hashtags of a text; ``start`` is added to their offsets."""
    if "#" not in text and "＃" not in text:
        return ()
    return tuple(
        Hashtag(start=start + m.start(), end=start + m.end(), text=m.group(), words=words(m[1]))
        for m in _HASHTAG.finditer(text)
        if not m[1].isdecimal() and not _inside_link(text, m.start())
    )


def words(name: str) -> tuple[str, ...]:
    """Return the words of a hashtag's name: split at ``_``, camel case and digits."""
    return tuple(word for part in name.split("_") for word in _CAMEL.findall(part))


def urls(text: str, start: int) -> tuple[Url, ...]:
    """Return the links of a text, with or without a scheme; ``start`` is added to their offsets."""
    if "/" not in text and "www." not in text:
        return ()
    return tuple(Url(start=start + a, end=start + b, text=text[a:b]) for a, b in link_spans(text))


def link_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of links, punctuation after them and a hashtag run onto them left out."""
    for match in _URL.finditer(text):
        link = match.group()
        if "#" in link and not link.lower().startswith(("http", "www")):
            link = link.split("#", 1)[0]
        link = link.rstrip(_LINK_TAIL)
        if len(link) > 4:
            yield match.start(), match.start() + len(link)


def _inside_link(text: str, at: int) -> bool:
    return "/" in text[:at] and any(a < at < b for a, b in link_spans(text))


def without_tokens(text: str) -> str:
    """Return what is left of a text without links, handles and hashtags."""
    for pattern in (_URL, HANDLE, _HASHTAG):
        text = pattern.sub(" ", text)
    return text.strip()
