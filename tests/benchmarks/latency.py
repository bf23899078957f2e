"""Latency from article in to incident out at shares of the maximum, beside a loop by hand."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.pipeline import PIPELINE
from streams.reception import receive
from tests.benchmarks.articles import SEED_CHARACTERS, message
from tests.benchmarks.feeding import MOST_BYTES, Feeder, Message
from tests.benchmarks.processes import Child
from tests.benchmarks.whole import REVISIONS, SOURCE, Line
from tests.broker import create

SHARES = (0.1, 0.5, 0.9)
OURS, BY_HAND = "incident-streams", "aiokafka loop"
PREFIX = "hand"
_TAKEN = 30_000
"""Numbers of the articles sent here begin with this one."""
APART = 2_000
"""More than the articles of one drive."""
PATIENCE_SECONDS = 10.0
"""With nothing told for so long, an article is missing."""


@dataclass(slots=True)
class Watch:
    """When each article was sent, and how long until the first incident that names it."""

    topic: str
    sent: dict[str, float] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)

    async def run(self, servers: list[str]) -> None:
        """Read the revisions for ever."""
        consumer: Any = AIOKafkaConsumer(
            bootstrap_servers=servers,
            auto_offset_reset="latest",
            max_partition_fetch_bytes=MOST_BYTES,
            fetch_max_wait_ms=20,
        )
        await consumer.start()
        try:
            consumer.assign([TopicPartition(self.topic, n) for n in range(4)])
            await consumer.seek_to_end()
            while True:
                found = await consumer.getmany(timeout_ms=100)
                now = time.monotonic()
                for records in found.values():
                    for record in records:
                        self._note(record.value, now)
        finally:
            await consumer.stop()

    def _note(self, value: bytes | None, now: float) -> None:
        for reference in orjson.loads(value or b"{}").get("articles", ()):
            name = reference["article_id"]
            if name in self.sent and name not in self.taken:
                self.taken[name] = now - self.sent[name]


async def _drive(
    feeder: Feeder, source: str, watch: Watch, *, rate: float, seconds: float, first: int
) -> list[float]:
    """Send articles at an even rate; return the latencies in milliseconds."""
    made = list(itertools.islice(_telling(first), max(3, int(rate * seconds))))
    begun = time.monotonic()
    waiting = []
    for number, (key, value) in enumerate(made):
        due = begun + number / rate
        if (ahead := due - time.monotonic()) > 0:
            await asyncio.sleep(ahead)
        watch.sent[key.decode()] = due
        waiting.append(await feeder.producer.send(source, value, key=key))
    await asyncio.gather(*waiting)
    names = {key.decode() for key, _ in made}
    last, since = -1, time.monotonic()
    while time.monotonic() - since < PATIENCE_SECONDS and not names <= watch.taken.keys():
        if len(watch.taken) != last:
            last, since = len(watch.taken), time.monotonic()
        await asyncio.sleep(0.05)
    if missing := names - watch.taken.keys():
        raise RuntimeError(f"{watch.topic}: no incident names {len(missing)} of {len(names)}")
    return [1000 * watch.taken[name] for name in names]


def _telling(first: int) -> Iterator[Message]:
    """Yield articles that tell of an incident, from the one of a number on."""
    for number in itertools.count(first):
        key, value = message(number, characters=SEED_CHARACTERS)
        made: list[Any] = [receive(value)]
        for stage in PIPELINE:
            made = [one for each in made for one in stage.run(each)]
        if made:
            yield key, value


async def _by_hand(feeder: Feeder, folder: Path) -> Child:
    topics = [f"{PREFIX}-{n}" for n in range(7)]
    await create(feeder.broker, *topics, **{"max.message.bytes": str(MOST_BYTES)})
    program = ["-m", "tests.benchmarks.systems.aiokafka_line", feeder.broker.addresses[0], PREFIX]
    child = Child.start("aiokafka line", program, folder=folder)
    await feeder.send(f"{PREFIX}-0", [message(n, copy=n) for n in range(40)])
    await feeder.until(f"{PREFIX}-3", 40, [child], seconds=60)
    return child


async def measure(
    feeder: Feeder, folder: Path, *, rounds: int, seconds: float, most: float
) -> dict[tuple[str, float], list[list[float]]]:
    """Return the latencies of each system at each share of ``most``, a list for each round."""
    line = Line(feeder.broker, folder, app_id="latency")
    await line.create()
    children: list[Child] = []
    watches = {OURS: (Watch(REVISIONS), SOURCE), BY_HAND: (Watch(f"{PREFIX}-6"), f"{PREFIX}-0")}
    found: dict[tuple[str, float], list[list[float]]] = {}
    first = _TAKEN
    tasks: list[asyncio.Task[None]] = []
    try:
        children.append(await _by_hand(feeder, folder))
        await line.add()
        servers = feeder.broker.addresses
        tasks = [asyncio.create_task(watch.run(servers)) for watch, _ in watches.values()]
        await asyncio.sleep(1.0)
        for number in range(-1, rounds):
            for share in SHARES if number >= 0 else (0.5,):
                for name, (watch, source) in watches.items():
                    taken = await _drive(
                        feeder, source, watch, rate=share * most, seconds=seconds, first=first
                    )
                    first += APART
                    if number >= 0:
                        found.setdefault((name, share), []).append(taken)
    finally:
        for task in tasks:
            task.cancel()
        for child in children:
            child.stop()
        line.stop()
        await line.remove()
    return found
