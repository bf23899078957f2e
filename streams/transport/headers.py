"""Headers of our messages: CloudEvents 1.0 in binary mode, content type, trace context.

Ids are hashes of what the message is made of, so a message sent twice has the same id twice.
Sources: CloudEvents Kafka binding 1.0, W3C Trace Context.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from schemas.publish import PUBLISHED, schema_id
from streams import __version__
from streams.topics import Topic

Header = tuple[str, bytes]
Headers = Sequence[Header]

SOURCE = b"urn:incident-streams"
_NAMES = {contract: name for name, contract in PUBLISHED.items()}


def message_headers(
    topic: Topic, value: bytes | None, *, key: bytes, received: Iterable[Header], timestamp_ms: int
) -> list[Header]:
    """Return the headers of a message for ``topic`` made from one with headers ``received``."""
    name = _NAMES[topic.contract]
    time = datetime.fromtimestamp(timestamp_ms / 1000, UTC).isoformat(timespec="milliseconds")
    return [
        ("ce_specversion", b"1.0"),
        ("ce_id", _digest(topic.name.encode(), key, value or b"", size=16).encode()),
        ("ce_source", SOURCE),
        ("ce_type", f"{topic.name.removesuffix('.v1')}.v1".encode()),
        ("ce_time", time.replace("+00:00", "Z").encode()),
        ("ce_subject", key),
        ("ce_dataschema", schema_id(name).encode()),
        ("content-type", b"application/json"),
        ("traceparent", trace_parent(received, key=key, topic=topic.name)),
        ("x-code-version", __version__.encode()),
    ]


def trace_parent(received: Iterable[Header], *, key: bytes, topic: str) -> bytes:
    """Return the trace context: the trace that came in, else one made from the key."""
    trace = next(
        (
            v.split(b"-")[1].decode()
            for n, v in received
            if n == "traceparent" and v.count(b"-") == 3
        ),
        "",
    )
    if len(trace) != 32:
        trace = _digest(b"trace", key, size=16)
    return f"00-{trace}-{_digest(trace.encode(), topic.encode(), key, size=8)}-01".encode()


def _digest(*parts: bytes, size: int) -> str:
    state = blake2b(digest_size=size)
    for part in parts:
        state.update(len(part).to_bytes(4, "big") + part)
    return state.hexdigest()
