"""Makes the report of one incident: every field with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas import (
    Actor,
    AnnotatedArticle,
    ArticleReference,
    Casualty,
    Confidence,
    DateValue,
    Entity,
    Evidence,
    IncidentDate,
    IncidentReport,
    Plover,
    Weapon,
)
from schemas.events import Realis, Role, Stage
from streams import __version__
from streams.incidents.classify import classify
from streams.incidents.detect import Mention
from streams.incidents.gather import Gathered, Telling
from streams.incidents.harm import implied, tolls
from streams.incidents.lexicon import EventClass, event_type
from streams.incidents.places import incident_place, other_places, place_of
from streams.incidents.roles import Part
from streams.record.fingerprint import fingerprint
from streams.record.identity import report_id
from streams.record.title import title
from streams.text.fold import fold_name

_PRECISION = {"day": 1, "week": 2, "month": 3, "year": 3}
_ORDER: tuple[Role, ...] = (
    "perpetrator", "claimant", "accused", "accuser", "responder", "target", "victim",
)  # fmt: skip
MOST_ACTORS = 24


@dataclass(slots=True)
class Notes:
    """Evidence as it is gathered, each piece once."""

    article: AnnotatedArticle
    pieces: dict[tuple[str, str, int, int], Evidence] = field(default_factory=dict)

    def add(
        self, supports: str, telling: Telling, start: int, end: int, rule: str
    ) -> Evidence:  # path, place, rule
        """Note that the words from ``start`` to ``end`` support a field."""
        sentence = telling.sentence
        segment = sentence.segment
        source = (self.article.title or "") if segment.field == "title" else self.article.text
        _, speaker = sentence.voice_at(start)
        one = Evidence(
            supports=supports, article_id=self.article.article_id, field=segment.field, start=start,
            end=end, text=source[start:end], language=segment.language,
            needs_translation=segment.needs_translation, segment_kind=segment.kind,
            speaker=speaker, context=sentence.text, context_start=sentence.start, rule=rule,
        )  # fmt: skip
        return self.pieces.setdefault((supports, segment.field, start, end), one)

    def entity(self, supports: str, one: Gathered, entity: Entity) -> None:
        """Note that an entity supports a field."""
        telling = _telling_of(one, entity)
        if telling is not None:
            self.add(supports, telling, entity.start, entity.end, entity.rule)
            return
        segment = next(s for s in self.article.segments if s.index == entity.segment)
        piece = Evidence(
            supports=supports, article_id=self.article.article_id, field=entity.field,
            start=entity.start, end=entity.end, text=entity.text, language=segment.language,
            needs_translation=segment.needs_translation, segment_kind=segment.kind,
            rule=entity.rule,
        )  # fmt: skip
        self.pieces.setdefault((supports, entity.field, entity.start, entity.end), piece)


def _telling_of(one: Gathered, entity: Entity) -> Telling | None:
    return next(
        (
            t
            for t in one.tellings
            if t.sentence.segment.index == entity.segment
            and t.sentence.start <= entity.start < t.sentence.end
        ),
        None,
    )


def report(article: AnnotatedArticle, one: Gathered) -> IncidentReport:
    """Return the report of a gathered incident."""
    notes = Notes(article)
    cls = classify(one)
    lead, telling = _lead(one, cls)
    trigger = notes.add("trigger", telling, lead.start, lead.end, f"trigger.{lead.trigger.id}")
    for path in ("event_type", "sub_event_type", "plover", "gtd_attack_types", "stage", "realis"):
        notes.add(path, telling, lead.start, lead.end, f"trigger.{lead.trigger.id}")
    place, entity = incident_place(article, one)
    if entity is not None:
        notes.entity("place", one, entity)
    others = other_places(one, entity)
    for other in others:
        notes.entity("other_places", one, other)
    date = _date(article, one, notes)
    actors = _actors(one, notes)
    casualties = _casualties(one, notes)
    weapons = _weapons(one, notes)
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
        gtd_attack_types=_gtd(one, cls),
        stage=_stage(one),
        realis=_realis(one),
        operation_name=operation.text if operation else None,
        trigger=trigger,
        date=date,
        place=place,
        other_places=tuple(place_of(e) for e in others),
        actors=actors,
        casualties=casualties,
        weapons=weapons,
        evidence=tuple(notes.pieces.values()),
        articles=(_reference(article),),
        confidence=_confidence(
            one, date=date, located=place is not None and place.latitude is not None
        ),
        pipeline_version=__version__,
    )
    named = values.model_copy(update={"incident_id": report_id(values)})
    return named.model_copy(update={"title": title(named)})


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


def _gtd(one: Gathered, cls: EventClass) -> tuple[int, ...]:
    """Return the attack types of the class and of what else the incident tells."""
    told = [m.cls.gtd for m in one.mentions if m.cls.violent and m.cls.gtd and m.realis == "actual"]
    first = [cls.gtd] if cls.gtd else []
    known = [code for code in dict.fromkeys([*first, *told]) if code != 9]
    return tuple(known[:3] or first[:1])


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
            notes.entity("date", one, entity)
            return _as_date(lead.date)
    telling = one.tellings[0]
    near = [
        e
        for e in article.entities
        if e.date is not None
        and e.segment == telling.sentence.segment.index
        and e.start < telling.sentence.start
    ]
    if near and near[-1].date is not None:
        notes.entity("date", one, near[-1])
        return _as_date(near[-1].date)
    anchor = article.anchor_date
    if anchor is None or _realis(one) != "actual":
        return None
    notes.add("date", telling, telling.lead.start, telling.lead.end, "date.article-day")
    kind = "published_at" if article.published_at else "inferred"
    return IncidentDate(start=anchor, end=anchor, precision="week", anchor=kind, time_precision=2)


def _as_date(value: DateValue) -> IncidentDate:
    return IncidentDate(
        start=value.start,
        end=value.end,
        precision=value.precision,
        anchor=value.anchor,
        time_precision=_PRECISION[value.precision],
    )


def _actors(one: Gathered, notes: Notes) -> tuple[Actor, ...]:
    """Return the parties, each once a role, in the order of roles and of the text."""
    merged: dict[tuple[str, str], list[tuple[Part, Telling]]] = {}
    for telling in one.tellings:
        for part in (*telling.parts, *telling.claims):
            key = part.role, part.party.canonical_id or fold_name(part.party.name)
            merged.setdefault(key, []).append((part, telling))
    actors = []
    for (role, _), same in sorted(
        merged.items(), key=lambda item: (_ORDER.index(item[0][0]), item[1][0][0].party.start)
    ):
        part, telling = max(same, key=lambda pair: len(pair[0].party.text))
        party = part.party
        for other, where in same:
            notes.add(f"actors.{role}", where, other.party.start, other.party.end, other.rule)
        actors.append(
            Actor(
                role=part.role, name=party.name, native_name=party.native_name, kind=party.kind,
                canonical_id=party.canonical_id, acled_interaction=party.interaction,
                text=party.text,
                mentions=tuple(dict.fromkeys(p.party.text for p, _ in same)),
                claim=next((p.claim for p, _ in same if p.claim), None),
            )
        )  # fmt: skip
    return tuple(actors[:MOST_ACTORS])


def _casualties(one: Gathered, notes: Notes) -> tuple[Casualty, ...]:
    found = tolls(one)
    for toll in found:
        for entity in toll.entities:
            notes.entity(f"casualties.{toll.casualty.harm}", one, entity)
    made = [toll.casualty for toll in found]
    people = implied(one, found)
    if people:
        for _, start, end in people:
            telling = next(t for t in one.tellings if t.sentence.start <= start < t.sentence.end)
            notes.add("casualties.killed", telling, start, end, "casualty.named")
        number = len(people)
        made.insert(0, Casualty(harm="killed", min=number, best=number, qualifier="unspecified"))
    return tuple(made)


def _weapons(one: Gathered, notes: Notes) -> tuple[Weapon, ...]:
    found: dict[str, list[Entity]] = {}
    for telling in one.tellings:
        for entity in telling.sentence.entities:
            if entity.type == "weapon":
                name = entity.canonical.name if entity.canonical else entity.text
                found.setdefault(name, []).append(entity)
    for entities in found.values():
        for entity in entities:
            notes.entity("weapons", one, entity)
    return tuple(
        Weapon(
            name=name,
            text=same[0].text,
            mentions=tuple(dict.fromkeys(e.text for e in same)),
            gtd_weapon_type=same[0].gtd_weapon_type,
        )
        for name, same in found.items()
    )


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


def _confidence(one: Gathered, *, date: IncidentDate | None, located: bool) -> Confidence:
    """Return how sure the report is: voice, strength of the words, agreement, what is known."""
    best = 0.0
    for telling in one.tellings:
        lead = telling.lead
        voice = {"own": 0.3, "quote": 0.2, "post": 0.05}.get(lead.voice, 0.0)
        best = max(best, voice + (0.25 if lead.trigger.strong else 0.1))
    score = best + 0.05 * min(3, len(one.tellings) - 1) + (0.1 if located else 0.0)
    score += 0.1 if date is not None and date.precision == "day" else 0.0
    score += 0.1 if one.tolls() else 0.0
    return Confidence(
        overall=round(min(0.97, score + 0.1), 3),
        event=round(min(0.97, best + 0.3), 3),
        date=0.9 if date is not None and date.precision == "day" else 0.4 if date else None,
        place=0.85 if located else None,
    )
