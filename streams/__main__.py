"""The command line: `incident-streams` or `python -m streams`."""

from __future__ import annotations

import os
import sys

import typer

from streams import __version__
from streams.commands.console import say
from streams.commands.dead_letters import dead_letters
from streams.commands.demo import demo
from streams.commands.process import process
from streams.commands.replay import replay
from streams.commands.schemas import schemas
from streams.commands.send import send
from streams.commands.settings import settings
from streams.commands.topics import topics
from streams.commands.watch import watch
from streams.commands.worker import worker

app = typer.Typer(
    name="incident-streams",
    help="Turns raw news articles, Arabic first, into incident records people can trust.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
for command in (process, demo, worker, send, watch, settings, replay):
    app.command()(command)
app.add_typer(topics, name="topics")
app.add_typer(dead_letters, name="dead-letters")
app.add_typer(schemas, name="schemas")


def _version(asked: bool) -> None:  # noqa: FBT001  # typer's callback
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    _: bool = typer.Option(  # noqa: FBT001
        False,  # noqa: FBT003
        "--version",
        callback=_version,
        is_eager=True,
        help="Print the version and exit.",
    ),
) -> None:
    """Turn raw news articles, Arabic first, into incident records people can trust."""


def main() -> None:
    """Run the command line; whatever happens, the person reads a sentence, not a traceback."""
    try:
        app()
    except Exception as error:
        if os.environ.get("NEWS_LOG_LEVEL") == "DEBUG":
            raise
        say(
            f"incident-streams: a fault of ours: {type(error).__name__}: {error}; "
            "NEWS_LOG_LEVEL=DEBUG shows where"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
