"""Flags each segment (first version: by script)."""

from __future__ import annotations

from schemas import FlaggedArticle, FlaggedSegment, LanguageShare, SegmentedArticle


def flag(article: SegmentedArticle, *, targets: tuple[str, ...] = ("en",)) -> FlaggedArticle:
    """Return the article with language, script and translation flag on each segment."""
    segments = []
    for one in article.segments:
        arabic = any("\u0600" <= c <= "\u06ff" for c in article.text[one.start : one.end])
        language = "ar" if arabic else "en"
        segments.append(
            FlaggedSegment(
                **dict(one),
                language=language,
                script="Arab" if arabic else "Latn",
                language_confidence=0.5,
                needs_translation=language not in targets,
                translation_reason="target_language" if language in targets else "foreign_language",
            )
        )
    values = dict(article) | {"segments": tuple(segments)}
    return FlaggedArticle.model_construct(
        **values,
        primary_language=segments[0].language if segments else "und",
        languages=(LanguageShare(language=segments[0].language, share=1.0),) if segments else (),
        needs_translation=any(s.needs_translation for s in segments),
        translation_targets=targets,
    )
