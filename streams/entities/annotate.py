"""Puts the layers together: what an article names, where it lies, and which reading wins."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from schemas import AnnotatedArticle, Entity, FlaggedArticle
from streams.entities.candidate import Candidate, Passage, passages
from streams.entities.casualties import find_casualties
from streams.entities.dates import dates_by_passage
from streams.entities.fields import spread
from streams.entities.hints import letters, votes
from streams.entities.lexicon import PLACES, lexicon
from streams.entities.links import link, repeated, titled
from streams.entities.match import Matcher, matcher
from streams.entities.mention import Text
from streams.entities.names import find_names
from streams.entities.names_model import NameModel
from streams.entities.names_whole import whole_words
from streams.entities.operations import find_operations
from streams.entities.places import find_places
from streams.entities.select import select
from streams.entities.senses import find_listed, group_homes, homes, nationalities
from streams.entities.settle import main_town, nameless, settle
from streams.entities.social import find_social
from streams.entities.surnames import again, joined, surnames_of
from streams.entities.unlisted import find_unlisted

Spans = tuple[tuple[int, int], ...]
_SURELY = 0.9
"""Confidence above which a word for a kind of place is a name (the channel الجزيرة)."""


@cache
def _matcher() -> Matcher:
    """Return the matcher; what it has read stays for good, so the collector need not walk it."""
    made = matcher()
    gc.collect()
    gc.freeze()
    return made


def annotate(article: FlaggedArticle, *, name_model: NameModel | None = None) -> AnnotatedArticle:
    """Return the article with its entities in order of position.

    ``name_model``: a user's own (`names_model.load_model`), which adds names.
    """
    found = passages(article)
    social = [list(find_social(passage)) for passage in found]
    texts = _texts(found, social, name_model)
    dated, anchor = dates_by_passage(found, published_at=article.published_at)
    tolls = spread(found, lambda numbers: find_casualties([found[n] for n in numbers]))
    layers = [
        [*tags, *days, *harm, *nationalities(text), *find_operations(text.passage)]
        for tags, days, harm, text in zip(social, dated, tolls, texts, strict=True)
    ]
    _locate(article, texts, layers)
    countries = homes(candidate for layer in layers for candidate in layer)
    for layer, mine in zip(layers, find_listed(texts, countries), strict=True):
        layer.extend(mine)
    more = repeated(found, [text.words for text in texts], layers)
    layers = whole_words(found, [[*a, *b] for a, b in zip(layers, more, strict=True)])
    chosen = [titled(p, select(p, layer)) for p, layer in zip(found, layers, strict=True)]
    linked = link(found, _surnames(texts, chosen))
    entities = _entities(article, found, linked)
    return AnnotatedArticle.trusted(
        {**article.__dict__, "entities": entities, "anchor_date": anchor}
    )


def _surnames(texts: Sequence[Text], chosen: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """Add the surnames of people whom the article names in full elsewhere."""
    surnames = surnames_of([text.passage for text in texts], chosen, lexicon())
    if not surnames:
        return list(chosen)
    added = [
        sorted([*layer, *again(text.passage, text.words, layer, surnames)], key=_place)
        for text, layer in zip(texts, chosen, strict=True)
    ]
    return [joined(text.passage, layer) for text, layer in zip(texts, added, strict=True)]


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.start, -candidate.end


def _locate(
    article: FlaggedArticle, texts: Sequence[Text], layers: Sequence[list[Candidate]]
) -> None:
    """Add the places and the other readings by pattern to the layers of their texts."""
    groups = [country for text in texts for country in group_homes(text)]
    named = [candidate for layer in layers for candidate in layer]
    hinted = votes(article.text, article.source, named, groups)
    places: list[list[Candidate]] = [[] for _ in texts]
    for number, candidate in find_places(texts, _matcher(), hinted, letters(article.source)):
        places[number].append(candidate)
    focus = main_town([c.place for mine in places for c in mine if c.place])
    for text, mine, layer in zip(texts, places, layers, strict=True):
        placed = [c for c in mine if c.place is not None]
        layer.extend(placed)
        layer += [
            c
            for c in text.readings
            if c.type not in PLACES and (c.confidence > _SURELY or not nameless(text.passage, c))
        ]
        unknown = [*text.readings, *(c for c in mine if c.place is None)]
        unknown += find_unlisted(text, mine)
        layer.extend(settle(text.passage, unknown, placed, focus))


def _texts(
    found: Sequence[Passage], social: Sequence[Sequence[Candidate]], name_model: NameModel | None
) -> list[Text]:
    """Return the passages with their words, names and readings by pattern."""
    masks = [
        tuple([(c.start - p.start, c.end - p.start) for c in tags])
        for p, tags in zip(found, social, strict=True)
    ]
    readings = spread(
        found,
        lambda numbers: find_names(
            [found[n] for n in numbers], [masks[n] for n in numbers], model=name_model
        ),
    )
    texts = []
    for passage, mask, mine in zip(found, masks, readings, strict=True):
        run = passage.words.without(_folded(passage, mask)) if mask else passage.words
        texts.append(
            Text(
                passage,
                run,
                _matcher().matches(passage, run),
                tuple(sorted(mine, key=lambda c: c.start)),
            )
        )
    return texts


def _folded(passage: Passage, mask: Spans) -> Spans:
    """Return source spans as spans of the folded text."""
    if passage.folded.text and len(passage.folded.text) == len(passage.text):
        return mask
    starts = [passage.folded.source(at) for at in range(len(passage.folded.text))]
    return tuple((bisect_left(starts, start), bisect_left(starts, end)) for start, end in mask)


def _entities(
    article: FlaggedArticle, found: Sequence[Passage], kept: Sequence[Sequence[Candidate]]
) -> tuple[Entity, ...]:
    numbered = [(p, c) for p, layer in zip(found, kept, strict=True) for c in layer]
    tolls = {
        (p.segment.field, f"@{c.start}"): f"e{number}"
        for number, (p, c) in enumerate(numbered)
        if c.type == "casualty"
    }
    return tuple(
        _entity(article, number, passage, _counted(candidate, passage, tolls))
        for number, (passage, candidate) in enumerate(numbered)
    )


def _counted(
    candidate: Candidate, passage: Passage, tolls: Mapping[tuple[str, str], str]
) -> Candidate:
    """Return a toll with the id of the total it is part of, in place of where that starts."""
    count = candidate.count
    if count is None or count.part_of is None:
        return candidate
    total = tolls.get((passage.segment.field, count.part_of))
    return replace(candidate, count=count.model_copy(update={"part_of": total}))


def _entity(article: FlaggedArticle, number: int, passage: Passage, candidate: Candidate) -> Entity:
    segment = passage.segment
    source = (article.title or "") if segment.field == "title" else article.text
    return Entity.trusted({
        "start": candidate.start, "end": candidate.end, "id": f"e{number}",
        "type": candidate.type, "text": source[candidate.start : candidate.end],
        "field": segment.field, "segment": segment.index, "canonical": candidate.canonical,
        "confidence": float(round(candidate.confidence, 3)), "rule": candidate.rule,
        "place": candidate.place, "date": candidate.date, "count": candidate.count,
        "words": candidate.words, "acled_interaction": candidate.acled_interaction,
        "gtd_weapon_type": candidate.gtd_weapon_type, "role": candidate.role,
    })  # fmt: skip
