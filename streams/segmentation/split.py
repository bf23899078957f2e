"""Splits an article into blocks and reads what each block holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from schemas import Article, Segment, SegmentedArticle
from schemas.contract import FieldName
from schemas.segment import SegmentKind
from streams.segmentation.attribution import Attribution
from streams.segmentation.dateline import dateline
from streams.segmentation.kinds import kinds, told_kinds
from streams.segmentation.lines import Line, lines, merged
from streams.segmentation.markup import is_html, markup
from streams.segmentation.posts import post, posts
from streams.segmentation.quotes import Said, quotes
from streams.segmentation.sentences import sentences, trimmed
from streams.segmentation.tokens import hashtags, links_of

_Values = dict[str, Any]
_SEGMENTS = TypeAdapter(tuple[Segment, ...])
_SILENT = frozenset({"related_link", "boilerplate"})
"""Kinds whose quotation marks quote no one."""


@dataclass(slots=True)
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
    made: list[_Values] = []
    speaker: str | None = None
    for block in (*_title(article.title or ""), *_blocks(article.text)):
        said: list[Said] = []
        if block.line.quoted and block.kind not in _SILENT:
            said = _quotes(block, speaker)
            speaker = next((q.speaker for q in reversed(said) if q.speaker), speaker)
        made.append(_segment(block, len(made), said))
    segments = _SEGMENTS.validate_python(made)
    return SegmentedArticle.trusted({**article.__dict__, "segments": segments})


def _title(title: str) -> list[_Block]:
    found = lines(title) if title else []
    return [_Block(merged(found, "title"), "title", title, "title")] if found else []


def _blocks(text: str) -> list[_Block]:
    found = markup(text) if is_html(text) else lines(text)
    told = told_kinds(found)
    said: dict[int, Attribution | None] = {}
    grouped: list[Line] = []
    known: list[SegmentKind | None] = []
    following = 0
    for first, last, own in posts(found, told):
        grouped += found[following:first]
        known += [*told[following:first], "social_post"]
        said[len(grouped)] = _within(found[first : own[0]], own[1]) if own else None
        grouped.append(merged(found[first : last + 1], "social_post"))
        following = last + 1
    grouped += found[following:]
    known += told[following:]
    return [
        _Block(grouped[index], kind, text, "text", said.get(index))
        for index, kind in enumerate(kinds(grouped, known))
    ]


def _within(above: Sequence[Line], said: Attribution) -> Attribution:
    """Return an attribution with offsets in the post instead of in its own line."""
    shift = sum(len(line.text) + 1 for line in above)
    start, end = said.start + shift, said.end + shift
    return replace(said, start=start, end=end)


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


def _segment(block: _Block, index: int, said: list[Said]) -> _Values:
    """Return the values of a block's segment; made records all at once, which is far cheaper."""
    line = block.line
    values: _Values = {
        "index": index,
        "kind": block.kind,
        "field": block.field,
        "start": line.start,
        "end": line.end,
        "sentences": _spans(line, _sentences(block) if block.said or line.ends else _whole(line)),
    }
    if said:
        values["quotes"] = [
            span | {"speaker": quote.speaker}
            for span, quote in zip(_spans(line, [q[:2] for q in said]), said, strict=True)
        ]
    tags: list[_Values] = []
    links: list[tuple[int, int]] = []
    if line.tokens:
        links = list(links_of(line.text))
        found = hashtags(line.text, links)
        named = _named_spans(block, [tag[:2] for tag in found])
        tags = [span | {"words": tag[2]} for span, tag in zip(named, found, strict=True)]
        values["hashtags"] = tags
    if block.kind == "paragraph" and (place := dateline(line)):
        values["dateline"] = _spans(line, [place])[0]
    if block.kind == "social_post":
        urls = _named_spans(block, links)
        values["post"] = post(line.text, block.said) | {"urls": urls, "hashtags": tags}
    return values


def _spans(line: Line, found: Sequence[tuple[int, int]]) -> list[_Values]:
    shift = line.shift
    if shift is not None:
        return [{"start": start + shift, "end": end + shift} for start, end in found]
    spans = [line.source_span(start, end) for start, end in found]
    return [{"start": start, "end": end} for start, end in spans]


def _named_spans(block: _Block, found: Sequence[tuple[int, int]]) -> list[_Values]:
    return [
        span | {"text": block.source[span["start"] : span["end"]]}
        for span in _spans(block.line, found)
    ]


def _whole(line: Line) -> list[tuple[int, int]]:
    """Return the sentence of a line that has one alone."""
    return [trimmed(line.text, 0, len(line.text))]


def _sentences(block: _Block) -> list[tuple[int, int]]:
    """Return the sentences of the body; an attribution and what trails it are one more."""
    line, text = block.line, block.line.text
    if block.said is None:
        return sentences(text, arabic=line.arabic)
    start, end = _body(block)
    found = [(start + a, start + b) for a, b in sentences(text[start:end], arabic=line.arabic)]
    rest = (0, start) if block.said.leads else (end, len(text))
    piece = text[slice(*rest)]
    if not piece.strip():
        return found
    left = len(piece) - len(piece.lstrip())
    own = (rest[0] + left, rest[0] + len(piece.rstrip()))
    return [own, *found] if block.said.leads else [*found, own]
