"""`schemas`: publish the contracts, check that a change keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer

from schemas.asyncapi import document
from schemas.publish import FOLDER, PUBLISHED, VERSION, export, json_schema
from streams.commands.console import say

schemas = typer.Typer(help="The contracts as JSON Schemas and as AsyncAPI.", no_args_is_help=True)


@schemas.command("export")
def export_schemas(
    folder: Annotated[Path, typer.Argument(help="Folder of the published schemas.")] = FOLDER,
) -> None:
    """Write the JSON Schemas that are not published yet, and the AsyncAPI document.

    A published version never changes: raise VERSION in schemas/publish.py first.
    """
    try:
        written = export(folder)
    except ValueError as error:
        say(str(error))
        raise typer.Exit(1) from error
    path = folder.parent / "asyncapi.json"
    path.write_bytes(orjson.dumps(document(), option=orjson.OPT_INDENT_2) + b"\n")
    say(f"{len(written)} schemas of version {VERSION} written; AsyncAPI document in {path}")


@schemas.command("show")
def show(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(PUBLISHED)}.")],
) -> None:
    """Print the JSON Schema of a contract."""
    if name not in PUBLISHED:
        say(f"{name}: no such contract; there are {', '.join(PUBLISHED)}")
        raise typer.Exit(2)
    typer.echo(orjson.dumps(json_schema(name), option=orjson.OPT_INDENT_2).decode())
