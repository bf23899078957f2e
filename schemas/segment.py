"""Segments of an article: topic ``news.segmented-article.v1``."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.article import Article
from schemas.contract import Contract, FieldName, Span

SegmentKind = Literal[
    "title",
    "heading",
    "paragraph",
    "social_post",
    "related_link",
    "list_item",
    "caption",
    "boilerplate",
]


class Quote(Span):
    """Quoted speech, marks included, and the words that name who said it."""

    speaker: str | None = None
    """The speaker as the article writes the name."""


class Hashtag(Span):
    """A hashtag with its words: ``#BaghdadBombing`` has Baghdad, Bombing."""

    text: str
    words: tuple[str, ...] = ()


class Url(Span):
    """A link in the text, with or without a scheme (``pic.twitter.com/…``)."""

    text: str


class Post(Contract):
    """Who wrote an embedded social post, and when."""

    platform: str | None = None
    author: str | None = None
    handle: str | None = None
    """With its ``@``."""
    posted_at: date | None = None
    """Day of the attribution line."""
    urls: tuple[Url, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()


class Segment(Span):
    """A block of the article; segments are in order, disjoint, and leave out only white space."""

    index: int
    kind: SegmentKind
    field: FieldName = "text"
    sentences: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()
    """Hashtags of the segment outside embedded posts' own list as well as inside."""
    dateline: Span | None = None
    """A leading dateline (``BAGHDAD, Jan 21 (Reuters) -``), if the block opens with one."""
    post: Post | None = None


class SegmentedArticle(Article):
    """An article with its blocks."""

    article_id: str
    segments: tuple[Segment, ...] = ()
