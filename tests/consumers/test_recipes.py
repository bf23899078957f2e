import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

RECIPES = Path(__file__).parents[2] / "deploy" / "consumers"
SCHEMA = json.loads(
    (RECIPES.parents[1] / "schemas" / "published" / "incident" / "1.0.0.json").read_bytes()
)


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _resolved(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
    if "items" in schema:
        return _resolved(schema["items"])
    return schema


def _has(path: tuple[str, ...]) -> bool:
    schema = SCHEMA
    for name in path:
        schema = _resolved(schema)
        if name not in schema.get("properties", {}):
            return False
        schema = schema["properties"][name]
    return True


def _fields(mapping: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, field in mapping["properties"].items():
        if "properties" in field:
            yield from _fields(field, (*above, name))
        else:
            yield (*above, name)


def test_every_field_of_the_elasticsearch_template_is_in_the_contract() -> None:
    template = json.loads((RECIPES / "elasticsearch" / "template.json").read_bytes())

    assert [f for f in _fields(template["template"]["mappings"]) if not _has(f)] == []


def test_every_field_that_clickhouse_reads_is_in_the_contract() -> None:
    text = (RECIPES / "clickhouse" / "incidents.sql").read_text()
    calls = re.findall(r"JSONExtract\w*\(record, ((?:'[^']+'(?:, )?)+)", text)
    paths = [tuple(re.findall(r"'([^']+)'", call)) for call in calls]
    paths = [p[:-1] if p[-1].startswith("Nullable") else p for p in paths]

    assert len(paths) > 10
    assert [p for p in paths if not _has(p)] == []


@pytest.mark.parametrize("name", ["template.json", "sink.json"])
def test_the_files_of_elasticsearch_are_json(name: str) -> None:
    assert json.loads((RECIPES / "elasticsearch" / name).read_bytes())
