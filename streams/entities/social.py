"""Hashtags, handles and links: found by their form, so that names are not sought in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streams.entities.candidate import Candidate, Passage

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”«»]+|"
    r"\b(?:pic\.twitter\.com|t\.co|t\.me|bit\.ly|youtu\.be|fb\.me|goo\.gl|ow\.ly)/[^\s<>\"“”«»#]+",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?…)]}'\"،؛؟"
_HANDLE = re.compile(r"(?<![\w@./])@\w{2,50}(?!\w|\.\w)")
_HASHTAG = re.compile(r"[#＃](?=\w*[^\W\d])\w+")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")


def find_social(passage: Passage) -> Iterator[Candidate]:
    """Yield the links, handles and hashtags of a passage, disjoint and exact."""
    text, base = passage.text, passage.start
    links = []
    if "." in text and "/" in text:
        for match in _LINK.finditer(text):
            end = match.start() + len(match.group().rstrip(_TRAILING))
            links.append((match.start(), end))
            yield Candidate(
                start=base + match.start(), end=base + end, type="url", confidence=0.99,
                rule="social.link",
            )  # fmt: skip
    if passage.segment.post is not None:
        yield from _author(passage)
    if "@" in text:
        for match in _HANDLE.finditer(text):
            if not any(a <= match.start() < b for a, b in links):
                yield Candidate(
                    start=base + match.start(), end=base + match.end(), type="handle",
                    confidence=0.97, rule="social.handle",
                )  # fmt: skip
    if "#" in text or "＃" in text:
        given = {(tag.start, tag.end): tag.words for tag in passage.segment.hashtags}
        for match in _HASHTAG.finditer(text):
            if any(a <= match.start() < b for a, b in links):
                continue
            start, end = base + match.start(), base + match.end()
            words = given.get((start, end)) or tuple(_WORD.findall(match.group()))
            yield Candidate(
                start=start, end=end, type="hashtag", confidence=0.99, rule="social.hashtag",
                words=words,
            )  # fmt: skip


def _author(passage: Passage) -> Iterator[Candidate]:
    """Yield who wrote an embedded post, as its attribution line names them."""
    post = passage.segment.post
    if post is None or not post.author:
        return
    before = passage.text.rfind(post.handle) if post.handle else len(passage.text)
    at = passage.text.rfind(post.author, 0, max(0, before))
    if at >= 0:
        start = passage.start + at
        yield Candidate(
            start=start, end=start + len(post.author), type="person", confidence=0.95,
            rule="social.author",
        )  # fmt: skip
