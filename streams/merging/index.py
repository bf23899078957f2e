"""Finds the open incidents that a report could belong to, without looking at all of them.

An incident is filed under every day its reports may tell of, with its country, family and
cell of half a degree; a report looks up its own days and cells and their neighbours.  What
this finds is complete: no pair that `compare` would link is filed apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import cos, floor, radians

from streams.merging.compare import COPIED_DAYS, KM_PER_DEGREE, NAMED_DAYS, OTHER_TOWN_KM
from streams.merging.features import Features
from streams.topics import UNKNOWN_COUNTRY

LONG_DAYS = 40
"""Windows longer than this are filed once instead of under each day."""

CELL = 0.5
"""Degrees of a cell."""

ROUND = round(360 / CELL)
"""Cells around the earth."""

_ANY = "*"
Key = tuple[str, str, str, str]


class Index:
    """Open incidents by country, day, family and cell."""

    def __init__(self) -> None:
        self._filed: dict[Key, dict[str, int]] = {}

    def add(self, incident: str, report: Features) -> None:
        """File an incident under what one of its reports tells."""
        for key in _keys(report):
            filed = self._filed.setdefault(key, {})
            filed[incident] = filed.get(incident, 0) + 1

    def remove(self, incident: str, report: Features) -> None:
        """Take back what `add` did for the same report."""
        for key in _keys(report):
            filed = self._filed.get(key, {})
            left = filed.get(incident, 0) - 1
            if left > 0:
                filed[incident] = left
            else:
                filed.pop(incident, None)
                if not filed:
                    self._filed.pop(key, None)

    def near(self, report: Features) -> set[str]:
        """Return the incidents that the report could belong to."""
        found: set[str] = set()
        for key in _lookups(report):
            found.update(self._filed.get(key, ()))
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


def _keys(report: Features) -> Iterator[Key]:
    """Where an incident is filed: its own cell and the whole country, its country and all."""
    cell = _cell(report)
    place = f"{cell[0]}/{_turned(cell[1])}" if cell else "-"
    for day in _days(report):
        for country in (report.country, _ANY):
            yield country, day, report.family, place
            yield country, day, report.family, _ANY


def _lookups(report: Features) -> Iterator[Key]:
    """Where a report looks: cells around its own and what has no cell, or all cells."""
    cell = _cell(report)
    places = [_ANY]
    if cell and not report.victims:
        places = ["-", *_around(report)]
    unknown = report.country == UNKNOWN_COUNTRY
    countries = [_ANY] if unknown else [report.country, UNKNOWN_COUNTRY]
    named = bool(report.victims or report.operation)
    widened = NAMED_DAYS if named else COPIED_DAYS if report.fingerprint else 1
    days = list(_days(report, widened=widened))
    if days == [_ANY]:
        days = []
    for country in countries:
        for place in places:
            yield country, _ANY, report.family, place
            for day in days:
                yield country, day, report.family, place
