"""`worker`: the always-on process."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from streams.commands.console import run, settings_or_fail
from streams.settings import Settings

BROKER = typer.Option(help="Kafka brokers; as NEWS_BROKER.", show_default=False)


def worker(broker: Annotated[str | None, BROKER] = None) -> None:
    """Read articles from Kafka and write incidents, until SIGTERM or Ctrl-C.

    Everything else is set by NEWS_ variables (`incident-streams settings` lists them).  Start
    as many workers as there are partitions; they share the load.

    Exit status: 0 stopped cleanly, 1 Kafka cannot be reached or the processor ended, 2 a
    setting is wrong, 70 messages cannot be written: what is unacknowledged is read again by
    the next worker, so let a supervisor start one.
    """
    settings = settings_or_fail(broker=broker)
    run(serve(settings))


async def serve(settings: Settings) -> None:
    """Run a worker with its logs until a signal tells it to stop."""
    from streams.operations.logs import configure
    from streams.worker import Worker, stop_on_signals

    configure(level=settings.log_level, as_json=settings.log_format == "json")
    stop = asyncio.Event()
    stop_on_signals(stop)
    await Worker(settings).run(stop)
