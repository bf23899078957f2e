"""What is told of a message while a stage works on it: its hop, its ids, its latency, its fault."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
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
    hop.know(article_id=article)
    if "request_id" not in hop.known:
        hop.know(request_id=trace_id(message.headers, key=key))


def rejected(message: Received, error: PermanentError, *, stage: str) -> dict[str, Any]:
    """Return what the log says of a dead letter.

    Of a stage's own error it tells the kind and the place: what the error says may quote the
    article and stands in the dead letter's headers.
    """
    cause = error.__cause__
    reason = str(error)[:REASON_CHARACTERS]
    if isinstance(error, StageRejected) and cause is not None:
        place = [
            f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(cause.__traceback__)
        ]
        reason = " at ".join((f"{stage}: {type(cause).__name__}", *place[-1:]))
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
    waited = (max(0.0, now - message.timestamp_ms / 1000) for message in messages)
    metrics.observe("news_stage_latency_seconds", *waited, stage=stage)
