"""Splits an article into blocks and reads what each block holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import Article, Hashtag, Quote, Segment, SegmentedArticle, Span, Url
from schemas.contract import FieldName
from schemas.segment import SegmentKind
from streams.segmentation.attribution import Attribution, attribution
from streams.segmentation.dateline import dateline
from streams.segmentation.kinds import kinds
from streams.segmentation.lines import Line, lines, merged
from streams.segmentation.markup import is_html, markup
from streams.segmentation.posts import post, posts
from streams.segmentation.quotes import Said, quotes
from streams.segmentation.sentences import sentences
from streams.segmentation.tokens import hashtags, links_of

_SILENT = frozenset({"related_link", "boilerplate"})
"""Kinds whose quotation marks quote no one."""


@dataclass(frozen=True, slots=True)
class _Block:
    line: Line
    kind: SegmentKind
    source: str
    field: FieldName = "text"
    said: Attribution | None = None
    """The attribution of a post, with offsets in the line's text."""


def segment(article: Article) -> SegmentedArticle:
    """Return the article with its segments in order; they leave out only white space.

    The title, if there is one, is the first segment, with offsets in the title.  In an HTML
    text the segments leave out the tags around them as well.
    """
    made: list[Segment] = []
    speaker: str | None = None
    for block in (*_title(article.title or ""), *_blocks(article.text)):
        said = [] if block.kind in _SILENT else _quotes(block, speaker)
        speaker = next((q.speaker for q in reversed(said) if q.speaker), speaker)
        made.append(_segment(block, len(made), said))
    return SegmentedArticle.model_construct(**dict(article), segments=tuple(made))


def _title(title: str) -> list[_Block]:
    return [_Block(merged(found), "title", title, "title")] if (found := lines(title)) else []


def _blocks(text: str) -> Iterator[_Block]:
    found = markup(text) if is_html(text) else lines(text)
    said: dict[int, Attribution | None] = {}
    grouped: list[Line] = []
    following = 0
    for first, last, own in posts(found):
        grouped += found[following:first]
        said[len(grouped)] = _within(found[first : own[0]], own[1]) if own else None
        grouped.append(_post(merged(found[first : last + 1])))
        following = last + 1
    grouped += found[following:]
    for index, kind in enumerate(kinds(grouped)):
        own_said = said.get(index)
        if kind == "social_post" and index not in said:
            own_said = attribution(grouped[index])
        yield _Block(grouped[index], kind, text, "text", own_said)


def _post(line: Line) -> Line:
    return Line(line.text, line.pieces, line.folded, line.arabic, line.blank, "social_post")


def _within(above: Sequence[Line], said: Attribution) -> Attribution:
    """Return an attribution with offsets in the post instead of in its own line."""
    shift = sum(len(line.text) + 1 for line in above)
    start, end = said.start + shift, said.end + shift
    return Attribution(start, end, said.author, said.handle, said.posted_at, said.leads)


def _body(block: _Block) -> tuple[int, int]:
    """Return the span of what a block says: of a post what stands before the attribution."""
    said, length = block.said, len(block.line.text)
    if said is None:
        return 0, length
    return (said.end, length) if said.leads else (0, said.start)


def _quotes(block: _Block, speaker: str | None) -> list[Said]:
    if block.kind == "social_post":
        return quotes(block.line, _body(block)[1], block.said.author if block.said else None)
    return quotes(block.line, len(block.line.text), speaker)


def _segment(block: _Block, index: int, said: list[Said]) -> Segment:
    line = block.line
    tags = tuple(
        Hashtag(start=a, end=b, text=block.source[a:b], words=words)
        for start, end, words in hashtags(line.text)
        for a, b in (line.source_span(start, end),)
    )
    place = dateline(line) if block.kind == "paragraph" else None
    return Segment(
        index=index,
        kind=block.kind,
        field=block.field,
        start=line.start,
        end=line.end,
        sentences=tuple(_span(line, *found) for found in _sentences(block)),
        quotes=tuple(_quote(line, one) for one in said),
        hashtags=tags,
        dateline=_span(line, *place) if place else None,
        post=post(line.text, block.said, _urls(line, block.source), tags)
        if block.kind == "social_post"
        else None,
    )


def _span(line: Line, start: int, end: int) -> Span:
    begin, finish = line.source_span(start, end)
    return Span(start=begin, end=finish)


def _quote(line: Line, said: Said) -> Quote:
    begin, finish = line.source_span(said.start, said.end)
    return Quote(start=begin, end=finish, speaker=said.speaker)


def _urls(line: Line, source: str) -> tuple[Url, ...]:
    return tuple(
        Url(start=a, end=b, text=source[a:b])
        for start, end in links_of(line.text)
        for a, b in (line.source_span(start, end),)
    )


def _sentences(block: _Block) -> list[tuple[int, int]]:
    """Return the sentences of the body; an attribution and what trails it are one more."""
    text = block.line.text
    start, end = _body(block)
    found = [
        (start + a, start + b) for a, b in sentences(text[start:end], arabic=block.line.arabic)
    ]
    if block.said is None:
        return found
    rest = (0, start) if block.said.leads else (end, len(text))
    piece = text[slice(*rest)]
    if not piece.strip():
        return found
    left = len(piece) - len(piece.lstrip())
    own = (rest[0] + left, rest[0] + len(piece.rstrip()))
    return [own, *found] if block.said.leads else [*found, own]
