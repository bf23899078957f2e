"""What the layers of this room exchange: a passage to read, and candidates found in it.

Nothing changes one of them once it is made.  They are not frozen all the same, nor are other
small values of this room: it takes Python three times as long to make a frozen one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas import Canonical, Count, DateValue, FlaggedArticle, FlaggedSegment, Place
from schemas.entity import EntityType
from streams.entities.words import Words, cut
from streams.text.fold import Folded, fold_lines


@dataclass(slots=True, eq=False)
class Passage:
    """One segment's text with its fold; ``start`` is where it begins in the field's text."""

    segment: FlaggedSegment
    text: str
    start: int
    folded: Folded
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = cut(self.folded, self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the article's span of ``folded.text[start:end]``."""
        begin, finish = self.folded.source_span(start, end)
        return self.start + begin, self.start + finish


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A reading of a stretch of text; offsets in code points of the article's field.

    Layers may return overlapping candidates; `annotate` chooses between them.
    """

    start: int
    end: int
    type: EntityType
    confidence: float
    rule: str
    canonical: Canonical | None = None
    place: Place | None = None
    date: DateValue | None = None
    count: Count | None = None
    words: tuple[str, ...] = ()
    role: str | None = None
    acled_interaction: int | None = None
    gtd_weapon_type: int | None = None


def passages(article: FlaggedArticle) -> tuple[Passage, ...]:
    """Return one passage for each segment of the article, folded once for all layers."""
    sources = {"title": article.title or "", "text": article.text}
    texts = [sources[one.field][one.start : one.end] for one in article.segments]
    return tuple(
        Passage(segment, text, segment.start, folded)
        for segment, text, folded in zip(article.segments, texts, fold_lines(texts), strict=True)
    )
