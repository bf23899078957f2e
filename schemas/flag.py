"""Language and translation flag of each segment: topic ``news.flagged-article.v1``."""

from __future__ import annotations

from typing import Literal

from schemas.contract import Contract, Probability, Span
from schemas.segment import Segment, SegmentedArticle

TranslationReason = Literal[
    "target_language",
    "foreign_language",
    "mixed_language",
    "no_linguistic_content",
    "undetermined",
]


class LanguageSpan(Span):
    """A stretch of one language inside a segment that mixes languages."""

    language: str
    """BCP 47."""
    script: str
    """ISO 15924."""
    needs_translation: bool = False


class FlaggedSegment(Segment):
    """A segment with its language and whether it needs translating."""

    language: str
    """BCP 47; ``und`` where it cannot be told."""
    script: str
    """ISO 15924; ``Zyyy`` where there are no letters."""
    language_confidence: Probability
    spans: tuple[LanguageSpan, ...] = ()
    """Present where the segment mixes languages; together they cover it but for white space."""
    needs_translation: bool
    translation_reason: TranslationReason


class LanguageShare(Contract):
    """The share of an article's letters written in a language."""

    language: str
    share: Probability


class FlaggedArticle(SegmentedArticle):
    """An article whose segments carry their language; shares add up to 1."""

    segments: tuple[FlaggedSegment, ...] = ()
    primary_language: str = "und"
    languages: tuple[LanguageShare, ...] = ()
    needs_translation: bool = False
    translation_targets: tuple[str, ...] = ("en",)
