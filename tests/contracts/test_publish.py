from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from schemas.publish import FOLDER, PUBLISHED, VERSION, breaks, export, json_schema
from tests.merging.stories import report


def _versions(name: str) -> list[Path]:
    def number(path: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in path.stem.split("."))

    return sorted((FOLDER / name).glob("*.json"), key=number)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_schema_is_valid_closed_and_without_null(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)

    assert schema["additionalProperties"] is False
    assert b'"null"' not in orjson.dumps(schema)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_published_is_what_the_models_say(name: str) -> None:
    published = orjson.loads((FOLDER / name / f"{VERSION}.json").read_bytes())

    assert published == json_schema(name)


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_version_only_adds_optional_fields(name: str) -> None:
    versions = [orjson.loads(path.read_bytes()) for path in _versions(name)]
    for old, new in pairwise(versions):
        assert breaks(old, new) == []


def test_a_record_keeps_its_schema() -> None:
    record = orjson.loads(report("a", killed=3, claimed_by="Islamic State").to_json())

    Draft202012Validator(json_schema("incident-report")).validate(record)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda s: s["properties"].pop("title"), "/title: removed"),
        (lambda s: s["required"].remove("stage"), "/stage: may now be absent"),
        (lambda s: s["required"].append("actors"), "/actors: is now required"),
        (lambda s: s["properties"]["stage"]["enum"].pop(), "/stage: values changed: ['ongoing']"),
        (
            lambda s: s["properties"]["source_count"].update(type="string"),
            "/source_count: type integer became string",
        ),
    ],
)
def test_an_incompatible_change_is_named(change: Any, complaint: str) -> None:
    old, new = json_schema("incident"), json_schema("incident")
    change(new)

    assert complaint in breaks(old, new)


def test_an_optional_addition_is_compatible() -> None:
    old, new = json_schema("incident"), json_schema("incident")
    new["properties"]["weather"] = {"type": "string"}

    assert breaks(old, new) == []


def test_a_published_version_is_never_written_again(tmp_path: Path) -> None:
    assert len(export(tmp_path)) == len(PUBLISHED)
    assert export(tmp_path) == []
    (tmp_path / "incident" / f"{VERSION}.json").write_text("{}")
    with pytest.raises(ValueError, match="raise VERSION"):
        export(tmp_path)
