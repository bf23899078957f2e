"""Blocks of an HTML text, with offsets into the text as it came, tags and all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from schemas.segment import SegmentKind

_TAGS = (
    "p|div|br|span|a|b|i|strong|em|h[1-6]|ul|ol|li|blockquote|article|section|html|body|head|img"
    "|figure|figcaption|table|tr|td|script|style|header|footer|nav|aside"
)
_OPENED = re.compile(rf"<(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOSED = re.compile(rf"</(?:{_TAGS})\s*>|<br\s*/?>|<!doctype html", re.IGNORECASE)

_BLOCKS = frozenset(
    {
        "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote",
        "article", "section", "figure", "figcaption", "table", "tr", "td", "th", "header",
        "footer", "nav", "aside", "main", "html", "body", "hr", "dl", "dt", "dd", "pre",
    }
)  # fmt: skip
_HIDDEN = frozenset({"script", "style", "head", "noscript", "template", "svg"})
_KINDS: dict[str, SegmentKind] = {
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "li": "list_item", "figcaption": "caption", "nav": "boilerplate",
    "footer": "boilerplate", "aside": "related_link",
}  # fmt: skip
_POST_CLASSES = ("twitter-tweet", "telegram-post", "fb-post", "instagram-media", "social")


def is_html(text: str) -> bool:
    """Tell whether a text is HTML: known tags that open and close, not a mere ``<``."""
    return "<" in text and bool(_CLOSED.search(text)) and bool(_OPENED.search(text))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source from its first to its last letter; ``kind`` where a tag tells it."""

    start: int
    end: int
    text: str
    """What a reader sees, references resolved and tags left out."""
    kind: SegmentKind | None = None


@dataclass(slots=True)
class _Open:
    start: int = -1
    end: int = -1
    pieces: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects blocks while the parser walks the source."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self._source = text
        self._lines = [0]
        for index, char in enumerate(text):
            if char == "\n":
                self._lines.append(index + 1)
        self._open = _Open()
        self._stack: list[str] = []
        self._hidden = 0
        self._post = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        if tag in _BLOCKS and not self._post:
            self.flush()
            if tag not in {"br", "hr"}:
                self._stack.append(tag)
            classes = dict(attrs).get("class") or ""
            if tag in {"blockquote", "div"} and any(c in classes for c in _POST_CLASSES):
                self._post = 1
        elif self._post and tag in {"blockquote", "div"}:
            self._post += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if self._post:
            if tag in {"blockquote", "div"}:
                self._post -= 1
                if not self._post:
                    self.flush(kind="social_post")
            return
        if tag in _BLOCKS:
            self.flush()
            while self._stack and self._stack.pop() != tag:
                pass

    def _add(self, start: int, end: int, seen: str) -> None:
        if self._hidden or not seen:
            return
        if not seen.isspace():
            source = self._source[start:end]
            left = len(source) - len(source.lstrip())
            if self._open.start < 0:
                self._open.start = start + left
            self._open.end = start + len(source.rstrip())
        if self._open.start >= 0:
            self._open.pieces.append(seen)

    def handle_data(self, data: str) -> None:
        self._add(self._at(), self._at() + len(data), data)

    def handle_entityref(self, name: str) -> None:
        end = self._reference_end(len(name) + 1)
        self._add(self._at(), end, unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        end = self._reference_end(len(name) + 2)
        self._add(self._at(), end, unescape(f"&#{name};"))

    def _reference_end(self, length: int) -> int:
        end = self._at() + length
        return end + (self._source[end : end + 1] == ";")

    def flush(self, *, kind: SegmentKind | None = None) -> None:
        """End the block that is open."""
        one, self._open = self._open, _Open()
        if one.start < 0:
            return
        named = kind or next((_KINDS[t] for t in reversed(self._stack) if t in _KINDS), None)
        self.blocks.append(Block(one.start, one.end, " ".join("".join(one.pieces).split()), named))


def blocks(text: str) -> list[Block]:
    """Return the blocks of an HTML text in order; what is broken is read as far as it goes."""
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    reader.flush()
    return reader.blocks
