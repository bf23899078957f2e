"""Puts the layers together: what an article names, where it lies, and which reading wins."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from schemas import AnnotatedArticle, Canonical, Entity, FlaggedArticle
from streams.entities.candidate import Candidate, Passage, passages
from streams.entities.hints import letters, votes
from streams.entities.lexicon import PLACES, Entry, lexicon
from streams.entities.links import again, link, surnames_of
from streams.entities.match import Match, Matcher, matcher, words
from streams.entities.names import find_names
from streams.entities.operations import find_operations
from streams.entities.places import Text, find_places
from streams.entities.select import select
from streams.entities.settle import main_town, settle
from streams.entities.social import find_social

Spans = tuple[tuple[int, int], ...]


@cache
def _matcher() -> Matcher:
    return matcher()


def annotate(article: FlaggedArticle) -> AnnotatedArticle:
    """Return the article with its entities in order of position."""
    found = passages(article)
    social = [list(find_social(passage)) for passage in found]
    masks = [
        tuple((c.start - p.start, c.end - p.start) for c in tags)
        for p, tags in zip(found, social, strict=True)
    ]
    texts = _texts(found, masks)
    layers = [
        [*tags, *_listed(text), *find_operations(text.passage)]
        for tags, text in zip(social, texts, strict=True)
    ]
    _locate(article, texts, layers)
    anchor: dt.date | None = None
    chosen = [select(p, layer) for p, layer in zip(found, layers, strict=True)]
    linked = link(found, _surnames(texts, chosen))
    entities = _entities(article, found, linked)
    return AnnotatedArticle.model_construct(**dict(article), entities=entities, anchor_date=anchor)


def _surnames(texts: Sequence[Text], chosen: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """Add the surnames of people whom the article names in full elsewhere."""
    surnames = surnames_of([text.passage for text in texts], chosen, lexicon())
    if not surnames:
        return list(chosen)
    added = [
        [*layer, *again(text.passage, text.words, layer, surnames)]
        for text, layer in zip(texts, chosen, strict=True)
    ]
    return [sorted(layer, key=lambda c: (c.start, -c.end)) for layer in added]


def _locate(
    article: FlaggedArticle, texts: Sequence[Text], layers: Sequence[list[Candidate]]
) -> None:
    """Add the places and the other readings by pattern to the layers of their texts."""
    hinted = votes(article.text, article.source, [c for layer in layers for c in layer])
    places: list[list[Candidate]] = [[] for _ in texts]
    for number, candidate in find_places(texts, _matcher(), hinted, letters(article.source)):
        places[number].append(candidate)
    focus = main_town([c.place for mine in places for c in mine if c.place])
    for text, mine, layer in zip(texts, places, layers, strict=True):
        layer.extend(mine)
        layer.extend(c for c in text.readings if c.type not in PLACES)
        layer.extend(settle(text.passage, text.readings, mine, focus))


def _texts(found: Sequence[Passage], masks: Sequence[Spans]) -> list[Text]:
    """Return the passages with their words, names and readings by pattern."""
    readings: dict[int, list[Candidate]] = {}
    for field in ("title", "text"):
        mine = [number for number, p in enumerate(found) if p.segment.field == field]
        starts = [found[number].start for number in mine]
        layer = find_names([found[n] for n in mine], [masks[n] for n in mine]) if mine else ()
        for candidate in layer:
            at = mine[bisect_right(starts, candidate.start) - 1]
            readings.setdefault(at, []).append(candidate)
    texts = []
    for number, (passage, mask) in enumerate(zip(found, masks, strict=True)):
        run = words(passage, _folded(passage, mask))
        matches = tuple(_matcher().matches(passage, run))
        texts.append(Text(passage, run, matches, tuple(readings.get(number, ()))))
    return texts


def _folded(passage: Passage, mask: Spans) -> Spans:
    """Return source spans as spans of the folded text."""
    if passage.folded.text and len(passage.folded.text) == len(passage.text):
        return mask
    starts = [passage.folded.source(at) for at in range(len(passage.folded.text))] if mask else []
    return tuple(
        (sum(s < start for s in starts), sum(s < end for s in starts)) for start, end in mask
    )


def _listed(text: Text) -> Iterable[Candidate]:
    """Yield what the lexicons know besides places."""
    for match in text.matches:
        for sense in match.senses:
            if sense.entry.spot is None and not sense.ambiguous:
                yield _candidate(match, sense.entry)


def _candidate(match: Match, entry: Entry) -> Candidate:
    return Candidate(
        start=match.start, end=match.end, type=entry.type, confidence=0.9, rule=entry.rule,
        canonical=Canonical(id=entry.id, name=entry.name, native_name=entry.native_name),
        role=entry.role, acled_interaction=entry.acled_interaction,
        gtd_weapon_type=entry.gtd_weapon_type,
    )  # fmt: skip


def _entities(
    article: FlaggedArticle, found: Sequence[Passage], kept: Sequence[Sequence[Candidate]]
) -> tuple[Entity, ...]:
    made: list[Entity] = []
    for passage, layer in zip(found, kept, strict=True):
        segment = passage.segment
        source = (article.title or "") if segment.field == "title" else article.text
        for candidate in layer:
            made.append(
                Entity(
                    id=f"e{len(made)}", type=candidate.type, start=candidate.start,
                    end=candidate.end, text=source[candidate.start : candidate.end],
                    field=segment.field, segment=segment.index, canonical=candidate.canonical,
                    confidence=candidate.confidence, rule=candidate.rule, place=candidate.place,
                    date=candidate.date, count=candidate.count, words=candidate.words,
                    role=candidate.role, acled_interaction=candidate.acled_interaction,
                    gtd_weapon_type=candidate.gtd_weapon_type,
                )
            )  # fmt: skip
    return tuple(made)
