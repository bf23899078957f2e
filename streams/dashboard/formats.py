"""Incidents as GeoJSON (RFC 7946) and as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from streams.dashboard.query import needs_translation
from streams.dashboard.view import Entry, Record

COLUMNS = (
    "incident_id", "revision", "title", "event_type", "sub_event_type", "stage", "realis",
    "date_start", "date_end", "time_precision", "country_code", "admin1", "place", "native_place",
    "latitude", "longitude", "geo_precision", "actors", "killed", "injured", "weapons",
    "source_count", "sources", "needs_translation", "confidence", "last_updated_at",
)  # fmt: skip
"""Columns of the CSV, one row an incident."""


def geojson(entries: Iterable[Entry]) -> bytes:
    """Return a FeatureCollection; an incident without coordinates has a null geometry."""
    return b'{"type":"FeatureCollection","features":[' + b",".join(map(feature, entries)) + b"]}"


def feature(entry: Entry) -> bytes:
    """Return one incident as a GeoJSON feature with the whole record as its properties."""
    assert entry.value is not None
    value = {
        "type": "Feature",
        "id": entry.incident_id,
        "geometry": _geometry(entry.record.get("place") or {}),
        "properties": orjson.Fragment(entry.value),
    }
    return orjson.dumps(value)


def _geometry(place: Record) -> Record | None:
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


def table(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the CSV line by line, head first; text that a spreadsheet would run is defused."""
    yield _line(COLUMNS)
    for entry in entries:
        row = _row(entry.record)
        yield _line(_defused(row.get(column)) for column in COLUMNS)


def _row(record: Record) -> Record:
    place, date = record.get("place") or {}, record.get("date") or {}
    confidence = record.get("confidence") or {}
    return record | {
        "date_start": date.get("start"),
        "date_end": date.get("end"),
        "time_precision": date.get("time_precision"),
        "country_code": place.get("country_code"),
        "admin1": place.get("admin1"),
        "place": place.get("name"),
        "native_place": place.get("native_name"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "geo_precision": place.get("precision"),
        "actors": _joined(f"{a['role']}: {a['name']}" for a in record.get("actors") or ()),
        "killed": _toll(record, "killed"),
        "injured": _toll(record, "injured"),
        "weapons": _joined(w["name"] for w in record.get("weapons") or ()),
        "sources": _joined(
            a.get("source") or a["article_id"] for a in record.get("articles") or ()
        ),
        "needs_translation": str(needs_translation(record)).lower(),
        "confidence": confidence.get("overall"),
    }


def _toll(record: Record, harm: str) -> int | None:
    for entry in record.get("casualties") or ():
        if entry.get("harm") == harm and not entry.get("of") and "best" in entry:
            return int(entry["best"])
    return None


def _joined(names: Iterable[Any]) -> str:
    return "; ".join(dict.fromkeys(str(name) for name in names))


def _defused(value: Any) -> str:
    """Return the cell as text; a leading formula character gets an apostrophe before it."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + text
    return text


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
