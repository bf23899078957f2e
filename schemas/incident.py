"""Incidents: ``news.incident-report.v1``, ``news.incident.v1``, ``news.incident-revision.v1``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from schemas.contract import Contract, FieldName, Offset, Probability
from schemas.entity import DateAnchor, DatePrecision, Harm, Place, Qualifier
from schemas.events import (
    AcledInteraction,
    ActorKind,
    ClaimConfidence,
    EventType,
    GtdAttackType,
    GtdWeaponType,
    PloverEvent,
    Realis,
    Role,
    Stage,
    SubEventType,
)
from schemas.segment import SegmentKind

Status = Literal["new", "updated", "merged", "withdrawn"]
Precision = Annotated[int, Field(ge=1, le=3)]


class Evidence(Contract):
    """The words of an article that say so: ``text`` is exactly ``article.text[start:end]``."""

    supports: str
    """Path of the field it supports (``casualties.killed``, ``place``, ``actors.claimant``)."""
    article_id: str
    field: FieldName = "text"
    start: Offset
    end: Offset
    text: str
    language: str
    needs_translation: bool
    segment_kind: SegmentKind
    speaker: str | None = None
    """Who is quoted, or who wrote the post; absent in the article's own voice."""
    context: str | None = None
    """The sentence it stands in, as the article writes it."""
    context_start: Offset | None = None
    """Where `context` begins in the field."""
    rule: str


class Plover(Contract):
    """PLOVER's event and mode."""

    event: PloverEvent
    mode: str | None = None


class IncidentDate(Contract):
    """When it happened, first and last day included."""

    start: dt.date
    end: dt.date
    precision: DatePrecision
    anchor: DateAnchor
    time_precision: Precision
    """ACLED's: 1 the day, 2 the week, 3 the month or coarser."""


class IncidentPlace(Place):
    """Where it happened, as the world and as the article name it."""

    id: str | None = None
    """Canonical id of the place."""
    name: str
    native_name: str | None = None
    text: str | None = None
    """The words of the article."""


class Claim(Contract):
    """Who says that the actor did it, how, and how sure they are."""

    mode: str | None = None
    """GTD's claim mode (``website``, ``video``, ``personal`` …)."""
    channel: str | None = None
    """Telegram, Amaq, a statement …"""
    confidence: ClaimConfidence


class Actor(Contract):
    """A party to the incident in one role."""

    role: Role
    name: str
    native_name: str | None = None
    kind: ActorKind
    canonical_id: str | None = None
    acled_interaction: AcledInteraction | None = None
    text: str
    """The words of the article that name it best."""
    mentions: tuple[str, ...] = ()
    """Every wording of the article for it."""
    claim: Claim | None = None
    confidence: Probability | None = None


class Casualty(Contract):
    """A toll for one kind of harm and one group; absent numbers are unknown, never zero."""

    harm: Harm
    min: Annotated[int, Field(ge=0)] | None = None
    best: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(ge=0)] | None = None
    qualifier: Qualifier = "unspecified"
    as_of: dt.datetime | None = None
    of: str | None = None


class CasualtyRecord(Casualty):
    """A toll as one article gave it."""

    article_id: str
    reported_at: dt.datetime | None = None


class Weapon(Contract):
    """A weapon or means."""

    name: str
    text: str
    mentions: tuple[str, ...] = ()
    gtd_weapon_type: GtdWeaponType | None = None


class Attackers(Contract):
    """How many attackers there were."""

    count: Annotated[int, Field(ge=0)] | None = None


class ArticleReference(Contract):
    """An article that tells of the incident."""

    article_id: str
    url: str | None = None
    source: str | None = None
    title: str | None = None
    published_at: dt.datetime | None = None
    language: str | None = None
    fingerprint: str | None = None
    """Similarity hash of the text (16 hexadecimal digits), for syndicated copies."""


class Confidence(Contract):
    """How sure the record is, overall and by part, calibrated from the cues named in the rules."""

    overall: Probability
    event: Probability | None = None
    date: Probability | None = None
    place: Probability | None = None
    actors: Probability | None = None
    casualties: Probability | None = None


class Conflict(Contract):
    """A field on which sources disagree."""

    field: str
    values: tuple[str, ...]


class IncidentReport(Contract):
    """One incident as one article tells it."""

    incident_id: str
    title: str
    """English, made from the fields."""
    event_type: EventType
    sub_event_type: SubEventType
    plover: Plover | None = None
    gtd_attack_types: tuple[GtdAttackType, ...] = ()
    stage: Stage
    realis: Realis
    operation_name: str | None = None
    trigger: Evidence
    date: IncidentDate | None = None
    place: IncidentPlace | None = None
    other_places: tuple[IncidentPlace, ...] = ()
    actors: tuple[Actor, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    attackers: Attackers | None = None
    evidence: tuple[Evidence, ...] = ()
    articles: tuple[ArticleReference, ...] = ()
    source_count: int = 1
    confidence: Confidence
    pipeline_version: str


class Incident(IncidentReport):
    """One incident as all its articles tell it; the newest revision."""

    revision: Annotated[int, Field(ge=1)]
    status: Status
    merged_into: str | None = None
    first_reported_at: dt.datetime | None = None
    last_updated_at: dt.datetime | None = None
    casualty_history: tuple[CasualtyRecord, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class IncidentRevision(Incident):
    """An incident as it stood at one revision, and what changed."""

    changed_fields: tuple[str, ...] = ()
