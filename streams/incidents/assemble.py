"""Makes the report of one incident: every field with the words that say so."""

from __future__ import annotations

from schemas import (
    AnnotatedArticle,
    ArticleReference,
    Casualty,
    DateValue,
    IncidentDate,
    IncidentPlace,
    IncidentReport,
    Plover,
)
from schemas.entity import DateAnchor
from schemas.events import Realis, Stage
from streams import __version__
from streams.incidents import means
from streams.incidents.actors import actors as actors_of
from streams.incidents.attackers import attackers
from streams.incidents.classify import attack_types, classify
from streams.incidents.confidence import confidence
from streams.incidents.detect import Mention
from streams.incidents.evidence import Notes
from streams.incidents.harm import implied, tolls
from streams.incidents.lexicon import EventClass, event_type
from streams.incidents.places import incident_place, other_places, place_of
from streams.incidents.telling import Gathered, Telling
from streams.record.fingerprint import fingerprint
from streams.record.identity import report_id
from streams.record.title import title

_PRECISION = {"day": 1, "week": 2, "month": 3, "year": 3}


def report(article: AnnotatedArticle, one: Gathered) -> IncidentReport:
    """Return the report of a gathered incident."""
    notes = Notes(article)
    cls = classify(one)
    lead, telling = _lead(one, cls)
    trigger = notes.add("trigger", telling, lead.start, lead.end, f"trigger.{lead.trigger.id}")
    for path in ("event_type", "sub_event_type", "plover", "gtd_attack_types", "stage", "realis"):
        notes.add(path, telling, lead.start, lead.end, f"trigger.{lead.trigger.id}")
    place, here, others = _places(article, one, notes)
    date = _date(article, one, notes)
    actors = actors_of(one, notes)
    casualties = _casualties(one, notes)
    weapons = means.weapons(one, cls, notes)
    operation = next(
        (e for t in one.tellings for e in t.sentence.entities if e.type == "operation"), None
    )
    if operation is not None:
        notes.entity("operation_name", one, operation)
    values = IncidentReport(
        incident_id="",
        title="",
        event_type=event_type(cls.sub_event_type),
        sub_event_type=cls.sub_event_type,
        plover=Plover(event=cls.plover_event, mode=cls.plover_mode),
        gtd_attack_types=attack_types(one, cls),
        stage=_stage(one),
        realis=_realis(one),
        operation_name=operation.text if operation else None,
        trigger=trigger,
        date=date,
        place=place,
        other_places=others,
        actors=actors,
        casualties=casualties,
        weapons=weapons,
        attackers=attackers(one, notes),
        evidence=tuple(notes.pieces.values()),
        articles=(_reference(article),),
        confidence=confidence(one, date=date, place=place, named=here),
        pipeline_version=__version__,
    )
    return values.model_copy(update={"incident_id": report_id(values), "title": title(values)})


def _places(
    article: AnnotatedArticle, one: Gathered, notes: Notes
) -> tuple[IncidentPlace | None, bool, tuple[IncidentPlace, ...]]:
    """Return the place of an incident, whether its sentences name it, and their further ones."""
    place, entity = incident_place(article, one)
    if entity is not None:
        notes.entity("place", one, entity)
    others = other_places(one, entity)
    for other in others:
        notes.entity("other_places", one, other)
    here = any(entity in t.places for t in one.tellings)
    return place, here, tuple(place_of(other) for other in others)


def _lead(one: Gathered, cls: EventClass) -> tuple[Mention, Telling]:
    """Return the mention that says the class, in the earliest sentence, real ones first."""
    pairs = [(m, t) for t in one.tellings for m in t.mentions]
    return min(
        pairs,
        key=lambda pair: (
            pair[0].cls.name != cls.name,
            pair[0].realis not in {"actual", "historical"},
            pair[0].cls.sub_event_type != cls.sub_event_type,
            pair[1].sentence.index,
            pair[0].start,
        ),
    )


def _realis(one: Gathered) -> Realis:
    said = [m.realis for t in one.tellings for m in t.mentions]
    first = one.tellings[0].lead.realis
    if first in {"historical", "actual"}:
        return first
    ranks: tuple[Realis, ...] = ("actual", "historical", "denied", "hypothetical")
    return min(said, key=ranks.index)


def _stage(one: Gathered) -> Stage:
    first = one.tellings[0].lead
    return first.stage


def _date(article: AnnotatedArticle, one: Gathered, notes: Notes) -> IncidentDate | None:
    """Return the day of the incident: told with it, in its paragraph, else the article's own."""
    for telling in one.tellings:
        lead = telling.lead
        if lead.date is not None:
            entity = next(e for e in telling.sentence.entities if e.date == lead.date)
            if telling.sentence.in_dateline(entity):
                continue
            notes.entity("date", one, entity)
            return _as_date(lead.date)
    telling = one.tellings[0]
    near = [
        e
        for e in article.entities
        if e.date is not None
        and e.segment == telling.sentence.segment.index
        and e.start < telling.sentence.start
        and not telling.sentence.in_dateline(e)
    ]
    if near and near[-1].date is not None:
        notes.entity("date", one, near[-1])
        return _as_date(near[-1].date)
    anchor = article.anchor_date
    if anchor is None or _realis(one) != "actual":
        return None
    notes.add("date", telling, telling.lead.start, telling.lead.end, "date.article-day")
    kind: DateAnchor = "published_at" if article.published_at else "inferred"
    return IncidentDate(start=anchor, end=anchor, precision="week", anchor=kind, time_precision=2)


def _as_date(value: DateValue) -> IncidentDate:
    return IncidentDate(
        start=value.start,
        end=value.end,
        precision=value.precision,
        anchor=value.anchor,
        time_precision=_PRECISION[value.precision],
    )


def _casualties(one: Gathered, notes: Notes) -> tuple[Casualty, ...]:
    found = tolls(one)
    for toll in found:
        for entity in toll.entities:
            notes.entity(f"casualties.{toll.casualty.harm}", one, entity)
    made = [toll.casualty for toll in found]
    people = implied(one, found)
    if people:
        for telling, start, end in people:
            notes.add("casualties.killed", telling, start, end, "casualty.named")
        number = len(people)
        made = [c for c in made if c.harm != "killed" or c.of is not None]
        made.insert(0, Casualty(harm="killed", min=number, best=number, qualifier="unspecified"))
    return tuple(made)


def _reference(article: AnnotatedArticle) -> ArticleReference:
    return ArticleReference(
        article_id=article.article_id,
        url=article.url,
        source=article.source,
        title=article.title,
        published_at=article.published_at,
        language=article.primary_language,
        fingerprint=fingerprint(article.text),
    )
