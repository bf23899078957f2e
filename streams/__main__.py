"""The command line: `incident-streams` or `python -m streams`."""

from __future__ import annotations

import typer

from streams.commands.process import process

app = typer.Typer(
    name="incident-streams",
    help="Turns raw news articles, Arabic first, into incident records people can trust.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command()(process)


@app.callback()
def _root() -> None:
    """Keep subcommands even while there is only one."""


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
