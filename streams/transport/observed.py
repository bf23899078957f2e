"""What is told of a message while a stage works on it: its hop, its ids, its latency, its fault."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from streams.errors import PermanentError, StageRejected
from streams.operations.metrics import Metrics
from streams.operations.tracing import Hop, Tracing
from streams.transport.dead_letters import Received
from streams.transport.headers import trace_id

REASON_CHARACTERS = 300


def opened(tracing: Tracing, message: Received, *, stage: str) -> AbstractContextManager[Hop]:
    """Open a stage's work on a message."""
    return tracing.hop(
        message.headers,
        stage=stage,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
    )


def identify(hop: Hop, message: Received, *, key: bytes, article: str) -> None:
    """Say whose message it is: the article, and the request id that all hops share."""
    headers = message.headers if hop.parent is None else [("traceparent", hop.parent)]
    hop.know(article_id=article, request_id=trace_id(headers, key=key))


def rejected(message: Received, error: PermanentError, *, stage: str) -> dict[str, Any]:
    """Return what the log says of a dead letter.

    What a stage's own error says is left out, for it may quote the article: it stands in the
    dead letter's headers.
    """
    cause = error.__cause__
    quotes = isinstance(error, StageRejected) and cause is not None
    reason = f"{stage}: {type(cause).__name__}" if quotes else str(error)[:REASON_CHARACTERS]
    return {
        "stage": stage,
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "kind": error.kind,
        "reason": reason,
    }


def note_latency(metrics: Metrics, messages: Iterable[Received], *, stage: str) -> None:
    """Note that messages were finished, and how long after they came into their topic."""
    now = time.time()
    metrics.set("news_last_progress_timestamp_seconds", now)
    for message in messages:
        waited = max(0.0, now - message.timestamp_ms / 1000)
        metrics.observe("news_stage_latency_seconds", waited, stage=stage)
