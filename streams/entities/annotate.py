"""Puts the layers together: what an article names, where it lies, and which reading wins."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from schemas import AnnotatedArticle, Canonical, Entity, FlaggedArticle
from streams.entities.candidate import Candidate, Passage, passages
from streams.entities.match import Match, Matcher, Word, matcher, words
from streams.entities.resolve import Mention, choose, place_of
from streams.entities.social import find_social

_DIVISION_WORDS = frozenset(("محافظه", "ولايه", "اقليم", "مقاطعه", "اماره", "محافظتي"))
_DIVISION_TAILS = frozenset(("province", "governorate", "state", "county", "prefecture", "oblast"))


@cache
def _matcher() -> Matcher:
    return matcher()


def annotate(article: FlaggedArticle) -> AnnotatedArticle:
    """Return the article with its entities in order of position."""
    found = passages(article)
    candidates: list[tuple[Passage, Candidate]] = []
    anchor: dt.date | None = None
    for passage in found:
        candidates += ((passage, c) for c in find_social(passage))
    candidates += _names(found)
    entities = _entities(article, select(candidates))
    return AnnotatedArticle.model_construct(**dict(article), entities=entities, anchor_date=anchor)


def _names(found: Sequence[Passage]) -> Iterable[tuple[Passage, Candidate]]:
    """Yield what the lexicons and the gazetteer know, places resolved over the article."""
    mentions: list[tuple[Passage, Mention]] = []
    countries: Counter[str] = Counter()
    for passage in found:
        masked = tuple(
            (c.start - passage.start, c.end - passage.start) for c in find_social(passage)
        )
        run = words(passage, masked)
        for match in _matcher().matches(passage, run):
            for sense in match.senses:
                if sense.entry.spot is None and not sense.ambiguous:
                    countries.update([sense.entry.country] if sense.entry.country else [])
                    yield passage, _candidate(match, sense.entry)
            if mention := _mention(match, run):
                mentions.append((passage, mention))
    chosen = choose([m for _, m in mentions], countries)
    for (passage, mention), spot in zip(mentions, chosen, strict=True):
        yield passage, Candidate(
            start=mention.start, end=mention.end,
            type="facility" if spot.facility else "location", confidence=0.8,
            rule="gazetteer.geonames" if spot.population else "lexicon.places",
            canonical=Canonical(id=spot.id, name=spot.name, native_name=spot.native_name),
            place=place_of(spot),
        )  # fmt: skip


def _candidate(match: Match, entry: object) -> Candidate:
    from streams.entities.lexicon import Entry  # noqa: PLC0415

    assert isinstance(entry, Entry)
    return Candidate(
        start=match.start, end=match.end, type=entry.type, confidence=0.9, rule=entry.rule,
        canonical=Canonical(id=entry.id, name=entry.name, native_name=entry.native_name),
        role=entry.role, acled_interaction=entry.acled_interaction,
        gtd_weapon_type=entry.gtd_weapon_type,
    )  # fmt: skip


def _mention(match: Match, run: tuple[Word, ...]) -> Mention | None:
    spots = tuple(s.entry.spot for s in match.senses if s.entry.spot is not None)
    if match.number is not None:
        spots += _matcher().spots(match.number)
    if not spots:
        return None
    before = run[match.first - 1].text if match.first else ""
    after = run[match.last + 1].text if match.last + 1 < len(run) else ""
    largest = max(s.population for s in spots)
    arabic = run[match.first].text[0] > "\u0590"
    division = before.lstrip("وبفل") in _DIVISION_WORDS or after in _DIVISION_TAILS
    if largest < (50_000 if arabic else 2_000) and not division and not match.senses:
        return None
    return Mention(match.start, match.end, spots, division)


def select(candidates: Iterable[tuple[Passage, Candidate]]) -> list[tuple[Passage, Candidate]]:
    """Return disjoint readings: the longer and surer first."""
    taken: dict[str, list[tuple[int, int]]] = {}
    kept = []
    ranked = sorted(
        candidates, key=lambda pc: (pc[1].start - pc[1].end, -pc[1].confidence, pc[1].start)
    )
    for passage, candidate in ranked:
        spans = taken.setdefault(passage.segment.field, [])
        if any(a < candidate.end and candidate.start < b for a, b in spans):
            continue
        spans.append((candidate.start, candidate.end))
        kept.append((passage, candidate))
    return sorted(kept, key=lambda pc: (pc[0].segment.field != "title", pc[1].start))


def _entities(
    article: FlaggedArticle, kept: Sequence[tuple[Passage, Candidate]]
) -> tuple[Entity, ...]:
    made = []
    for number, (passage, candidate) in enumerate(kept):
        segment = passage.segment
        source = (article.title or "") if segment.field == "title" else article.text
        made.append(
            Entity(
                id=f"e{number}",
                type=candidate.type,
                start=candidate.start,
                end=candidate.end,
                text=source[candidate.start : candidate.end],
                field=segment.field,
                segment=segment.index,
                canonical=candidate.canonical,
                confidence=candidate.confidence,
                rule=candidate.rule,
                place=candidate.place,
                date=candidate.date,
                count=candidate.count,
                words=candidate.words,
                role=candidate.role,
                acled_interaction=candidate.acled_interaction,
                gtd_weapon_type=candidate.gtd_weapon_type,
            )
        )
    return tuple(made)
