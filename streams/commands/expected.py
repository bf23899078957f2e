"""Compares what came out of samples with what their `expected.json` says must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from streams.commands.console import say

Record = Mapping[str, Any]


def read(samples: Path) -> list[Record] | None:
    """Return the incidents that must come out; ``None`` where nothing says."""
    file = (samples if samples.is_dir() else samples.parent) / "expected.json"
    if not file.is_file():
        return None
    wanted: list[Record] = orjson.loads(file.read_bytes())
    return wanted


def report(wanted: list[Record] | None, found: Mapping[str, bytes]) -> bool:
    """Say what is missing and what is too much, and tell whether nothing is."""
    stand = list(_that_stand(found))
    if wanted is None:
        say(f"{len(stand)} incidents")
        return True
    missing = []
    for one in wanted:
        match = next((record for record in stand if matches(one, record)), None)
        if match is None:
            missing.append(one)
        else:
            stand.remove(match)
    for one in missing:
        say(f"missing: {orjson.dumps(one).decode()}")
    for record in stand:
        say(f"too much: {record['title']} ({', '.join(sorted(articles(record)))})")
    right = len(wanted) - len(missing)
    say(f"{right} of {len(wanted)} expected incidents came out, {len(stand)} others")
    return not missing and not stand


def _that_stand(found: Mapping[str, bytes]) -> Iterable[Record]:
    for value in found.values():
        record: Record = orjson.loads(value)
        if record["status"] not in {"merged", "withdrawn"} and record.get("realis") == "actual":
            yield record


def articles(record: Record) -> set[str]:
    """Return the ids of the articles that tell an incident."""
    return {article["article_id"] for article in record.get("articles", ())}


def matches(wanted: Record, record: Record) -> bool:
    """Tell whether an incident is the one expected, in every field that is named."""
    place, date = record.get("place") or {}, record.get("date") or {}
    harm = {one["harm"]: one.get("best") for one in record.get("casualties", ()) if "of" not in one}
    facts: Record = {
        "sub_event_type": record.get("sub_event_type"),
        "country_code": place.get("country_code"),
        "date": date.get("start"),
        "killed": harm.get("killed"),
        "injured": harm.get("injured"),
        "articles": sorted(articles(record)),
    }
    return all(facts[name] == value for name, value in wanted.items())
