import json
import os
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from schemas.asyncapi import EXAMPLES, HEADERS, TOPICS, document
from schemas.publish import FOLDER, PUBLISHED, VERSION
from streams.topics import TOPICS as DECLARED
from streams.topics import Topic
from streams.transport.headers import message_headers

DOCUMENT = FOLDER.parent / "asyncapi.json"
CHECK = Path(__file__).parent / "parser" / "check.cjs"
MODULES = Path(__file__).parents[2] / ".venv" / "asyncapi"


def _complaints(path: Path) -> list[str]:
    """Return the errors and warnings that AsyncAPI's own parser has."""
    if shutil.which("node") is None or not (MODULES / "node_modules").is_dir():
        reason = "no AsyncAPI parser here (tests/run installs it where there is npm)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    command = ["node", str(CHECK), str(MODULES), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [f"{one['path']}: {one['message']}" for one in found if one["severity"] < 2]


def test_the_parser_of_asyncapi_has_nothing_against_the_document() -> None:
    assert _complaints(DOCUMENT) == []


def test_the_parser_sees_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    broken = document()
    del broken["components"]["schemas"]["Evidence"]
    path = tmp_path / "broken.json"
    path.write_bytes(orjson.dumps(broken))

    assert any("Evidence" in one for one in _complaints(path))


def test_the_document_tells_the_topics_as_they_are_declared() -> None:
    told = {name: (topic, key) for name, (topic, key, _, _) in TOPICS.items()}
    declared = {t.contract: (t.name, t.key) for t in DECLARED}

    assert told == {name: declared[contract] for name, contract in PUBLISHED.items()}


def test_what_is_published_is_what_the_code_says() -> None:
    assert orjson.loads(DOCUMENT.read_bytes()) == document()


@pytest.mark.parametrize("topic", DECLARED, ids=lambda t: t.name)
def test_the_document_tells_every_header_of_a_message(topic: Topic) -> None:
    made = message_headers(topic, b"{}", key=b"k", received=(), timestamp_ms=0)

    assert {name for name, _ in made} == set(HEADERS)


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_example_keeps_the_published_schema_and_reads_back_as_it_was(name: str) -> None:
    example = orjson.loads((EXAMPLES / f"{name}.json").read_bytes())
    schema = orjson.loads((FOLDER / name / f"{VERSION}.json").read_bytes())

    Draft202012Validator(schema).validate(example)
    assert orjson.loads(PUBLISHED[name].from_json(orjson.dumps(example)).to_json()) == example
    assert b"null" not in orjson.dumps(example)
