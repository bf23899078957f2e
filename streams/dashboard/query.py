"""Filters of the feeds: what a query string may ask for, and which incidents answer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from schemas.events import EventType, SubEventType
from streams.dashboard.view import Record
from streams.text.fold import fold_name

TYPES = {*get_args(EventType), *get_args(SubEventType)}
PARAMETERS = (
    "bbox", "since", "until", "type", "actor", "country", "language", "needs-translation", "realis",
)  # fmt: skip


class BadQuery(ValueError):
    """Raised when a parameter is unknown or its value cannot be read; names it and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for; an absent filter lets everything through."""

    bbox: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; west may exceed east across the antimeridian."""
    since: dt.date | None = None
    until: dt.date | None = None
    types: frozenset[str] = frozenset()
    actor: str = ""
    country: frozenset[str] = frozenset()
    language: frozenset[str] = frozenset()
    needs_translation: bool | None = None
    realis: frozenset[str] = frozenset()

    def matches(self, record: Record) -> bool:
        """Tell whether an incident answers the query."""
        return (
            self._in_box(record.get("place") or {})
            and self._in_time(record.get("date") or {})
            and (not self.types or not self.types.isdisjoint(_types(record)))
            and (not self.actor or any(self.actor in name for name in _actors(record)))
            and (
                not self.country or (record.get("place") or {}).get("country_code") in self.country
            )
            and (not self.language or not self.language.isdisjoint(_languages(record)))
            and self.needs_translation in {None, needs_translation(record)}
            and (not self.realis or record.get("realis") in self.realis)
        )

    def _in_box(self, place: Record) -> bool:
        if self.bbox is None:
            return True
        latitude, longitude = place.get("latitude"), place.get("longitude")
        if latitude is None or longitude is None:
            return False
        west, south, east, north = self.bbox
        across = west > east
        inside = (longitude >= west or longitude <= east) if across else west <= longitude <= east
        return bool(south <= latitude <= north and inside)

    def _in_time(self, date: Record) -> bool:
        if self.since is None and self.until is None:
            return True
        if not date:
            return False
        after = self.since is None or date["end"] >= self.since.isoformat()
        return bool(after and (self.until is None or date["start"] <= self.until.isoformat()))


def parse(parameters: Mapping[str, str]) -> Query:
    """Return the query that a query string asks.

    Raises:
        BadQuery: an unknown parameter or a value that cannot be read.
    """
    unknown = sorted(set(parameters) - set(PARAMETERS))
    if unknown:
        raise BadQuery(f"{unknown[0]}: no such filter; there are {', '.join(PARAMETERS)}")
    types = _listed(parameters.get("type", ""))
    if not types <= TYPES:
        raise BadQuery(f"type: {min(types - TYPES)} is no ACLED event or sub-event type")
    return Query(
        bbox=_box(parameters["bbox"]) if "bbox" in parameters else None,
        since=_date("since", parameters.get("since")),
        until=_date("until", parameters.get("until")),
        types=types,
        actor=fold_name(parameters.get("actor", "")),
        country=frozenset(c.upper() for c in _listed(parameters.get("country", ""))),
        language=_listed(parameters.get("language", "")),
        needs_translation=_truth("needs-translation", parameters.get("needs-translation")),
        realis=_listed(parameters.get("realis", "")),
    )


def needs_translation(record: Record) -> bool:
    """Tell whether any of an incident's evidence needs translating."""
    return any(e.get("needs_translation") for e in record.get("evidence") or ())


def _listed(value: str) -> frozenset[str]:
    return frozenset(part.strip() for part in value.split(",") if part.strip())


def _box(value: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError as error:
        raise BadQuery("bbox: give west,south,east,north in degrees") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadQuery("bbox: longitudes lie in -180…180, latitudes in -90…90, south before north")
    return west, south, east, north


def _date(name: str, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if value else None
    except ValueError as error:
        raise BadQuery(f"{name}: give a day as YYYY-MM-DD") from error


def _truth(name: str, value: str | None) -> bool | None:
    if value is None:
        return None
    if value.lower() in {"true", "1", "yes"}:
        return True
    if value.lower() in {"false", "0", "no"}:
        return False
    raise BadQuery(f"{name}: give true or false")


def _types(record: Record) -> set[str]:
    return {str(record.get("event_type")), str(record.get("sub_event_type"))}


def _actors(record: Record) -> list[str]:
    names = []
    for actor in record.get("actors") or ():
        names += [
            fold_name(str(actor.get(n) or "")) for n in ("name", "native_name", "canonical_id")
        ]
    return names


def _languages(record: Record) -> set[str]:
    return {str(a["language"]) for a in record.get("articles") or () if a.get("language")}
