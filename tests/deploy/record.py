"""Records what a worker of this version leaves in Kafka: ``python -m tests.deploy.record``.

A fresh Kafka, one worker, two sample articles of one event; then every topic is read, the
changelog of the table too, and written to ``recorded/<version>.jsonl``.  Run it once when a
version is released; `test_upgrade` lets every later version read the file.
"""

from __future__ import annotations

import asyncio
import base64
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from streams import __version__, topics
from streams.settings import Settings
from streams.transport.kafka import changelog, declared
from tests.broker import brokers, read, send, until
from tests.delivery.harness import PARTITIONS, Line

RECORDED = Path(__file__).parent / "recorded"
SAMPLES = Path(__file__).parents[2] / "deploy" / "samples" / "articles.jsonl"
ARTICLES = 2
STATE = changelog(Settings())


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it lay in Kafka."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


def kept(version: str) -> Iterator[Kept]:
    """Yield the messages that a version left."""
    for line in (RECORDED / f"{version}.jsonl").read_text("utf-8").splitlines():
        one = orjson.loads(line)
        packed, value = one.get("packed"), one.get("value")
        yield Kept(
            one["topic"],
            one["partition"],
            one["key"].encode(),
            base64.b64decode(packed) if packed else orjson.dumps(value) if value else None,
            tuple((name, text.encode()) for name, text in one["headers"]),
        )


def _line(record: Any) -> bytes:
    value: dict[str, Any] = {
        "topic": record.topic,
        "partition": record.partition,
        "key": (record.key or b"").decode(),
        "headers": [(name, content.decode()) for name, content in record.headers],
    }
    if record.topic == STATE:
        value["packed"] = base64.b64encode(record.value or b"").decode()
    else:
        value["value"] = orjson.loads(record.value or b"null")
    return orjson.dumps(value) + b"\n"


async def record(folder: Path) -> bytes:
    """Return all messages of a worker that merged the samples, one JSON line for each."""
    samples = SAMPLES.read_bytes().splitlines()[:ARTICLES]
    with brokers() as broker:
        line = Line(broker, folder)
        await line.prepare()
        try:
            worker = await line.start()
            keyed = [(orjson.loads(s)["article_id"].encode(), s) for s in samples]
            await send(broker, topics.ARTICLES.name, keyed)
            await until(broker, topics.INCIDENT_REPORTS.name, ARTICLES)
            await until(broker, STATE, ARTICLES)
            worker.stop()
        finally:
            line.close()
        names = [one.name for one in declared(Settings(topic_partitions=PARTITIONS))]
        found = [one for name in names for one in await read(broker, name)]
    return b"".join(map(_line, found))


def main() -> None:
    """Write the file of this version; a file that stands is history and is left alone."""
    file = RECORDED / f"{__version__}.jsonl"
    if file.exists():
        sys.exit(f"{file} stands; a released version is recorded once")
    with tempfile.TemporaryDirectory() as folder:
        content = asyncio.run(record(Path(folder)))
    RECORDED.mkdir(exist_ok=True)
    file.write_bytes(content)
    print(f"{file}: {len(content)} bytes")


if __name__ == "__main__":
    main()
