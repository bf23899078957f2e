"""An article as a collector delivers it: topic ``news.article.v1``."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from schemas.contract import Contract

MAXIMUM_TEXT_BYTES = 1 << 20
"""Longest ``text`` accepted, in bytes of UTF-8."""


class Article(Contract):
    """A raw news article; ``text`` is the only field that must be given.

    ``article_id`` is filled in at the door when it is absent (see
    ``streams.text.identity``), so behind the door it is always there.
    """

    article_id: Annotated[str, Field(min_length=1, max_length=512)] | None = None
    text: Annotated[str, Field(min_length=1)]
    """The article as collected; every offset downstream counts in this string."""
    url: str | None = None
    source: str | None = None
    """Name of the outlet or feed."""
    title: str | None = None
    language: str | None = None
    """A hint, BCP 47; the translation stage decides for itself."""
    published_at: datetime | None = None
    collected_at: datetime | None = None
