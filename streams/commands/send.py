"""`send`: articles from files into Kafka."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Iterable
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from streams.commands.console import progress, run, say, settings_or_fail
from streams.commands.process import Line, inputs
from streams.commands.worker import BROKER
from streams.errors import PermanentError
from streams.settings import Settings
from streams.topics import ARTICLES

IN_FLIGHT = 1000
"""Most articles sent and not acknowledged yet."""


def send(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="JSON lines, a JSON array or .txt files; `-` or nothing is standard input.",
            show_default=False,
        ),
    ] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Send also what the worker would reject.")
    ] = False,
    broker: Annotated[str | None, BROKER] = None,
) -> None:
    """Send articles to the topic `news.article.v1` and say how many.

    An article that the worker would reject is named and left out, and the status is 1.
    Sending the same article twice changes nothing.

        incident-streams send articles.jsonl report.txt
    """
    settings = settings_or_fail(broker=broker)
    lines = list(inputs(files or [Path("-")]))
    sent, rejected = run(send_lines(settings, lines, unchecked=unchecked))
    say(f"{sent} sent, {rejected} rejected")
    raise typer.Exit(1 if rejected else 0)


def message(line: Line, *, unchecked: bool) -> tuple[bytes, bytes]:
    """Return the key and value of an article.

    Raises:
        PermanentError: the worker would reject it, and that was not allowed.
    """
    value = line.value.strip() if line.value is not None else orjson.dumps(line.decoded)
    try:
        return (line.article().article_id or "").encode(), value
    except PermanentError:
        if not unchecked:
            raise
        return b"", value


async def send_lines(
    settings: Settings, lines: Iterable[Line], *, unchecked: bool = False
) -> tuple[int, int]:
    """Send articles and return how many were sent and how many rejected."""
    from streams.transport.headers import message_headers
    from streams.transport.kafka import producer

    lines = list(lines)
    sent = rejected = 0
    waiting: list[Awaitable[Any]] = []
    async with producer(settings) as client:
        with progress() as bar:
            task = bar.add_task("Sending", total=len(lines))
            for line in lines:
                bar.advance(task)
                try:
                    key, value = message(line, unchecked=unchecked)
                except PermanentError as error:
                    rejected += 1
                    say(f"line {line.number}: {error}")
                    continue
                now = int(time.time() * 1000)
                headers = message_headers(ARTICLES, value, key=key, received=(), timestamp_ms=now)
                waiting.append(
                    await client.send(ARTICLES.name, value, key=key or None, headers=headers)
                )
                sent += 1
                if len(waiting) >= IN_FLIGHT:
                    await asyncio.gather(*waiting)
                    waiting.clear()
            await asyncio.gather(*waiting)
    return sent, rejected
