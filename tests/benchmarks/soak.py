"""Runs a worker at half load for long: memory, latency and stalls, minute by minute.

    tests/benchmarks/soak [--minutes 30] [--rate ARTICLES_PER_SECOND]

Status 0: resident memory and p99 latency stayed flat after the first minutes, nothing stalled.
One article in twenty tells of an incident; event time runs ahead, so that incidents close.
All that a worker holds is bounded: open incidents by their silence, the dashboard's window, the
store's buffers and what is remembered of words by their sizes.  So that these are full within
the first minutes and not within days, each article has words of its own, as names in the news
are, and the window is small; from then on memory must not grow.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from aiokafka import AIOKafkaConsumer

from schemas import Article
from streams import topics
from streams.transport.headers import arrived
from tests.benchmarks.segmentation import sample
from tests.broker import brokers, producer, send
from tests.delivery.harness import OUTPUT, Line, ends

WARM_MINUTES = 5
MEMORY_SHARE = 0.05
LATENCY_RATIO = 1.5
STALL_SECONDS = 10.0
TELLS_EVERY = 20
BURST = 1500
WINDOW = 300
"""Incidents that the dashboard holds."""
OWN_WORDS = 8
WORDS = ("Mar", "Tel", "نهر")
"""How the words begin that only one article has."""
COLUMNS = f"{'minute':>6} {'articles':>9} {'p50 ms':>8} {'p99 ms':>8} {'resident MB':>12}"
FIRST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
QUIET = (
    "افتتح مجلس المحافظة اليوم ثلاث مدارس جديدة قرب النهر بحضور رئيس البلدية وعدد من المعلمين. ",
    "The council opened three schools near the river, and the mayor spoke of new roads. ",
)


def articles() -> Iterator[Article]:
    """Yield articles of the length of the news for ever, twelve hours apart."""
    told = sample()
    for number in itertools.count():
        text = told if number % TELLS_EVERY == 0 else QUIET[number % 2] * (3300 // len(QUIET[0]))
        own = " ".join(f"{WORDS[n % len(WORDS)]}{number}{chr(97 + n)}" for n in range(OWN_WORDS))
        yield Article(
            article_id=f"article-{number}",
            text=f"{own}. {text}"[:3300],
            published_at=FIRST + number * dt.timedelta(hours=12),
        )


@dataclass(slots=True)
class Minute:
    """What a minute was like."""

    resident: list[int] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def p99(self) -> float:
        """Latency in seconds that one article in a hundred exceeds."""
        ordered = sorted(self.latencies)
        return ordered[int(0.99 * (len(ordered) - 1))] if ordered else 0.0

    def row(self, number: int) -> str:
        """Return the minute as a row of the table under `COLUMNS`."""
        p50 = statistics.median(self.latencies or [0.0])
        size = statistics.median(self.resident or [0]) / 1e6
        times = f"{1000 * p50:8.0f} {1000 * self.p99:8.0f}"
        return f"{number:6} {len(self.latencies):9} {times} {size:12.1f}"


@dataclass(slots=True)
class Soak:
    """One run."""

    line: Line
    rate: float
    minutes: list[Minute]
    begun: float = field(default_factory=time.monotonic)
    longest_silence: float = 0.0
    unhealthy: int = 0

    def minute(self) -> Minute:
        """Return the minute it is."""
        number = int((time.monotonic() - self.begun) // 60)
        return self.minutes[min(number, len(self.minutes) - 1)]

    async def feed(self, news: Iterator[Article]) -> None:
        """Send articles at the rate until the time is up."""
        end = self.begun + 60 * len(self.minutes)
        async with producer(self.line.broker) as sender:
            for number, one in enumerate(news):
                ahead = self.begun + number / self.rate - time.monotonic()
                if ahead > 0:
                    await asyncio.sleep(ahead)
                if time.monotonic() > end:
                    return
                key = (one.article_id or "").encode()
                await sender.send(topics.ARTICLES.name, one.to_json(), key=key)

    async def listen(self) -> None:
        """Note how long each article took to come out annotated."""
        consumer: AIOKafkaConsumer[Any, Any] = AIOKafkaConsumer(
            OUTPUT, bootstrap_servers=self.line.broker.addresses, auto_offset_reset="latest"
        )
        await consumer.start()
        last = time.monotonic()
        try:
            async for record in consumer:
                now = time.monotonic()
                self.longest_silence = max(self.longest_silence, now - last)
                last = now
                took = record.timestamp - arrived(record.headers, record.timestamp)
                self.minute().latencies.append(took / 1000)
        finally:
            await consumer.stop()

    async def look(self, process: psutil.Process) -> None:
        """Note memory and health every two seconds."""
        while True:
            self.minute().resident.append(process.memory_info().rss)
            alive = await asyncio.to_thread(self.line.workers[0].healthy, "live")
            self.unhealthy += not alive
            await asyncio.sleep(2.0)

    async def tell(self) -> None:
        """Print each minute when it is over."""
        print(COLUMNS, flush=True)
        for number, one in enumerate(self.minutes, 1):
            await asyncio.sleep(self.begun + 60 * number - time.monotonic())
            print(one.row(number), flush=True)


async def maximum(one: Line, news: Iterator[Article]) -> float:
    """Return how many articles a second the worker manages when many wait."""
    burst = list(itertools.islice(news, BURST))
    values = [((a.article_id or "").encode(), a.to_json()) for a in burst]
    before = await ends(one.broker, OUTPUT)
    begun = time.monotonic()
    await send(one.broker, topics.ARTICLES.name, values)
    while await ends(one.broker, OUTPUT) < before + BURST:  # noqa: ASYNC110  # Kafka has no event
        await asyncio.sleep(0.1)
    return BURST / (time.monotonic() - begun)


async def soak(minutes: int, rate: float | None, folder: Path) -> Soak:
    """Run the worker and return what was seen."""
    news = articles()
    with brokers(
        log_retention_bytes=str(256 << 20),
        log_segment_bytes=str(64 << 20),
        log_retention_check_interval_ms="20000",
    ) as broker:
        one = Line(broker, folder)
        await one.prepare()
        try:
            worker = await one.start(log_level="WARNING", dashboard_incidents=str(WINDOW))
            most = await maximum(one, news)
            run = Soak(one, rate or most / 2, [Minute() for _ in range(minutes)])
            print(
                f"{most:.0f} articles a second at most; {run.rate:.0f} for {minutes} minutes",
                flush=True,
            )
            watching = [
                asyncio.create_task(run.listen()),
                asyncio.create_task(run.look(psutil.Process(worker.pid))),
            ]
            telling = asyncio.create_task(run.tell())
            await run.feed(news)
            await telling
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            return run
        finally:
            one.close()


def report(run: Soak) -> bool:
    """Print what was seen, and tell whether it was flat."""
    kept = run.minutes[WARM_MINUTES:]
    resident = [statistics.median(one.resident) for one in kept if one.resident]
    spread = max(resident) / min(resident) - 1
    half = len(kept) // 2
    early, late = (statistics.median([m.p99 for m in p]) for p in (kept[:half], kept[half:]))
    print(f"resident memory after minute {WARM_MINUTES}: flat within {spread:.1%}")
    print(f"p99, second half over first half: {late / early:.2f}")
    print(f"longest silence {run.longest_silence:.1f} s; probes that failed: {run.unhealthy}")
    flat = spread <= MEMORY_SHARE and late / early <= LATENCY_RATIO
    return flat and run.longest_silence < STALL_SECONDS and not run.unhealthy


def main() -> int:
    """Run the soak and return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--rate", type=float)
    given = parser.parse_args()
    if given.minutes < WARM_MINUTES + 2:
        parser.error(f"the first {WARM_MINUTES} minutes do not count: --minutes is at least 7")
    with tempfile.TemporaryDirectory() as folder:
        return 0 if report(asyncio.run(soak(given.minutes, given.rate, Path(folder)))) else 1


if __name__ == "__main__":
    sys.exit(main())
