"""`settings`: what can be set and what is in force."""

from __future__ import annotations

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from streams.commands.console import settings_or_fail
from streams.settings import table

HEADS = ("Variable", "In force", "Default", "Meaning")


def settings(
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write variable, default and meaning as a table.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write what is in force as JSON.")
    ] = False,
) -> None:
    """List every setting, its value in force, its default and its meaning; secrets are hidden.

    NEWS_BROKER=kafka://kafka:9092 incident-streams settings
    """
    rows = table(settings_or_fail())
    if as_json:
        sys.stdout.write(orjson.dumps({row[0]: row[1] for row in rows}).decode() + "\n")
    elif markdown:
        sys.stdout.write(as_markdown(rows))
    else:
        grid = Table(*HEADS, box=None)
        for row in rows:
            grid.add_row(*row)
        Console().print(grid)


def as_markdown(rows: list[tuple[str, str, str, str]]) -> str:
    """Return the table of the README."""
    lines = ["| Variable | Default | Meaning |", "| --- | --- | --- |"]
    lines += [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"
        for name, _, default, meaning in rows
    ]
    return "\n".join(lines) + "\n"
