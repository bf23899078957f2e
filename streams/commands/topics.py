"""`topics`: which topics there are, which there should be, who may use them."""

from __future__ import annotations

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from streams.commands.console import fail, run, say, settings_or_fail
from streams.commands.worker import BROKER

topics = typer.Typer(
    no_args_is_help=True, help="List the topics, create those that are missing, compare, grant."
)


@topics.command("list")
def listed(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON lines.")] = False,
) -> None:
    """List every topic as declared; needs no broker."""
    from streams.transport.kafka import declared

    settings = settings_or_fail()
    grid = Table("Topic", "Partitions", "Configuration", box=None)
    for topic in declared(settings):
        config = ", ".join(f"{name}={value}" for name, value in topic.config.items())
        grid.add_row(topic.name, str(topic.partitions), config)
        if as_json:
            value = {"name": topic.name, "partitions": topic.partitions, "config": topic.config}
            sys.stdout.write(orjson.dumps(value).decode() + "\n")
    if not as_json:
        Console().print(grid)


@topics.command()
def apply(broker: Annotated[str | None, BROKER] = None) -> None:
    """Create the topics that are missing; leave the others as they are."""
    from streams.transport.kafka import create_missing

    for name in run(create_missing(settings_or_fail(broker=broker))):
        say(f"created {name}")


@topics.command()
def diff(broker: Annotated[str | None, BROKER] = None) -> None:
    """Say which topics are missing or not as declared; status 1 if any is."""
    from streams.transport.kafka import difference

    found = run(difference(settings_or_fail(broker=broker)))
    for name, how in found:
        sys.stdout.write(f"{name}: {how}\n")
    if found:
        fail(f"{len(found)} topics are not as declared; `incident-streams topics apply` helps")


@topics.command()
def access(
    principal: Annotated[str, typer.Argument(help="Whom to grant to, such as User:worker.")],
) -> None:
    """Write the commands that grant a worker what it needs and nothing more; needs no broker.

    incident-streams topics access User:worker | xargs -L1 kafka-acls.sh --bootstrap-server …
    """
    from streams.transport.access import commands

    for one in commands(settings_or_fail(), principal):
        sys.stdout.write(one + "\n")
