"""Consumers that know only what is published, on a real Kafka and a real PostgreSQL."""

from __future__ import annotations

import asyncio
import importlib.util
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest

from streams.merging import merge_all
from streams.topics import INCIDENTS
from streams.transport.broker import Broker
from tests.broker import brokers, create, read, send
from tests.merging.stories import report

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(180)]
RECIPES = Path(__file__).parents[2] / "deploy" / "consumers"
PUBLISHED = RECIPES.parents[1] / "schemas" / "published"
UPSERT = RECIPES / "postgresql" / "upsert.py"


def incidents(count: int) -> list[Any]:
    """Return merged incidents, each of two articles."""
    told = [report(f"a{n}-{m}", day=1 + n, killed=n + m + 1) for n in range(count) for m in (0, 1)]
    return list(merge_all(told))


async def filled(broker: Broker, count: int = 6) -> list[Any]:
    """Make the topic and put incidents on it."""
    await create(broker, INCIDENTS.name, partitions=3)
    made = incidents(count)
    await send(broker, INCIDENTS.name, [(i.incident_id.encode(), i.to_json()) for i in made])
    return made


def _generated(folder: Path) -> ModuleType:
    """Return models generated from nothing but the published schema."""
    module = folder / "published_incident.py"
    schema = PUBLISHED / "incident" / "1.0.0.json"
    generator = str(Path(sys.executable).with_name("datamodel-codegen"))
    options = ("--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel")
    options += ("--class-name", "PublishedIncident", "--formatters", "builtin")
    subprocess.run(
        [generator, "--input", str(schema), "--output", str(module), *options], check=True
    )
    spec = importlib.util.spec_from_file_location("published_incident", module)
    assert spec is not None
    assert spec.loader is not None
    generated = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = generated
    spec.loader.exec_module(generated)
    return generated


async def test_models_generated_from_the_published_schema_read_the_topic(tmp_path: Path) -> None:
    generated = _generated(tmp_path)
    with brokers() as broker:
        made = await filled(broker)
        found = [
            generated.PublishedIncident.model_validate_json(r.value)
            for r in await read(broker, INCIDENTS.name)
        ]
    assert {f.incident_id: f.revision for f in found} == {m.incident_id: m.revision for m in made}
    assert {f.place.name for f in found} == {m.place.name for m in made}


async def test_the_twenty_lines_print_what_stands() -> None:
    with brokers() as broker:
        made = await filled(broker)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(RECIPES / "python" / "consumer.py"),
            ",".join(broker.addresses),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        async with asyncio.timeout(60):
            lines = [(await process.stdout.readline()).decode() for _ in made]
        process.kill()
        await process.wait()
    assert {line.split()[0] for line in lines} == {i.incident_id for i in made}


async def test_postgresql_holds_what_stands_however_often_the_consumer_is_killed(
    postgres: str,
) -> None:
    database = await asyncpg.connect(postgres)
    try:
        await _fill_and_compare(database, postgres)
    finally:
        await database.close()


async def _fill_and_compare(database: Any, postgres: str) -> None:
    await database.execute((RECIPES / "postgresql" / "schema.sql").read_text())
    chance = random.Random(3)
    with brokers() as broker:
        made = await filled(broker, count=20)
        gone = made.pop()
        older = made[0].model_copy(update={"revision": 0, "title": "older"})
        await send(
            broker,
            INCIDENTS.name,
            [
                (gone.incident_id.encode(), None),
                (older.incident_id.encode(), older.to_json()),
            ],
        )
        command = [
            sys.executable,
            str(UPSERT),
            "--kafka",
            broker.addresses[0],
            "--postgres",
            postgres,
        ]
        for _ in range(3):
            killed = await asyncio.create_subprocess_exec(*command)
            await asyncio.sleep(chance.uniform(0.3, 2.0))
            killed.kill()
            await killed.wait()
        done = await asyncio.create_subprocess_exec(*command, "--once")
        assert await done.wait() == 0
    rows = await database.fetch("SELECT * FROM incident")
    assert {r["incident_id"]: (r["revision"], r["title"]) for r in rows} == {
        i.incident_id: (i.revision, i.title) for i in made
    }
    one = next(r for r in rows if r["incident_id"] == made[0].incident_id)
    assert one["killed"] == made[0].casualties[0].best
    assert one["country_code"] == "IQ"
