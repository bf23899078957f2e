"""What all commands share: errors as one sentence, progress on a terminal, times as people write.

Data go to standard output, everything else to standard error.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar

import typer
import uvloop
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

from streams.errors import PipelineError
from streams.settings import BadSetting, Settings

Result = TypeVar("Result")

INTERRUPTED = 130
_READ_AT_IMPORT = ("FAUST_LOOP", "F_LOOP", "FAUST_DATADIR", "F_DATADIR")
"""What Faust takes from the environment the moment it is imported; nothing of it is ours."""
_err = Console(stderr=True, highlight=False)


def say(message: str) -> None:
    """Tell the person something on standard error."""
    _err.print(message, markup=False, soft_wrap=True)


def fail(message: str, *, status: int = 1) -> NoReturn:
    """End the command with one sentence and a status other than 0."""
    say(f"incident-streams: {message}")
    raise typer.Exit(status)


def settings_or_fail(**overrides: Any) -> Settings:
    """Return the settings of the environment; what is ``None`` overrides nothing."""
    for name in _READ_AT_IMPORT:
        os.environ.pop(name, None)
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.load(**given)
    except BadSetting as error:
        fail(str(error), status=2)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end; what goes wrong in the world is one sentence and status 1."""
    from aiokafka.errors import KafkaError

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except (PipelineError, BadSetting) as error:
        fail(str(error))
    except KafkaError as error:
        fail(f"Kafka: {error}; check NEWS_BROKER and its settings")
    except BrokenPipeError:
        raise typer.Exit(0) from None
    except OSError as error:
        fail(f"{error.filename or 'system'}: {error.strerror or error}")


def progress(*, of_bytes: bool = False) -> Progress:
    """Return a progress bar on standard error that shows only on a terminal."""
    count = DownloadColumn() if of_bytes else MofNCompleteColumn()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        count,
        console=_err,
        disable=not sys.stderr.isatty(),
        transient=True,
    )


def moment(text: str | None) -> int | None:
    """Return a time as Kafka counts it, in milliseconds since 1970.

    Raises:
        typer.BadParameter: not an ISO 8601 date or time.
    """
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text}: not a time like 2026-03-10T09:40Z") from error
    return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)


def shown(milliseconds: int) -> str:
    """Return a time of Kafka as RFC 3339."""
    time = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
