"""Splits an article into blocks (first version: one paragraph a line)."""

from __future__ import annotations

import re

from schemas import Article, Segment, SegmentedArticle, Span

_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def segment(article: Article) -> SegmentedArticle:
    """Return the article with its segments in order; they leave out only white space."""
    segments = []
    for index, match in enumerate(_LINE.finditer(article.text)):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        segments.append(
            Segment(
                index=index,
                kind="paragraph",
                start=start,
                end=end,
                sentences=(Span(start=start, end=end),),
            )
        )
    values = dict(article)
    return SegmentedArticle.model_construct(**values, segments=tuple(segments))
