"""Publishes the contracts as JSON Schemas and tells whether a change keeps its promises.

A published schema is closed, has no ``null`` (absent means unknown) and never changes;
a new version may only add optional fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from schemas.article import Article
from schemas.contract import Contract
from schemas.entity import AnnotatedArticle
from schemas.flag import FlaggedArticle
from schemas.incident import Incident, IncidentReport, IncidentRevision
from schemas.segment import SegmentedArticle

Schema = dict[str, Any]

VERSION = "1.0.0"
"""Version of the contracts as the models tell them; raise it with every addition."""

PUBLISHED: dict[str, type[Contract]] = {
    "article": Article,
    "segmented-article": SegmentedArticle,
    "flagged-article": FlaggedArticle,
    "annotated-article": AnnotatedArticle,
    "incident-report": IncidentReport,
    "incident": Incident,
    "incident-revision": IncidentRevision,
}
"""Contracts by the name they are published under."""

FOLDER = Path(__file__).parent / "published"


def schema_id(name: str, version: str = VERSION) -> str:
    """Return the URN that `ce_dataschema` names a schema by."""
    return f"urn:incident-streams:schema:{name}:{version}"


def json_schema(name: str) -> Schema:
    """Return the JSON Schema (2020-12) of a contract, closed and without ``null``.

    Raises:
        KeyError: no contract is published under that name.
    """
    made = PUBLISHED[name].model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_id(name),
        **_closed(made),
    }


def _closed(schema: Schema) -> Schema:
    """Return the schema without nulls, defaults of optional fields and generated titles."""
    kept: Schema = {}
    for key, value in schema.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "default" and value is None:
            continue
        if key == "anyOf":
            options = [_closed(v) for v in value if v != {"type": "null"}]
            kept |= options[0] if len(options) == 1 else {"anyOf": options}
        elif key in {"properties", "$defs"}:
            kept[key] = {name: _closed(v) for name, v in value.items()}
        elif isinstance(value, dict):
            kept[key] = _closed(value)
        else:
            kept[key] = value
    if kept.get("type") == "object" and "properties" in kept:
        kept["additionalProperties"] = False
        kept["required"] = sorted(_always(schema))
    return kept


def _always(schema: Schema) -> Iterator[str]:
    """Yield the fields that every record has: those that cannot be absent."""
    required = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        nullable = {"type": "null"} in field.get("anyOf", ())
        if name in required and not nullable and field.get("type") != "array":
            yield name


def export(folder: Path = FOLDER) -> list[Path]:
    """Write the schemas that are not published yet and return their paths.

    Raises:
        ValueError: a published version would change; raise `VERSION` instead.
    """
    written = []
    for name in PUBLISHED:
        path = folder / name / f"{VERSION}.json"
        content = orjson.dumps(json_schema(name), option=orjson.OPT_INDENT_2) + b"\n"
        if path.exists():
            if path.read_bytes() != content:
                raise ValueError(
                    f"{name} {VERSION} is published and has changed: raise VERSION in "
                    f"schemas/publish.py, then export again"
                )
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return what a reader of ``old`` could stumble over in records of ``new``."""
    return sorted(set(_breaks(_resolved(old), _resolved(new), "")))


def _resolved(schema: Schema, root: Schema | None = None) -> Schema:
    """Return the schema with its references replaced by what they name (ours have no cycles)."""
    root = root or schema
    if "$ref" in schema:
        target = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        return _resolved(target | {k: v for k, v in schema.items() if k != "$ref"}, root)
    return {
        key: _resolved(value, root)
        if key == "items"
        else {name: _resolved(one, root) for name, one in value.items()}
        if key == "properties"
        else value
        for key, value in schema.items()
        if key != "$defs"
    }


def _breaks(old: Schema, new: Schema, path: str) -> Iterator[str]:
    where = path or "the record"
    if old.get("type") != new.get("type"):
        yield f"{where}: type {old.get('type')} became {new.get('type')}"
    gone = set(old.get("enum", ())) - set(new.get("enum", ()))
    come = set(new.get("enum", ())) - set(old.get("enum", ()))
    if "enum" in old and (gone or come):
        yield f"{where}: values changed: {sorted(map(str, gone | come))}"
    for name in old.get("required", ()):
        if name not in new.get("required", ()):
            yield f"{path}/{name}: may now be absent"
    for name in new.get("required", ()):
        if name not in old.get("required", ()):
            yield f"{path}/{name}: is now required"
    for name, field in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{path}/{name}: removed"
        else:
            yield from _breaks(field, new["properties"][name], f"{path}/{name}")
    if "items" in old:
        yield from _breaks(old["items"], new.get("items", {}), f"{path}[]")
