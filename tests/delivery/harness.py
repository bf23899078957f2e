"""A line under load: a real Kafka, worker processes that can be killed, and a count of every id."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from schemas import Incident
from streams import topics
from streams.merging import merge_all
from streams.settings import Settings
from streams.transport.broker import Broker, free_ports
from streams.transport.kafka import admin, create_missing
from streams.transport.lag import waiting
from tests.broker import read
from tests.merging.stories import TOWNS, report

PARTITIONS = 4
OUTPUT = topics.ANNOTATED_ARTICLES.name


@dataclass(frozen=True, slots=True)
class Row:
    """What a fault did."""

    fault: str
    inputs: int
    lost: int
    doubled: int
    repeated: int
    """Messages written twice on the way, which at-least-once delivery allows."""
    recovery: float
    """Longest time from a fault to the next output, in seconds."""


def article(number: int) -> tuple[bytes, bytes]:
    """Return the key and value of an article that tells of no incident."""
    text = (
        f"Report {number}: the council of Ramadi opened {number % 7 + 1} schools near the river "
        "on Tuesday, the mayor said.\nقال مصدر في المجلس إن الأعمال انتهت شرقي المدينة."
    )
    name = f"article-{number}"
    value = {"article_id": name, "text": text, "published_at": "2026-03-10T10:00:00Z"}
    return name.encode(), orjson.dumps(value)


def reports(count: int) -> list[Any]:
    """Return reports of incidents, several articles to each."""
    towns = list(TOWNS)
    return [
        report(f"report-{n}", day=1 + n % 20, town=towns[n // 20 % len(towns)], killed=1 + n % 9)
        for n in range(count)
    ]


@dataclass(slots=True)
class WorkerProcess:
    """One worker as a process of its own."""

    settings: dict[str, str]
    log: Path
    command: Sequence[str] = ("-m", "streams", "worker")
    process: subprocess.Popen[bytes] | None = None
    port: int = 0
    limits: Callable[[], None] | None = None

    def start(self) -> None:
        """Start it; its logs go to a file."""
        self.port = free_ports(1)[0]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWS_")}
        environment |= {f"NEWS_{k.upper()}": v for k, v in self.settings.items()}
        environment["NEWS_WEB_PORT"] = str(self.port)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                env=environment,
                stdout=log,
                stderr=log,
                preexec_fn=self.limits,  # noqa: PLW1509  # it only sets a limit
            )

    @property
    def pid(self) -> int:
        """Id of the process."""
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """End it with signal 9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = 20.0) -> int:
        """End it with SIGTERM and return its status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    async def ends(self, seconds: float = 60.0) -> int:
        """Wait until it ends by itself and return its status."""
        assert self.process is not None
        async with asyncio.timeout(seconds):
            while self.process.poll() is None:  # noqa: ASYNC110  # a process has no event
                await asyncio.sleep(0.1)
        return self.process.returncode

    def healthy(self, probe: str = "ready") -> bool:
        """Tell what a health endpoint says."""
        address = f"http://127.0.0.1:{self.port}/health/{probe}"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    async def ready(self, seconds: float = 180.0) -> None:
        """Wait until it says it is ready."""
        async with asyncio.timeout(seconds):
            while not await asyncio.to_thread(self.healthy):
                assert self.process is not None
                assert self.process.poll() is None, self.log.read_text()[-3000:]
                await asyncio.sleep(0.1)


@dataclass(slots=True)
class Line:
    """A broker with its topics and the workers on it."""

    broker: Broker
    folder: Path
    options: dict[str, str] = field(default_factory=dict)
    workers: list[WorkerProcess] = field(default_factory=list)
    sent: int = 0
    total: int = 0
    """How many articles were sent and will have been when all feeding is done."""
    recovery: float = 0.0

    def settings(self, **more: Any) -> dict[str, str]:
        """Return the settings of a worker on this line."""
        return {
            "broker": self.broker.url,
            "topic_partitions": str(PARTITIONS),
            "topic_replication": str(self.broker.size),
            "log_level": "INFO",
            **self.options,
            **more,
        }

    def worker(self, **more: Any) -> WorkerProcess:
        """Return a new worker, not started."""
        number = len(self.workers)
        command = more.pop("command", ("-m", "streams", "worker"))
        limits = more.pop("limits", None)
        settings = self.settings(data_directory=str(self.folder / f"data-{number}"), **more)
        log = self.folder / f"worker-{number}.log"
        one = WorkerProcess(settings, log, command, limits=limits)
        self.workers.append(one)
        return one

    async def start(self, **more: Any) -> WorkerProcess:
        """Start a worker and wait until it is ready."""
        one = self.worker(**more)
        one.start()
        await one.ready()
        return one

    async def prepare(self) -> None:
        """Create the topics."""
        await create_missing(
            Settings(
                broker=self.broker.url,
                topic_partitions=PARTITIONS,
                topic_replication=self.broker.size,
            )
        )

    def close(self) -> None:
        """End what still runs."""
        for one in self.workers:
            if one.process is not None and one.process.poll() is None:
                one.kill()

    async def feed(self, count: int, *, rate: float = 300.0) -> None:
        """Send articles at a steady rate; a broker that is away is waited for."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self.broker.addresses,
            acks="all",
            linger_ms=5,
            request_timeout_ms=20_000,
            retry_backoff_ms=200,
        )
        await producer.start()
        try:
            begun, first = time.monotonic(), self.sent
            self.total = first + count
            waiting: set[asyncio.Task[None]] = set()
            for number in range(first, first + count):
                task = asyncio.create_task(_deliver(producer, *article(number)))
                waiting.add(task)
                task.add_done_callback(waiting.discard)
                self.sent += 1
                ahead = (self.sent - first) / rate - (time.monotonic() - begun)
                if ahead > 0:
                    await asyncio.sleep(ahead)
                elif number % 50 == 0:
                    await asyncio.sleep(0)
            await asyncio.gather(*waiting)
        finally:
            await producer.stop()

    async def reached(self) -> int:
        """Return how many messages the output holds."""
        return await ends(self.broker, OUTPUT)

    async def recovers(self, *, seconds: float = 180.0) -> None:
        """Wait for the next output and keep the longest wait."""
        begun, before = time.monotonic(), await self.reached()
        async with asyncio.timeout(seconds):
            now = before
            while now <= before and now < self.total:
                await asyncio.sleep(0.1)
                now = await self.reached()
        self.recovery = max(self.recovery, time.monotonic() - begun)

    async def through(self, *, seconds: float = 800.0) -> Counter[str]:
        """Wait until every article came out, or nothing has for a while, and count each."""
        quiet, before = time.monotonic(), -1
        async with asyncio.timeout(seconds):
            while True:
                now = await self.reached()
                if now != before:
                    quiet, before = time.monotonic(), now
                if now >= self.sent and len(found := await self.outputs()) >= self.sent:
                    return found
                if time.monotonic() - quiet > 90:
                    return await self.outputs()
                await asyncio.sleep(0.5)  # Kafka has no event

    async def outputs(self) -> Counter[str]:
        """Return how often each article came out."""
        return Counter((record.key or b"").decode() for record in await read(self.broker, OUTPUT))

    async def row(self, fault: str) -> Row:
        """Count everything and return what the fault did."""
        found = await self.through()
        wanted = {f"article-{n}" for n in range(self.sent)}
        repeated = sum(found.values()) - len(found)
        return Row(
            fault,
            self.sent,
            len(wanted - found.keys()),
            len(found.keys() - wanted),
            repeated,
            self.recovery,
        )


