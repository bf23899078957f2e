"""Structured logs: one JSON object a line, or readable lines on a terminal.

What is bound to the context (stage, article, offset) stands on every line.  The text of
an article is never logged above debug level.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import orjson
import structlog

from streams.operations.tracing import add_known

Event = MutableMapping[str, Any]

_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    add_known,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def _json(_: Any, __: str, event: Event) -> str:
    return orjson.dumps(event, default=repr).decode()


def configure(*, level: str = "INFO", as_json: bool = True, stream: TextIO | None = None) -> None:
    """Send all logs, ours and the libraries', through one formatter to ``stream`` (stderr)."""
    last: tuple[structlog.typing.Processor, ...] = (
        (structlog.processors.format_exc_info, _json)
        if as_json
        else (structlog.dev.ConsoleRenderer(),)
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
