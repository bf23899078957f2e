"""Flagged articles made of plain lines, for tests of this room alone."""

from __future__ import annotations

import re
from typing import Any

from schemas import Article, FlaggedArticle, Span
from schemas.flag import FlaggedSegment
from streams.text.identity import identified

_ARABIC = re.compile("[\u0600-\u06ff]")


def flagged(text: str, **fields: Any) -> FlaggedArticle:
    """Return an article whose lines are paragraphs; its title, if any, is a segment too."""
    article = identified(Article(text=text, **fields))
    stretches = [
        ("text", m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)
    ]
    if article.title:
        stretches.insert(0, ("title", 0, len(article.title), article.title))
    segments = []
    for index, (field, start, end, line) in enumerate(stretches):
        arabic = _ARABIC.search(line) is not None
        segments.append(
            FlaggedSegment(
                index=index,
                kind="title" if field == "title" else "paragraph",
                field=field,
                start=start,
                end=end,
                sentences=(Span(start=start, end=end),),
                language="ar" if arabic else "en",
                script="Arab" if arabic else "Latn",
                language_confidence=1.0,
                needs_translation=arabic,
                translation_reason="foreign_language" if arabic else "target_language",
            )
        )
    return FlaggedArticle.model_construct(**dict(article), segments=tuple(segments))
