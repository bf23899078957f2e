"""Finds the open incidents that a report could belong to, without looking at all of them.

An incident is filed under every day its reports may tell of, with its country, family and
cell of half a degree; a report looks up its own days and cells and their neighbours.  What
this finds is complete: no pair that `compare` would link is filed apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import cos, floor, radians

from streams.merging.compare import COPIED_DAYS, KM_PER_DEGREE, OPERATION_DAYS
from streams.merging.cues import OTHER_TOWN_KM
from streams.merging.features import Features
from streams.merging.names import couples
from streams.topics import UNKNOWN_COUNTRY

LONG_DAYS = 40
"""Windows longer than this are filed once instead of under each day."""

CELL = 0.5
"""Degrees of a cell."""

ROUND = round(360 / CELL)
"""Cells around the earth."""

_ANY = "*"
Shelf = tuple[str, str, str]
"""Country, day and family."""


class Index:
    """Open incidents by country, day and family, and on each shelf by cell."""

    def __init__(self) -> None:
        self._filed: dict[Shelf, dict[str, dict[str, int]]] = {}

    def add(self, incident: str, report: Features) -> None:
        """File an incident under what one of its reports tells."""
        for shelf, place in _keys(report):
            filed = self._filed.setdefault(shelf, {}).setdefault(place, {})
            filed[incident] = filed.get(incident, 0) + 1

    def remove(self, incident: str, report: Features) -> None:
        """Take back what `add` did for the same report."""
        for shelf, place in _keys(report):
            places = self._filed.get(shelf, {})
            filed = places.get(place, {})
            left = filed.get(incident, 0) - 1
            if left > 0:
                filed[incident] = left
            else:
                filed.pop(incident, None)
                if not filed:
                    places.pop(place, None)
                if not places:
                    self._filed.pop(shelf, None)

    def near(self, report: Features) -> set[str]:
        """Return the incidents that the report could belong to."""
        found: set[str] = set()
        for couple in couples(report.victims):
            found.update(self._filed.get((couple, _ANY, report.family), {}).get(_ANY, ()))
        wanted = _places(report)
        for shelf in _shelves(report):
            places = self._filed.get(shelf)
            if places:
                for place in wanted:
                    found.update(places.get(place, ()))
        return found


def _cell(report: Features) -> tuple[int, int] | None:
    if not report.fine or report.point is None:
        return None
    latitude, longitude = report.point
    return floor(latitude / CELL), floor(longitude / CELL)


def _around(report: Features) -> list[str]:
    """Return the cells that hold every place near enough to be the report's."""
    assert report.point is not None
    latitude, longitude = report.point
    high = OTHER_TOWN_KM / KM_PER_DEGREE
    wide = min(180.0, high / max(0.01, cos(radians(min(90.0, abs(latitude) + high)))))
    rows = range(floor((latitude - high) / CELL), floor((latitude + high) / CELL) + 1)
    columns = range(floor((longitude - wide) / CELL), floor((longitude + wide) / CELL) + 1)
    return [f"{row}/{_turned(column)}" for row in rows for column in columns]


def _turned(column: int) -> int:
    """Return the column on this side of the date line."""
    return (column + ROUND // 2) % ROUND - ROUND // 2


def _days(report: Features, *, widened: int = 0) -> Iterator[str]:
    if report.first is None or report.last is None or (report.last - report.first).days > LONG_DAYS:
        yield _ANY
    else:
        day = report.first - dt.timedelta(days=widened)
        while day <= report.last + dt.timedelta(days=widened):
            yield day.isoformat()
            day += dt.timedelta(days=1)


def _keys(report: Features) -> Iterator[tuple[Shelf, str]]:
    """Where an incident is filed: its own cell and the whole country, its country and all."""
    cell = _cell(report)
    place = f"{cell[0]}/{_turned(cell[1])}" if cell else "-"
    for day in _days(report):
        for country in (report.country, _ANY):
            yield (country, day, report.family), place
            yield (country, day, report.family), _ANY
    for couple in couples(report.victims):
        yield (couple, _ANY, report.family), _ANY


def _places(report: Features) -> list[str]:
    """Return the cells where a report looks: those around its own and what has none, or all."""
    if _cell(report) is None:
        return [_ANY]
    return ["-", *_around(report)]


def _shelves(report: Features) -> Iterator[Shelf]:
    """Yield where a report looks: its days and their neighbours, its country or all."""
    unknown = report.country == UNKNOWN_COUNTRY
    widened = OPERATION_DAYS if report.operation else COPIED_DAYS if report.fingerprint else 1
    days = dict.fromkeys([_ANY, *_days(report, widened=widened)])
    for country in [_ANY] if unknown else [report.country, UNKNOWN_COUNTRY]:
        for day in days:
            yield country, day, report.family
