"""`watch`: incidents as they arrive."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

import orjson
import typer

from streams.commands.console import run, settings_or_fail
from streams.commands.worker import BROKER
from streams.settings import Settings
from streams.topics import INCIDENTS


def watch(
    everything: Annotated[
        bool, typer.Option("--all", help="Begin with the incidents that stand.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the records as JSON lines.")
    ] = False,
    count: Annotated[
        int | None, typer.Option(help="End after so many.", show_default=False)
    ] = None,
    broker: Annotated[str | None, BROKER] = None,
) -> None:
    """Print each incident when it is new or changes, until Ctrl-C.

    incident-streams watch
    incident-streams watch --all --json | jq .title
    """
    settings = settings_or_fail(broker=broker)
    run(_print(settings, everything=everything, as_json=as_json, count=count))


async def _print(settings: Settings, *, everything: bool, as_json: bool, count: int | None) -> None:
    seen = 0
    async with aclosing(incidents(settings, from_end=not everything)) as found:
        async for key, value in found:
            sys.stdout.write(line(key, value, as_json=as_json) + "\n")
            sys.stdout.flush()
            seen += 1
            if seen == count:
                return


async def incidents(
    settings: Settings, *, from_end: bool = False
) -> AsyncGenerator[tuple[str, bytes | None]]:
    """Yield the id and record of each incident as it changes; ``None`` is a withdrawn one."""
    from streams.transport.kafka import reader

    async with reader(settings, INCIDENTS.name, from_end=from_end) as records:
        async for record in records:
            yield (record.key or b"").decode("utf-8", "replace"), record.value


def line(key: str, value: bytes | None, *, as_json: bool) -> str:
    """Return an incident as one line, for people or as JSON."""
    if as_json:
        if value is None:
            return orjson.dumps({"incident_id": key, "status": "withdrawn"}).decode()
        return value.decode()
    if value is None:
        return f"withdrawn            {key}"
    record: dict[str, Any] = orjson.loads(value)
    day = (record.get("date") or {}).get("start", "")
    state = f"{record['status']} {record['revision']}"
    sources = record.get("source_count") or len(record.get("articles", ()))
    places = "source" if sources == 1 else "sources"
    return f"{day:10}  {state:12}  {record['title']}  ({sources} {places})"
