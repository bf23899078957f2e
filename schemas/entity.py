"""Entities of an article: topic ``news.annotated-article.v1``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from schemas.contract import Contract, FieldName, Probability, Span
from schemas.events import AcledInteraction, GtdWeaponType
from schemas.flag import FlaggedArticle

EntityType = Literal[
    "person",
    "organization",
    "armed_group",
    "security_force",
    "government",
    "location",
    "facility",
    "nationality",
    "date",
    "casualty",
    "weapon",
    "operation",
    "hashtag",
    "handle",
    "url",
]
Harm = Literal["killed", "injured", "missing", "abducted", "detained", "displaced"]
Qualifier = Literal["exactly", "at_least", "at_most", "about", "unspecified"]
DatePrecision = Literal["day", "week", "month", "year"]
DateAnchor = Literal["post", "published_at", "inferred", "absolute"]
GeoPrecision = Annotated[int, Field(ge=1, le=3)]
"""ACLED's: 1 town or finer, 2 part of a region, 3 region or country."""


class Canonical(Contract):
    """The thing in the world that a name stands for."""

    id: str
    """``iso3166-1:IQ``, ``iso3166-2:IQ-AN``, ``geonames:98182``, ``wikidata:Q…`` or ``local:…``."""
    name: str
    """English name, as the English Wikipedia titles it where it does."""
    native_name: str | None = None


class Place(Contract):
    """A point on the map with honest precision; without coordinates where it is not resolved."""

    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees, WGS 84."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    geonames_id: int | None = None
    feature_code: str | None = None
    """GeoNames feature code (``PPLC``, ``ADM1``, ``PCLI``, ``SQR`` …)."""
    admin1: str | None = None
    """ISO 3166-2 where known."""
    admin1_name: str | None = None
    country_code: str | None = None
    """ISO 3166-1 alpha-2."""
    precision: GeoPrecision | None = None


class DateValue(Contract):
    """Days that a date expression covers, first and last included."""

    start: dt.date
    end: dt.date
    precision: DatePrecision
    anchor: DateAnchor
    """What relative words were counted from."""
    anchor_date: dt.date | None = None


class Count(Contract):
    """How many people came to harm; absent numbers are unknown, never zero."""

    harm: Harm
    min: Annotated[int, Field(ge=0)] | None = None
    best: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(ge=0)] | None = None
    qualifier: Qualifier = "unspecified"
    of: str | None = None
    """Who is counted: ``civilians``, ``security_forces``, ``attackers``, ``children`` …"""
    part_of: str | None = None
    """Id of the entity of the total that this count is part of ("including three children")."""
    cumulative: bool = False
    """Whether the words update an earlier toll ("rises to 40")."""


class Entity(Span):
    """A name, date, toll or the like at an exact place in the text."""

    id: str
    """Unique within the article: ``e0``, ``e1`` …, in order of position."""
    type: EntityType
    text: str
    field: FieldName = "text"
    segment: int
    """``index`` of the segment it lies in."""
    canonical: Canonical | None = None
    confidence: Probability
    rule: str
    """Id of the rule, gazetteer entry or model that said so."""
    place: Place | None = None
    date: DateValue | None = None
    count: Count | None = None
    words: tuple[str, ...] = ()
    """Words of a hashtag."""
    acled_interaction: AcledInteraction | None = None
    """For groups and forces: ACLED's interaction code, where the gazetteer knows it."""
    gtd_weapon_type: GtdWeaponType | None = None
    """For weapons: GTD's weapon type, where the lexicon knows it."""
    role: str | None = None
    """For people and weapons: a title, rank or kind that the text or lexicon gives."""


class AnnotatedArticle(FlaggedArticle):
    """An article with everything named in it."""

    entities: tuple[Entity, ...] = ()
    anchor_date: dt.date | None = None
    """The day the article speaks from: ``published_at``, else inferred from the text."""
