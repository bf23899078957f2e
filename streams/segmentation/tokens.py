"""Hashtags with their words, handles and links in a stretch of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from streams.segmentation.signs import TOKEN_MARKS, has_any

_HASHTAG = re.compile(r"[#＃]([^\W_][\w\u200c]*|\w[\w\u200c]*)")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”«»—]+"
    r"|(?<![\w@.])(?:pic\.twitter\.com|pic\.x\.com|t\.co|t\.me|wa\.me|youtu\.be|bit\.ly|fb\.me|fb\.watch"
    r"|instagram\.com|twitter\.com|x\.com|facebook\.com|youtube\.com|tiktok\.com)/[^\s<>\"“”«»—]*",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@.])[@＠]\w{1,50}(?!\w|\.\w)")
_MIXED = re.compile(r"[A-Z\u00c0-\u058f\d]|[a-z][^a-z_]|[^a-z_][a-z]")
"""What a name has that is more than words of small letters or of a script without capitals."""
_LINK_TAIL = ".,;:!?)]}'’،؛؟…"
_LINKISH = re.compile(r"(?:://|\.[A-Za-z]{2,5}/|[Ww]{3}\.)")
_ALNUM = re.compile(r"[^\W_]")
_MEDIA = ("pic.twitter.com/", "pic.x.com/", "t.co/")


def hashtags(text: str, links: Sequence[tuple[int, int]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return the hashtags of a text: start, end, words; those in its links are not any."""
    if "#" not in text and "＃" not in text:
        return []
    return [
        (match.start(), match.end(), words(match[1]))
        for match in _HASHTAG.finditer(text)
        if not match[1].isdecimal() and not any(a < match.start() < b for a, b in links)
    ]


def words(name: str) -> tuple[str, ...]:
    """Return the words of a hashtag's name: split at ``_``, camel case, digits and scripts."""
    if not _MIXED.search(name):
        return tuple([part for part in name.split("_") if part])
    found: list[str] = []
    for part in name.split("_"):
        edges = [0, *(i for i in range(1, len(part)) if _parts(part, i)), len(part)]
        found += [part[a:b] for a, b in pairwise(edges) if a < b]
    return tuple(found)


def _parts(name: str, at: int) -> bool:
    """Whether a new word starts at a position of a name."""
    before, here = name[at - 1], name[at]
    if here.isdecimal() != before.isdecimal():
        return True
    if here.isupper():
        return not before.isupper() or name[at + 1 : at + 2].islower()
    return before.isalpha() and here.isalpha() and _cased(before) is not _cased(here)


def _cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def links_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of links, with or without a scheme.

    Punctuation after them is left out and so is a hashtag run onto a bare one.
    """
    if not _LINKISH.search(text):
        return
    for match in _URL.finditer(text):
        link = match.group()
        if "#" in link and not link.lower().startswith(("http", "www")):
            link = link.split("#", 1)[0]
        link = link.rstrip(_LINK_TAIL)
        if len(link) > 4:
            yield match.start(), match.start() + len(link)


def has_media_link(text: str) -> bool:
    """Tell whether a text has a link of the kind that the platform adds for media."""
    return "/" in text and any(mark in text for mark in _MEDIA)


def cued(text: str) -> bool:
    """Tell whether a line looks like a post's: a media link, hashtags or a handle at its end."""
    if has_media_link(text):
        return True
    tail = text[-60:]
    tagged = "#" in tail and bool(_HASHTAG.search(tail))
    return tagged or ("@" in tail and bool(HANDLE.search(tail)))


def bare(text: str) -> bool:
    """Tell whether a text is nothing but hashtags, handles and links."""
    words = text.split()
    if not has_any(TOKEN_MARKS, text) or any(word.isalnum() for word in words):
        return False
    first = words[0] if words else "#"
    if first[0] not in "#@＃＠" and _ALNUM.search(first) and not _URL.match(first):
        return False
    for pattern in (_URL, HANDLE, _HASHTAG):
        text = pattern.sub(" ", text)
    return _ALNUM.search(text) is None
