"""Blocks of an HTML text, with offsets into the text as it came, tags and all.

The standard library's parser is used because it says where in the source each part
stands; the faster ones (lxml, selectolax) build a tree without offsets.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from schemas.segment import SegmentKind
from streams.segmentation.cues import markup_classes
from streams.segmentation.lines import Line, Piece, Stretch, read

_TAGS = (
    "p|div|br|span|a|b|i|u|strong|em|h[1-6]|ul|ol|li|blockquote|article|section|main|html|body|head"
    "|img|figure|figcaption|table|tr|td|script|style|header|footer|nav|aside|time|iframe|video"
)
_OPENED = re.compile(rf"<(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOSED = re.compile(rf"</(?:{_TAGS})\s*>|<br\s*/?>|<!doctype html", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"<(?:p|div|li|h[1-6])(?:\s[^<>]*)?>", re.IGNORECASE)

_BLOCKS = frozenset(
    {
        "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote",
        "article", "section", "figure", "figcaption", "table", "tr", "td", "th", "header",
        "footer", "nav", "aside", "main", "html", "body", "hr", "dl", "dt", "dd", "pre", "form",
        "button", "label", "address", "details", "summary",
    }
)  # fmt: skip
_EMPTY = frozenset({"br", "hr"})
_HIDDEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "iframe", "select"})
_SIBLINGS = frozenset({"p", "li", "td", "th", "tr", "dt", "dd"})
_DEPTH = 60
"""Blocks inside each other at most; of more the innermost count."""
_POSTS = frozenset({"blockquote", "div"})
_KINDS: dict[str, SegmentKind] = {
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "li": "list_item", "figcaption": "caption", "nav": "boilerplate",
    "footer": "boilerplate", "form": "boilerplate", "button": "boilerplate",
}  # fmt: skip
_OUTER = ("boilerplate", "caption", "related_link")
"""Kinds that hold for whatever is inside; of others the innermost tag decides."""


def is_html(text: str) -> bool:
    """Tell whether a text is HTML: known tags that open and close, not a mere ``<``."""
    if "<" not in text or _OPENED.search(text) is None:
        return False
    return bool(_CLOSED.search(text)) or len(_PARAGRAPHS.findall(text)) > 1


def markup(text: str) -> list[Line]:
    """Return the blocks of an HTML text in order; what is broken is read as far as it goes.

    A block's text is what a reader sees: references resolved, tags left out, white space
    single.  Its source span goes from its first to its last letter, tags inside included.
    """
    reader = _Reader(text)
    reader.feed(_closed(text))
    reader.close()
    reader.flush()
    return read(reader.found)


def _closed(text: str) -> str:
    """Return the text, as long as before, with what never ends as a tag or comment made letters.

    The parser looks for the end of each of them anew, which takes forever where there are many.
    """
    for opener, closer in (("<!--", "-->"), ("<![", "]>"), ("<", ">")):
        end = text.rfind(closer) + len(closer) if closer in text else 0
        if opener in text[end:]:
            text = text[:end] + text[end:].replace(opener, "~" * len(opener))
    return text


class _Reader(HTMLParser):
    """Collects blocks while the parser walks the source."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Stretch] = []
        self._source = text
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self._stack: list[tuple[str, SegmentKind | None]] = []
        self._hidden = 0
        self._post = 0
        self._links = 0
        self._clear()

    def _clear(self) -> None:
        self._seen: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._unlinked = False

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._links += tag == "a"
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "body":
            self._hidden = 0
        if self._post:
            self._post += tag in _POSTS
            if tag in _BLOCKS:
                self._add(self._at(), self._at(), " ")
        elif tag in _BLOCKS:
            self.flush()
            if tag not in _EMPTY:
                kind = markup_classes(dict(attrs).get("class") or "")
                if kind == "social_post" and tag in _POSTS:
                    self._post = 1
                else:
                    kind = None if kind == "social_post" else kind
                    self._push(tag, kind or _KINDS.get(tag))

    def _push(self, tag: str, kind: SegmentKind | None) -> None:
        """Open a block; a paragraph or an item ends the one before it."""
        if tag in _SIBLINGS and self._stack and self._stack[-1][0] == tag:
            self._stack.pop()
        self._stack.append((tag, kind))
        del self._stack[:-_DEPTH]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._links = max(0, self._links - 1)
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if self._post:
            if tag in _BLOCKS:
                self._add(self._at(), self._at(), " ")
            self._post -= tag in _POSTS
            if not self._post or tag in {"article", "body", "html"}:
                self._post = 0
                self.flush(kind="social_post")
        elif tag in _BLOCKS:
            self.flush()
            if any(tag == name for name, _ in self._stack):
                while self._stack.pop()[0] != tag:
                    pass

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002 - its parent's
        """Read what opens with ``<![`` to the next ``>``; the parent raises on unknown names."""
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        at = self._at()
        for match in re.finditer(r"\s+|\S+", data):
            seen = " " if match.group().isspace() else match.group()
            self._add(at + match.start(), at + match.end(), seen)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        at = self._at()
        end = at + len(written)
        end += self._source[end : end + 1] == ";"
        seen = unescape(self._source[at:end])
        self._add(at, end, " " if seen.isspace() else seen)

    def _add(self, start: int, end: int, seen: str) -> None:
        """Add what is seen in place of a source span; white space only between words."""
        if self._hidden or not seen:
            return
        if seen == " " and (not self._seen or self._seen[-1] == " "):
            return
        if seen != " " and not self._links:
            self._unlinked = True
        self._pieces.append((self._length, start, end))
        self._seen.append(seen)
        self._length += len(seen)

    def flush(self, *, kind: SegmentKind | None = None) -> None:
        """End the block that is open."""
        while self._seen and self._seen[-1] == " ":
            self._seen.pop()
            self._pieces.pop()
        if self._seen:
            text = "".join(self._seen)
            linked = not self._unlinked and len(self._pieces) > 0
            self.found.append(
                Stretch(text, tuple(self._pieces), kind=kind or self._kind(), linked=linked)
            )
        self._clear()

    def _kind(self) -> SegmentKind | None:
        kinds = [kind for _, kind in self._stack if kind]
        return next((kind for kind in kinds if kind in _OUTER), kinds[-1] if kinds else None)
