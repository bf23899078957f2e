"""Flags each segment with its language and whether it needs translating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas import FlaggedArticle, FlaggedSegment, LanguageShare, Segment, SegmentedArticle
from schemas.flag import LanguageSpan, TranslationReason
from streams.translation.evidence import Evidence, scripts_of_languages
from streams.translation.identify import UNDETERMINED
from streams.translation.masking import marks_in
from streams.translation.reading import NOTHING, Part, Reading, Source, read

_CONTEXT = 2.5
"""What the article's other segments weigh on an unsure one, all of one language."""
_HINT = 0.8
"""What the collector's word on the language weighs."""
_PARTS = 10_000
"""Shares are told in hundredths of a per cent."""


def flag(article: SegmentedArticle, *, targets: tuple[str, ...] = ("en",)) -> FlaggedArticle:
    """Return the article with language, script and translation flag on each segment.

    ``targets`` are the languages (BCP 47; regions are left out of account) that need no
    translation.  Short segments lean on the article's others; offsets count in the segment's
    own field.
    """
    known = frozenset(_primary(target) for target in targets)
    readings = _readings(article)
    segments = tuple(
        [
            FlaggedSegment.trusted(_flagged(article, one, reading, known))
            for one, reading in zip(article.segments, readings, strict=True)
        ]
    )
    shares = _shares(readings)
    return FlaggedArticle.trusted(
        {
            **article.__dict__,
            "segments": segments,
            "primary_language": shares[0].language if shares else UNDETERMINED,
            "languages": shares,
            "needs_translation": any(one.needs_translation for one in segments),
            "translation_targets": targets,
        }
    )


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _source(article: SegmentedArticle, segment: Segment) -> str:
    return article.text if segment.field == "text" else article.title or ""


def _sources(article: SegmentedArticle) -> list[Source]:
    """Return the source of each segment."""
    text = Source(article.text, marks_in(article.text))
    title = article.title or ""
    of_title = Source(title, marks_in(title))
    return [text if one.field == "text" else of_title for one in article.segments]


def _readings(article: SegmentedArticle) -> list[Reading]:
    """Read the segments, then the unsure ones again in the light of the sure ones."""
    prior = _hint(article.language)
    sources = _sources(article)
    first = [
        read(source, one, prior) for source, one in zip(sources, article.segments, strict=True)
    ]
    if not any(map(_is_unsure, first)):
        return first
    prior = _context(first, article.language)
    return [
        read(source, one, prior) if _again(reading, prior) else reading
        for source, one, reading in zip(sources, article.segments, first, strict=True)
    ]


def _is_unsure(reading: Reading) -> bool:
    """Whether a reading may be another one in the light of the article's others."""
    return not (reading.sure or reading is NOTHING or reading.parts)


def _again(reading: Reading, prior: Mapping[str, Evidence]) -> bool:
    """Return whether the article's context may tell an unsure segment's language better."""
    if not _is_unsure(reading):
        return False
    return list(prior.get(reading.script, ())) not in ([], [reading.language])


def _hint(language: str | None) -> dict[str, Evidence]:
    primary = _primary(language or UNDETERMINED)
    script = scripts_of_languages().get(primary)
    return {script: {primary: _HINT}} if script else {}


def _context(readings: Sequence[Reading], language: str | None) -> dict[str, Evidence]:
    """Return by script what the sure segments say for an unsure one."""
    letters: dict[str, dict[str, int]] = {}
    for reading in readings:
        if reading.sure:
            for script, code, count in _counts(reading):
                counted = letters.setdefault(script, {})
                counted[code] = counted.get(code, 0) + count
    context: dict[str, Evidence] = dict(_hint(language))
    for script, counted in letters.items():
        whole = max(1, sum(counted.values()))
        context[script] = {code: _CONTEXT * count / whole for code, count in counted.items()}
    if "Jpan" in context:
        context["Hani"] = {**context.get("Hani", {}), **context["Jpan"]}
    return context


def _counts(reading: Reading) -> tuple[tuple[str, str, int], ...]:
    """Return script, language and letters of each part of a reading."""
    if not reading.parts:
        return ((reading.script, reading.language, reading.letters),)
    return tuple((part.script, part.language, part.letters) for part in reading.parts)


def _flagged(
    article: SegmentedArticle, segment: Segment, reading: Reading, known: frozenset[str]
) -> dict[str, Any]:
    """Return the values of a flagged segment."""
    reason = _reason(reading, known)
    spans: tuple[LanguageSpan, ...] = ()
    if reading.parts:
        spans = tuple(_spans(_source(article, segment), reading.parts, known))
    return {
        **segment.__dict__,
        "language": reading.language,
        "script": reading.script,
        "language_confidence": reading.confidence,
        "spans": spans,
        "needs_translation": reason not in {"target_language", "no_linguistic_content"},
        "translation_reason": reason,
    }


def _reason(reading: Reading, known: frozenset[str]) -> TranslationReason:
    if not reading.letters or reading.names:
        return "no_linguistic_content"
    if reading.parts:
        foreign = any(part.language not in known for part in reading.parts)
        return "mixed_language" if foreign else "target_language"
    if reading.language == UNDETERMINED:
        return "undetermined"
    return "target_language" if reading.language in known else "foreign_language"


def _spans(source: str, parts: Sequence[Part], known: frozenset[str]) -> Iterator[LanguageSpan]:
    for part in parts:
        start = part.start
        end = part.end
        while start < end and source[start].isspace():
            start += 1
        while start < end and source[end - 1].isspace():
            end -= 1
        yield LanguageSpan(
            start=start,
            end=end,
            language=part.language,
            script=part.script,
            needs_translation=part.language not in known,
        )


def _shares(readings: Sequence[Reading]) -> tuple[LanguageShare, ...]:
    """Return each language's share of the letters, the largest first; they add up to 1."""
    letters: dict[str, int] = {}
    for reading in readings:
        if reading.letters and not reading.names:
            for _, language, count in _counts(reading):
                letters[language] = letters.get(language, 0) + count
    if len(letters) == 1:
        return (LanguageShare(language=next(iter(letters)), share=1.0),)
    ranked = sorted(letters.items(), key=lambda item: (-item[1], item[0]))
    parts = _rounded([count for _, count in ranked])
    return tuple(
        LanguageShare(language=language, share=part / _PARTS)
        for (language, _), part in zip(ranked, parts, strict=True)
    )


def _rounded(counts: Sequence[int]) -> list[int]:
    """Return the counts scaled to `_PARTS` in all (largest remainder)."""
    whole = sum(counts)
    parts = [count * _PARTS // whole for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-(counts[at] * _PARTS % whole), at))
    for at in order[: _PARTS - sum(parts)]:
        parts[at] += 1
    return parts
