"""Chooses where an incident happened among the places that its sentences and its article name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from schemas import AnnotatedArticle, Entity, IncidentPlace, Place
from streams.incidents.countries import HOLDS, about, home, initials, is_country
from streams.incidents.nearness import FAR, weight
from streams.incidents.telling import Gathered, Telling
from streams.record.title import countries


def incident_place(
    article: AnnotatedArticle, one: Gathered
) -> tuple[IncidentPlace | None, Entity | None]:
    """Return the place of an incident and the entity that names it.

    The nearest fine place of the first sentence that has one, in the country for which most
    speaks; else of its paragraph; else where most of the article is; else a place that no
    list knows.
    """
    votes = home([t.sentence for t in one.tellings])
    body_first = sorted(one.tellings, key=lambda t: t.sentence.segment.kind == "title")
    for telling in body_first:
        entity = _nearest(telling, votes)
        if entity is not None and is_country(entity) and about(telling.sentence, entity):
            entity = _unlisted([telling]) or entity
        if entity is not None:
            return _placed(article, telling, _finer(telling, entity), votes), entity
    for telling in one.tellings:
        entity = _in_segment(article, telling)
        if entity is not None:
            return _in_country(article, place_of(entity), votes), entity
    entity = _focus(article) or _unlisted(body_first)
    if entity is not None:
        return _in_country(article, place_of(entity), votes), entity
    people = _people(body_first, votes)
    return (_country_of(people), people) if people is not None else (None, None)


def _people(tellings: Sequence[Telling], votes: Mapping[str, float]) -> Entity | None:
    """Return the people's adjective that tells the country (العاصمة التونسية)."""
    country = max(votes, key=lambda c: votes[c], default=None)
    return next(
        (
            e
            for t in tellings
            for e in t.sentence.entities
            if e.type == "nationality" and e.canonical and e.canonical.id == f"iso3166-1:{country}"
        ),
        None,
    )


def _country_of(people: Entity) -> IncidentPlace:
    """Return the country of a people, without a point."""
    assert people.canonical is not None
    code = people.canonical.id.removeprefix("iso3166-1:")
    return IncidentPlace(
        id=people.canonical.id,
        name=countries().get(code, people.canonical.name),
        text=people.text,
        country_code=code,
        precision=3,
    )


def _placed(
    article: AnnotatedArticle, telling: Telling, entity: Entity, votes: Mapping[str, float]
) -> IncidentPlace:
    """Return an entity's place; one that its province contradicts lies in the province."""
    place = place_of(entity)
    country = _told_country(telling, entity)
    if country is not None and place.country_code not in {country, None}:
        return IncidentPlace(
            name=place.name, native_name=place.native_name, text=place.text, country_code=country
        )
    holder = _holder(telling, entity, votes)
    if holder is None or holder.place is None or place.country_code == holder.place.country_code:
        return _in_country(article, place, votes)
    precision = max(2, holder.place.precision or 2)
    return place_of(holder).model_copy(
        update={"name": entity.text, "text": entity.text, "id": None, "precision": precision}
    )


def _told_country(telling: Telling, entity: Entity) -> str | None:
    """Return the country that an adjective tells ("the Lebanese city of X", مدينة X اللبنانية)."""
    sentence = telling.sentence
    text = sentence.folded.text
    at, end = sentence.at(entity.start), sentence.at(entity.end)
    for other in sentence.entities:
        scheme, _, code = (other.canonical.id if other.canonical else "").partition(":")
        if other.type != "nationality" or scheme != "iso3166-1":
            continue
        before = _CITY_OF.fullmatch(text[sentence.at(other.end) : at]) is not None
        if before or (sentence.arabic and text[end : sentence.at(other.start)] in {" ", " ال"}):
            return code
    return None


_CITY_OF = re.compile(
    r" (?:port |border |coastal |capital )?(?:city|town|village|capital|port|province|region)(?: of)? "
)


