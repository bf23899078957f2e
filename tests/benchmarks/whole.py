"""The whole line: in one process without Kafka, and through five hops on one worker."""

from __future__ import annotations

import asyncio
import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streams import topics
from streams.entities import match
from streams.settings import Settings
from streams.transport.broker import Broker, free_ports
from streams.transport.kafka import admin, create_missing, declared
from tests.benchmarks.articles import SEED_CHARACTERS, message
from tests.benchmarks.feeding import Feeder, Message, Passed
from tests.benchmarks.processes import Child, cpu_seconds, percentile, resident_mb

COMPILED = not match.__file__.endswith(".py")
"""Whether the package is measured as the image has it; see `tests/benchmarks/compiled`."""
SOURCE = topics.ARTICLES.name
REPORTS, REVISIONS = topics.INCIDENT_REPORTS.name, topics.INCIDENT_REVISIONS.name
THIRD = topics.ANNOTATED_ARTICLES.name
WARM = 60
PROBED = 2
"""Rounds under probes, which are not counted otherwise: an answer costs the worker time too."""
PROBE_SECONDS = 0.02
QUIET_SECONDS = 0.4


def inprocess(folder: Path) -> Child:
    """Start the process that runs the stages and answers questions."""
    program = ["-m", "tests.benchmarks.systems.inprocess"]
    return Child.start("in process", program, folder=folder, answers=True)


@dataclass(slots=True)
class Line:
    """The worker's topics in a broker, and workers on them."""

    broker: Broker
    folder: Path
    partitions: int = 4
    app_id: str = "benchmark"
    workers: list[Child] = field(default_factory=list)
    ports: dict[int, int] = field(default_factory=dict)

    def settings(self) -> dict[str, str]:
        """Return the settings of a worker, as `Settings` takes them."""
        return {
            "broker": self.broker.url,
            "app_id": self.app_id,
            "topic_partitions": str(self.partitions),
            "data_directory": str(self.folder / f"{self.app_id}-{len(self.workers)}"),
            "dashboard": "false",
            "log_level": "WARNING",
        }

    async def create(self) -> None:
        """Create the topics."""
        await create_missing(Settings(**self.settings()))

    async def remove(self) -> None:
        """Delete the topics and wait until they are gone."""
        settings = Settings(**self.settings())
        names = {topic.name for topic in declared(settings)}
        async with admin(settings) as client:
            await client.delete_topics(list(names & set(await client.list_topics())))
            while names & set(await client.list_topics()):  # noqa: ASYNC110  # Kafka has no event
                await asyncio.sleep(0.1)

    async def add(self, *, seconds: float = 60.0) -> Child:
        """Start a worker and wait until it is ready."""
        port = free_ports(1)[0]
        environment = {f"NEWS_{k.upper()}": v for k, v in self.settings().items()}
        environment["NEWS_WEB_PORT"] = str(port)
        name = f"{self.app_id} worker {len(self.workers) + 1}"
        program = ["-m", "streams", "worker"]
        child = Child.start(name, program, folder=self.folder, environment=environment)
        self.workers.append(child)
        self.ports[child.pid] = port
        end = time.monotonic() + seconds
        while await asyncio.to_thread(_probe, port, "ready") is None:
            child.check()
            if time.monotonic() > end:
                raise TimeoutError(f"{name} is not ready after {seconds} s")
            await asyncio.sleep(0.1)
        return child

    def stop(self) -> None:
        """Stop all workers."""
        while self.workers:
            self.workers.pop().stop()


def _probe(port: int, name: str) -> float | None:
    """Return how long a health endpoint takes to say yes; ``None`` if it does not."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"/health/{name}")
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return None
    finally:
        connection.close()
    return time.perf_counter() - begun if answer.status == 200 else None


@contextmanager
def probing(port: int, into: list[float]) -> Iterator[None]:
    """Ask ``/health/live`` fifty times a second meanwhile; no answer counts as ten seconds."""
    stop = threading.Event()

    def probe() -> None:
        while not stop.wait(PROBE_SECONDS):
            took = _probe(port, "live")
            into.append(10.0 if took is None else took)

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


async def settled(feeder: Feeder, *, seconds: float = 120.0) -> None:
    """Wait until no report or revision comes any more."""
    end = time.monotonic() + seconds
    last, since = -1, time.monotonic()
    while time.monotonic() < end:
        now = await feeder.held(REPORTS) + await feeder.held(REVISIONS)
        if now != last:
            last, since = now, time.monotonic()
        if time.monotonic() - since > QUIET_SECONDS:
            break
        await asyncio.sleep(0.05)


async def through(
    feeder: Feeder,
    workers: Sequence[Child],
    messages: Sequence[Message],
    *,
    probes: tuple[int, list[float]] | None = None,
) -> Passed:
    """Send articles through all five hops and return what they cost.

    The last hop has no fixed number of outputs: the work counts as done when every article is
    annotated and no revision comes any more; the quiet time at the end is not counted.
    """
    before = await feeder.held(THIRD)
    for child in workers:
        child.halt()
    try:
        await feeder.send(SOURCE, messages)
    finally:
        spent = sum(cpu_seconds(child.pid) for child in workers)
        begun = time.monotonic()
        for child in workers:
            child.resume()
    if probes is None:
        await feeder.until(THIRD, before + len(messages), workers)
    else:
        with probing(*probes):
            await feeder.until(THIRD, before + len(messages), workers)
    await settled(feeder)
    return Passed(
        count=len(messages),
        cpu=sum(cpu_seconds(child.pid) for child in workers) - spent,
        wall=time.monotonic() - begun - QUIET_SECONDS,
        resident_mb=max(resident_mb(child.pid) for child in workers),
    )


def _made(first: int, count: int) -> list[Message]:
    return [message(n, characters=SEED_CHARACTERS) for n in range(first, first + count)]


async def measure(feeder: Feeder, folder: Path, *, rounds: int, count: int) -> dict[str, Any]:
    """Return interleaved rounds in process and through topics, rounds of both at once, and probes.

    Beside a busy broker the same work costs more, for they share caches and memory; only with
    both at once is what Kafka costs told apart from that.
    """
    line = Line(feeder.broker, folder)
    await line.create()
    alone = inprocess(folder)
    inside: list[Any] = []
    outside: list[Passed] = []
    beside: list[Any] = []
    probes: list[float] = []
    try:
        worker = await line.add()
        await through(feeder, [worker], _made(0, WARM))
        asked = {"work": "line", "characters": SEED_CHARACTERS}
        alone.ask(first=0, count=WARM, **asked)
        for first in range(WARM, WARM + rounds * count, count):
            inside.append(alone.ask(first=first, count=count, **asked))
            outside.append(await through(feeder, [worker], _made(first, count)))
        for first in range(WARM + rounds * count, WARM + 2 * rounds * count, count):
            ask = asyncio.to_thread(alone.ask, first=first, count=count, **asked)
            at_once = await asyncio.gather(ask, through(feeder, [worker], _made(first, count)))
            beside.append(at_once)
        for first in range(WARM + 2 * rounds * count, WARM + (2 * rounds + PROBED) * count, count):
            asking = line.ports[worker.pid], probes
            await through(feeder, [worker], _made(first, count), probes=asking)
    finally:
        alone.stop()
        line.stop()
        await line.remove()
    live = 1000 * percentile(probes, 0.99)
    return {"inside": inside, "outside": outside, "beside": beside, "live_p99_ms": live}
