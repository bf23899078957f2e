"""The sentences of an article as this room reads them: folded, with their voice and entities."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas import AnnotatedArticle, Entity, FlaggedSegment, Quote
from streams.incidents.worded import Worded, may
from streams.text.fold import Folded, fold_lines

Voice = Literal["own", "quote", "post", "link"]
SILENT = frozenset({"related_link", "boilerplate"})
"""Kinds of segment that never start an incident."""
_NAMES = frozenset(
    {
        "person",
        "organization",
        "armed_group",
        "security_force",
        "government",
        "operation",
        "url",
        "date",
    }
)


@dataclass(slots=True)
class Sentence:
    """A sentence with its fold; offsets of entities are the article's.  Nothing of it changes."""

    index: int
    segment: FlaggedSegment
    start: int
    text: str
    folded: Folded
    entities: tuple[Entity, ...]
    arabic: bool
    pieces: list[str]
    """What spaces part in the folded text."""
    may: int
    """Which expressions of words it can hold (`Worded`)."""

    @property
    def end(self) -> int:
        """Where it ends in the field's text."""
        return self.start + len(self.text)

    @property
    def language(self) -> Literal["ar", "en"]:
        """The grammar that reads it."""
        return "ar" if self.arabic else "en"

    @property
    def plain(self) -> str:
        """The folded text with names blanked out, so that no word of a name is read as a cue."""
        text = self.folded.text
        for entity in self.entities:
            if entity.type in _NAMES:
                at = self.at(entity.start)
                to = self.at(entity.end)
                text = text[:at] + "_" * (to - at) + text[to:]
        return text

    def find(self, words: Worded, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return where words first stand in a stretch of the folded text."""
        if not self.may & words.bit:
            return None
        return words.pattern.search(self.folded.text, start, end)

    def match(self, words: Worded, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the words that stand right at a place of the folded text."""
        if not self.may & words.bit:
            return None
        return words.pattern.match(self.folded.text, start, end)

    def in_dateline(self, entity: Entity) -> bool:
        """Tell whether an entity stands in the dateline: where and when it was written."""
        line = self.segment.dateline
        return line is not None and entity.end <= line.end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the article's span of ``folded.text[start:end]``."""
        begin, finish = self.folded.source_span(start, end)
        return self.start + begin, self.start + finish

    def at(self, position: int) -> int:
        """Return where an article's offset lies in the folded text, nearly."""
        return self.folded.folded(min(max(0, position - self.start), len(self.text)))

    def quote_at(self, position: int) -> Quote | None:
        """Return the outermost quotation around a position of the article."""
        around = [q for q in self.segment.quotes if q.start <= position < q.end]
        return around[0] if around else None

    def voice_at(self, position: int) -> tuple[Voice, str | None]:
        """Return whose voice speaks at a position, and its name."""
        if self.segment.kind in SILENT:
            return "link", None
        if self.segment.post is not None:
            return "post", self.segment.post.author or self.segment.post.handle
        quote = self.quote_at(position)
        if quote is not None and (quote.speaker or quote.end - quote.start > 40):
            return "quote", quote.speaker
        return "own", None


def _is_arabic(text: str) -> bool:
    """Tell whether most letters of a folded text are Arabic."""
    if text.isascii():
        return False
    if _LATIN.search(text) is None:
        return _ARABIC.search(text) is not None
    return sum(map(len, _ARABIC.findall(text))) > sum(map(len, _LATIN.findall(text)))


_ARABIC = re.compile("[\u0620-\u064a]+")
_LATIN = re.compile("[a-z]+")


def sentences(article: AnnotatedArticle) -> list[Sentence]:
    """Return the sentences of an article in order, titles first."""
    return list(_sentences(article))


def _sentences(article: AnnotatedArticle) -> Iterator[Sentence]:
    by_segment: dict[int, list[Entity]] = {}
    for entity in article.entities:
        by_segment.setdefault(entity.segment, []).append(entity)
    spans = [(segment, span) for segment in article.segments for span in segment.sentences]
    texts = [
        ((article.title or "") if segment.field == "title" else article.text)[span.start : span.end]
        for segment, span in spans
    ]
    told = zip(spans, texts, fold_lines(texts), strict=True)
    for index, ((segment, span), text, folded) in enumerate(told):
        start, end = span.start, span.end
        found = by_segment.get(segment.index, ())
        pieces = folded.text.split(" ")
        yield Sentence(
            index=index,
            segment=segment,
            start=start,
            text=text,
            folded=folded,
            entities=tuple([e for e in found if start <= e.start < end]),
            arabic=_is_arabic(folded.text),
            pieces=pieces,
            may=may(pieces),
        )