def _holder(telling: Telling, entity: Entity, votes: Mapping[str, float]) -> Entity | None:
    """Return the place of the country for which most speaks that a chain puts another in."""
    if not votes:
        return None
    text = telling.sentence.folded.text
    country = max(votes, key=lambda c: votes[c])
    end = telling.sentence.at(entity.end)
    following = sorted((e for e in telling.places if e.start >= entity.end), key=lambda e: e.start)
    for other in following:
        at = telling.sentence.at(other.start)
        if at - end > CHAIN:
            return None
        if not HOLDS.fullmatch(text[end:at]):
            continue
        if other.place is not None and other.place.country_code == country:
            return other
        end = telling.sentence.at(other.end)
    return None


CHAIN = 40
"""Characters between the links of a chain ("X village of Y district, Z")."""


def _unlisted(tellings: Sequence[Telling]) -> Entity | None:
    """Return the first place that no list knows."""
    return next(
        (
            e
            for t in tellings
            for e in t.sentence.entities
            if e.type in {"location", "facility"} and (e.place is None or e.canonical is None)
        ),
        None,
    )


def _in_country(
    article: AnnotatedArticle, place: IncidentPlace, votes: Mapping[str, float]
) -> IncidentPlace:
    """Return an unresolved place in the country of its sentences, or that the article names most."""
    if place.country_code is not None:
        return place
    if votes:
        return place.model_copy(update={"country_code": max(votes, key=lambda c: votes[c])})
    named = Counter(
        e.place.country_code for e in article.entities if e.place and e.place.country_code
    )
    return place.model_copy(update={"country_code": named.most_common(1)[0][0]}) if named else place


def _nearest(telling: Telling, votes: Mapping[str, float]) -> Entity | None:
    known = [e for e in telling.places if e.place and e.place.latitude is not None]
    places = known or telling.places
    weights = [(weight(telling, e, votes), e.start, e) for e in places]
    least = min(weights, key=lambda w: w[:2], default=None)
    return least[2] if least is not None and least[0] < FAR else None


def _finer(telling: Telling, entity: Entity) -> Entity:
    """Return a finer place of the sentence that lies in the one chosen."""
    place = entity.place
    if place is None or place.precision == 1:
        return entity
    inside = [
        e
        for e in telling.places
        if e.place is not None
        and e.place.precision == 1
        and e.place.country_code == place.country_code
        and (place.precision == 3 and (place.admin1 is None or e.place.admin1 == place.admin1))
    ]
    return min(inside, key=lambda e: weight(telling, e, {}), default=entity)


def _in_segment(article: AnnotatedArticle, telling: Telling) -> Entity | None:
    segment = telling.sentence.segment
    near = [
        e
        for e in article.entities
        if e.segment == segment.index
        and e.place is not None
        and e.start < telling.sentence.start
        and not initials(e)
    ]
    fine = [e for e in near if e.place and e.place.precision == 1]
    chosen = fine or near
    return chosen[-1] if chosen else None


def _focus(article: AnnotatedArticle) -> Entity | None:
    """Return the place that the article names most, early ones counting more."""
    counts: Counter[str] = Counter()
    first: dict[str, Entity] = {}
    for entity in article.entities:
        if entity.place is None or entity.place.latitude is None or entity.canonical is None:
            continue
        if initials(entity):
            continue
        counts[entity.canonical.id] += 1
        first.setdefault(entity.canonical.id, entity)
    if not counts:
        return None
    return first[max(counts, key=lambda name: (counts[name], -first[name].start))]


def place_of(entity: Entity) -> IncidentPlace:
    """Return an entity's place as an incident names it."""
    canonical = entity.canonical
    return IncidentPlace(
        **dict(entity.place or Place()),
        id=canonical.id if canonical else None,
        name=canonical.name if canonical else entity.text,
        native_name=canonical.native_name if canonical else None,
        text=entity.text,
    )


def other_places(one: Gathered, chosen: Entity | None) -> list[Entity]:
    """Return the further places that the sentences of an incident name, each once."""
    seen = {chosen.text} if chosen is not None else set()
    found: list[Entity] = []
    for telling in one.tellings:
        for entity in telling.places:
            if entity.text not in seen:
                seen.add(entity.text)
                found.append(entity)
    return sorted(found, key=lambda e: e.start)