async def _deliver(producer: AIOKafkaProducer, key: bytes, value: bytes) -> None:
    end = time.monotonic() + 180
    while True:
        try:
            await producer.send_and_wait(topics.ARTICLES.name, value, key=key)
        except Exception:
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.5)
        else:
            return


async def ends(broker: Broker, topic: str) -> int:
    """Return how many messages a topic has taken."""
    for attempt in range(60):
        consumer: AIOKafkaConsumer[Any, Any] = AIOKafkaConsumer(
            bootstrap_servers=broker.addresses, request_timeout_ms=5000
        )
        try:
            await consumer.start()
            parts = [TopicPartition(topic, n) for n in range(PARTITIONS)]
            return sum((await consumer.end_offsets(parts)).values())
        except Exception:
            if attempt == 59:
                raise
            await asyncio.sleep(0.5)
        finally:
            with contextlib.suppress(Exception):
                await consumer.stop()
    raise AssertionError


async def committed(broker: Broker, topic: str) -> int:
    """Return how many messages of a topic the workers have committed."""
    async with admin(Settings(broker=broker.url)) as client:
        found = await client.list_consumer_group_offsets(Settings().app_id)
    return sum(max(0, one.offset) for tp, one in found.items() if tp.topic == topic)


@contextlib.asynccontextmanager
async def line(broker: Broker, folder: Path, **options: str) -> AsyncIterator[Line]:
    """Open a line on a broker that is not started yet, and end everything with it."""
    with broker:
        one = Line(broker, folder, options)
        await one.prepare()
        try:
            yield one
        finally:
            one.close()


