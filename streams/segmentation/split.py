"""Splits an article into blocks and reads what each block holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas import Article, Segment, SegmentedArticle, Span
from schemas.segment import SegmentKind
from streams.segmentation.kinds import cued_kind, kinds
from streams.segmentation.lines import Line, lines
from streams.segmentation.markup import blocks, is_html
from streams.segmentation.posts import (
    Attribution,
    attribution,
    bare,
    cued,
    extent,
    is_arabic,
    post,
)
from streams.segmentation.quotes import quotes
from streams.segmentation.sentences import sentences
from streams.segmentation.tokens import hashtags
from streams.text.fold import fold
from streams.text.months import alternatives

_MONTHS = alternatives()
_DATELINE = re.compile(
    r"(?:[^\W\d_][\w .'-]{1,40}(?:, ?[^\W\d_][\w .'-]{1,30})?)"
    rf"(?:[,،]? (?:\d{{1,2}} (?:{_MONTHS})\.?|(?:{_MONTHS})\.? \d{{1,2}})(?:,? \d{{2,4}})?)?"
    r" ?(?:\([^()\n]{1,40}\))?,? ?(?:--?|:) (?=\S)"
)
_DATELINE_NEEDS = re.compile(r"\(|\d|--")
_SPOKEN = frozenset({"paragraph", "list_item", "heading", "title", "caption"})


def segment(article: Article) -> SegmentedArticle:
    """Return the article with its segments in order; they leave out only white space.

    The title, if there is one, is the first segment, with offsets in the title.  In an HTML
    text the segments leave out the tags around them as well.  The article must have its id.
    """
    made: list[Segment] = []
    speaker: str | None = None
    for field, source, start, end, kind in _stretches(article):
        one = _segment(source[start:end], start, kind=kind, speaker=speaker)
        speaker = next((q.speaker for q in reversed(one.quotes) if q.speaker), speaker)
        made.append(one.model_copy(update={"index": len(made), "field": field}))
    return SegmentedArticle.model_construct(**dict(article), segments=tuple(made))


def _stretches(article: Article) -> Iterator[tuple[str, str, int, int, SegmentKind]]:
    title = article.title or ""
    if title.strip():
        begin = len(title) - len(title.lstrip())
        yield "title", title, begin, begin + len(title.strip()), "title"
    text = article.text
    for start, end, kind in _markup(text) if is_html(text) else _plain(text):
        yield "text", text, start, end, kind


def _markup(text: str) -> Iterator[tuple[int, int, SegmentKind]]:
    found = blocks(text)
    seen = [Line(b.start, b.end, b.text) for b in found]
    guessed = kinds(seen, [b.kind != "social_post" for b in found])
    for block, guess in zip(found, guessed, strict=True):
        kind = block.kind or guess
        if kind in {"paragraph", "list_item", "heading"}:
            kind = cued_kind(block.text) or kind
        yield block.start, block.end, kind


def _plain(text: str) -> Iterator[tuple[int, int, SegmentKind]]:
    found = lines(text)
    grouped, free = _grouped(text, found)
    yield from zip(
        (g.start for g in grouped), (g.end for g in grouped), kinds(grouped, free), strict=True
    )


def _grouped(text: str, found: Sequence[Line]) -> tuple[list[Line], list[bool]]:
    """Return the lines with those of one post put together, and which are no post."""
    posts = dict(_posts(found))
    grouped: list[Line] = []
    free: list[bool] = []
    index = 0
    while index < len(found):
        last = posts.get(index)
        one = found[index]
        if last is None:
            grouped.append(one)
            free.append(True)
            index += 1
        else:
            end = found[last].end
            grouped.append(Line(one.start, end, text[one.start : end], one.blank))
            free.append(False)
            index = last + 1
    return grouped, free


def _posts(found: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each embedded post, in order."""
    arabic = is_arabic(max((line.text for line in found), key=len, default=""))
    said = [attribution(line) for line in found]
    floor = 0
    for index in range(len(found)):
        if index < floor:
            continue
        if (own := said[index]) is not None:
            first, last = extent(found, index, own, arabic=arabic, floor=floor)
        elif not any(said[index + 1 : index + 3]) and _alone(found, index, arabic=arabic):
            first = last = index
        else:
            continue
        yield first, last
        floor = last + 1


def _alone(found: Sequence[Line], index: int, *, arabic: bool) -> bool:
    """Whether a line is a post without an attribution: media links, or foreign with hashtags."""
    text = found[index].text
    if "pic.twitter.com/" in text or (bare(text) and len(found) > 1):
        return True
    return len(found) > 1 and cued(text) and is_arabic(text) is not arabic


def _segment(text: str, start: int, *, kind: SegmentKind, speaker: str | None) -> Segment:
    """Return the segment of a block, what it holds read; its index and field come later."""
    said = None
    body = text
    if kind == "social_post":
        said = _last_attribution(text, start)
        body = text[: said.start - start] if said else text
    return Segment(
        index=0,
        kind=kind,
        start=start,
        end=start + len(text),
        sentences=_sentences(text, body, start),
        quotes=quotes(body, start, speaker) if kind in _SPOKEN or said else (),
        hashtags=hashtags(text, start),
        dateline=_dateline(text, start) if kind == "paragraph" else None,
        post=post(text, start, said) if kind == "social_post" else None,
    )


def _sentences(text: str, body: str, start: int) -> tuple[Span, ...]:
    """Return the sentences of the body; an attribution and what trails it are one more."""
    arabic = is_arabic(body)
    kept = body.rstrip()
    found = sentences(kept, start, arabic=arabic) if kept else ()
    rest = text[len(kept) :]
    if not rest.strip():
        return found
    begin = start + len(kept) + len(rest) - len(rest.lstrip())
    return (*found, Span(start=begin, end=start + len(text)))


def _last_attribution(text: str, start: int) -> Attribution | None:
    position = len(text)
    for piece in reversed(text.splitlines(keepends=True)):
        position -= len(piece)
        stripped = piece.strip()
        lead = len(piece) - len(piece.lstrip())
        at = start + position + lead
        found = attribution(Line(at, at + len(stripped), stripped)) if stripped else None
        if found:
            return found
    return None


def _dateline(text: str, start: int) -> Span | None:
    opening = text[:120]
    if not any(mark in opening for mark in "-–—:"):
        return None
    folded = fold(opening)
    match = _DATELINE.match(folded.text)
    if match is None:
        return None
    begin, end = folded.source_span(0, match.end())
    head = opening[begin:end].rstrip()
    place = head.rstrip(" -–—:")
    sure = place.isupper() or (is_arabic(place) and len(place.split()) <= 2)
    if not sure and not _DATELINE_NEEDS.search(match.group()):
        return None
    return Span(start=start + begin, end=start + begin + len(head))
