"""Headers of our messages: CloudEvents 1.0 in binary mode, content type, trace context.

Ids are hashes of what the message is made of, so a message sent twice has the same id twice.
A value is hashed quickly (XXH3), topic and key so that nobody can make up an id of another's
message (BLAKE2).
Sources: CloudEvents Kafka binding 1.0, W3C Trace Context.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b

from xxhash import xxh3_128_digest

from schemas import Contract
from schemas.publish import PUBLISHED, schema_id
from streams import __version__
from streams.operations.tracing import trace_of
from streams.topics import Topic

Header = tuple[str, bytes]
Headers = Sequence[Header]

SOURCE = b"urn:incident-streams"
_NAMES = {contract: name for name, contract in PUBLISHED.items()}


ARRIVED = "x-arrived"
"""When the article came into Kafka, in milliseconds since 1970; handed on by every stage."""


def message_headers(  # noqa: PLR0913  # each is a fact about the message
    topic: Topic,
    value: bytes | None,
    *,
    key: bytes,
    received: Iterable[Header],
    timestamp_ms: int,
    trace: str | None = None,
    parent: bytes | None = None,
) -> list[Header]:
    """Return the headers of a message for ``topic`` made from one with headers ``received``.

    ``trace`` is the id of its trace where that is known already, ``parent`` the trace context
    of the span that made it, where there is one.
    """
    digest = _digest(topic.name.encode(), key, xxh3_128_digest(value or b""), size=24)
    if parent is None:
        parent = f"00-{trace or trace_id(received, key=key)}-{digest[32:]}-01".encode()
    return [
        *_fixed(topic.name, topic.contract),
        ("ce_id", digest[:32].encode()),
        ("ce_time", _time(timestamp_ms)),
        ("ce_subject", key),
        ("traceparent", parent),
        (ARRIVED, str(arrived(received, timestamp_ms)).encode()),
    ]


@cache
def _fixed(topic: str, contract: type[Contract]) -> tuple[Header, ...]:
    """Return the headers that all messages of a topic have."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_source", SOURCE),
        ("ce_type", f"{topic.removesuffix('.v1')}.v1".encode()),
        ("ce_dataschema", schema_id(_NAMES[contract]).encode()),
        ("content-type", b"application/json"),
        ("x-code-version", __version__.encode()),
    )


@lru_cache(maxsize=4096)
def _time(timestamp_ms: int) -> bytes:
    time = datetime.fromtimestamp(timestamp_ms / 1000, UTC).isoformat(timespec="milliseconds")
    return time.replace("+00:00", "Z").encode()


def trace_id(received: Iterable[Header], *, key: bytes) -> str:
    """Return the id of the trace that came in, else one made from the key."""
    return trace_of(received) or _digest(b"trace", key, size=16)


def arrived(received: Iterable[Header], timestamp_ms: int) -> int:
    """Return when the article came into Kafka, in milliseconds; else the message's own time."""
    for name, text in received:
        if name == ARRIVED and text and text.isdigit():
            return int(text)
    return timestamp_ms


def _digest(*parts: bytes, size: int) -> str:
    framed = b"".join([len(part).to_bytes(4, "big") + part for part in parts])
    return blake2b(framed, digest_size=size).hexdigest()