async def standing(broker: Broker) -> dict[str, Incident]:
    """Return the incidents that stand, by id."""
    newest: dict[str, bytes | None] = {}
    for record in await read(broker, topics.INCIDENTS.name):
        newest[(record.key or b"").decode()] = record.value
    found = {k: Incident.from_json(v) for k, v in newest.items() if v}
    return {k: v for k, v in found.items() if v.status not in {"merged", "withdrawn"}}


def merged(all_reports: Sequence[Any]) -> dict[str, Incident]:
    """Return the incidents that the reports make when each country is merged by itself."""
    countries: dict[str, list[Any]] = {}
    for one in all_reports:
        countries.setdefault(one.place.country_code if one.place else "ZZ", []).append(one)
    return {i.incident_id: i for part in countries.values() for i in merge_all(part)}


def substance(incident: Incident) -> dict[str, Any]:
    """Return an incident without what depends on the order in which its reports came."""
    value = incident.model_dump(mode="json", exclude_none=True)
    for name in ("revision", "status"):
        value.pop(name)
    return value


async def while_feeding(
    one: Line, count: int, fault: Callable[[], Awaitable[None]], *, rate: float = 300.0
) -> None:
    """Do something to the line while articles come in."""
    feeding = asyncio.create_task(one.feed(count, rate=rate))
    try:
        await asyncio.sleep(2.0)
        await fault()
    finally:
        await feeding


async def will_stand(one: Line, *, seconds: float = 180.0) -> dict[str, Any]:
    """Return the incidents that stand once nothing waits for the merge any more."""
    settings = Settings(broker=one.broker.url, topic_partitions=PARTITIONS)
    async with asyncio.timeout(seconds):
        while (await waiting(settings))[topics.INCIDENT_REPORTS.name]:  # noqa: ASYNC110  # the same
            await asyncio.sleep(0.3)
    return await standing(one.broker)


async def incident_row(
    one: Line, told: Sequence[Any], fault: str, *, since: float | None = None
) -> Row:
    """Compare the incidents that stand with those the reports make, and return the row.

    ``since`` is when the fault was mended, by the monotonic clock.
    """
    wanted, found = merged(told), await will_stand(one)
    if since is not None:
        one.recovery = time.monotonic() - since
    told_of = {a.article_id for i in wanted.values() for a in i.articles}
    names = [a.article_id for i in found.values() for a in i.articles]
    lost = len(told_of - set(names))
    doubled = len(found.keys() - wanted.keys()) + len(names) - len(set(names))
    return Row(fault, len(told), lost, doubled, 0, one.recovery)
