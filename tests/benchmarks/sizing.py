"""Measures what an article costs and writes ``deploy/SIZING.md``.

    python -m tests.benchmarks.sizing             # the page, from the kept figures
    tests/benchmarks/compiled .venv/bin/python -m tests.benchmarks.sizing --measure

The second measures anew on this machine before it writes the page, the package compiled as the
image has it.  It starts a real Kafka and one worker and takes about a minute.  Times are CPU
time, so that a busy machine changes them little.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cramjam
import psutil

from schemas import Article, Contract, IncidentReport
from streams.commands.process import inputs, run
from streams.merging import Merger, Outcome
from streams.pipeline import INCIDENTS, PIPELINE
from streams.topics import ARTICLES
from tests.benchmarks.capacity import Measured
from tests.benchmarks.entities import arabic, english
from tests.benchmarks.page import page
from tests.benchmarks.segmentation import CHARACTERS, sample
from tests.benchmarks.whole import COMPILED
from tests.broker import brokers, send
from tests.delivery.harness import OUTPUT, Line, ends
from tests.merging.stories import report

KEPT = Path(__file__).parent / "sizing.json"
PAGE = Path(__file__).parents[2] / "deploy" / "SIZING.md"
SAMPLES = Path(__file__).parents[2] / "deploy" / "samples" / "articles.jsonl"
FIRST = dt.datetime(2010, 1, 1, tzinfo=dt.UTC)
FRAME_BYTES = 450
"""Key, headers and framing of a message."""
ROUNDS = 30
THROUGH_KAFKA = 1500


def articles(count: int) -> list[Article]:
    """Return articles of one length, Arabic, English and mixed in turn, days apart."""
    texts = itertools.cycle((arabic(), english(), sample()))
    return [
        Article(
            article_id=f"article-{n}",
            text=f"{n}. {text}"[:CHARACTERS],
            published_at=FIRST + dt.timedelta(days=3 * n),
        )
        for n, text in zip(range(count), texts, strict=False)
    ]


def stages() -> tuple[dict[str, float], dict[str, int], float]:
    """Return the CPU of each stage, the bytes in each topic, and what zstd leaves of them.

    The last topic's are those of one report, all others those of one article.
    """
    given: list[Sequence[Contract]] = [[a] for a in articles(3)]
    seconds, sizes, largest = {}, {ARTICLES.name: _mean_size(given)}, b""
    for stage in PIPELINE:
        for values in given:
            _ = [list(stage.run(value)) for value in values]
        begun = time.process_time()
        for _ in range(ROUNDS):
            made = [[r for value in values for r in stage.run(value)] for values in given]
        seconds[stage.name] = (time.process_time() - begun) / ROUNDS / len(given)
        given = list(made)
        sizes[stage.produces.name] = _mean_size(
            [[one] for values in given for one in values] if stage is INCIDENTS else given
        )
        if stage is PIPELINE[2]:
            largest = b"".join(one.to_json() for values in given for one in values)
    return seconds, sizes, len(cramjam.zstd.compress(largest, level=3)) / len(largest)


def _mean_size(given: Sequence[Sequence[Contract]]) -> int:
    sizes = [sum(len(one.to_json()) + FRAME_BYTES for one in values) for values in given]
    return sum(sizes) // len(sizes)


def merge() -> float:
    """Return the CPU of the merge for one report: three articles to each of 500 incidents."""
    return _merging([_told(n, incident=n // 3, towns=200) for n in range(1500)])


def crowded() -> float:
    """Return the CPU of one more report where hundreds tell of like incidents in four towns."""
    return _merging([_told(n, incident=n, towns=4) for n in range(300)], last=100)


def _told(number: int, *, incident: int, towns: int) -> IncidentReport:
    """Return a report of an incident in one of many towns thirty kilometres apart."""
    told = report(f"r-{number}", day=1 + incident // towns % 28, killed=1 + incident % 9)
    assert told.place is not None
    row, column = divmod(incident % towns, 25)
    place = {
        "id": f"geonames:{incident % towns}",
        "name": f"Town {incident % towns}",
        "latitude": round(30 + column * 0.3, 3),
        "longitude": round(40 + row * 0.3, 3),
    }
    return told.model_copy(update={"place": told.place.model_copy(update=place)})


def _merging(told: Sequence[IncidentReport], *, last: int | None = None) -> float:
    """Return the CPU of each of the last reports."""
    store: dict[str, bytes] = {}
    merger, spent = Merger(store), []
    for one in told:
        begun = time.process_time()
        _keep(store, merger.add(one))
        spent.append(time.process_time() - begun)
    counted = spent[-last:] if last else spent
    return sum(counted) / len(counted)


def _keep(store: dict[str, bytes], outcome: Outcome) -> None:
    for name, value in outcome.writes.items():
        if value is None:
            store.pop(name, None)
        else:
            store[name] = value


def incidents() -> tuple[int, int]:
    """Return the packed bytes of an open incident and the bytes of a revision: the samples."""
    store: dict[str, bytes] = {}
    merger, revisions = Merger(store), []
    for line in inputs([SAMPLES]):
        for made in run(line.article(), PIPELINE, {}):
            if isinstance(made, IncidentReport):
                outcome = merger.add(made)
                _keep(store, outcome)
                revisions += [len(one.to_json()) for one in outcome.revisions]
    return sum(map(len, store.values())) // len(store), sum(revisions) // len(revisions)


async def through_kafka(folder: Path) -> tuple[float, int]:
    """Return a worker's CPU for one article through all topics, and its resident memory."""
    with brokers() as broker:
        line = Line(broker, folder)
        await line.prepare()
        try:
            worker = await line.start(batch_size="64")
            process = psutil.Process(worker.pid)
            made = articles(THROUGH_KAFKA)
            before = sum(process.cpu_times()[:2])
            await send(broker, ARTICLES.name, [(_key(a), a.to_json()) for a in made])
            while await ends(broker, OUTPUT) < len(made):  # noqa: ASYNC110  # no event
                await asyncio.sleep(0.25)
            await asyncio.sleep(3.0)
            spent = sum(process.cpu_times()[:2]) - before
            resident = process.memory_info().rss
            worker.stop()
        finally:
            line.close()
    return spent / len(made), resident


def _key(article: Article) -> bytes:
    return (article.article_id or "").encode()


def measure() -> Measured:
    """Measure everything on this machine."""
    seconds, sizes, zstd = stages()
    packed, revision = incidents()
    with tempfile.TemporaryDirectory() as folder:
        line, resident = asyncio.run(through_kafka(Path(folder)))
    return Measured(
        machine=f"{_processor()}, Python {platform.python_version()}"
        + (", the package compiled" if COMPILED else ""),
        characters=CHARACTERS,
        stage_seconds={name: round(value, 6) for name, value in seconds.items()},
        line_seconds=round(line, 6),
        resident_bytes=resident,
        report_bytes=sizes.pop(INCIDENTS.produces.name),
        article_bytes=sizes,
        revision_bytes=revision + FRAME_BYTES,
        zstd=round(zstd, 3),
        merge_seconds=round(merge(), 6),
        crowded_seconds=round(crowded(), 6),
        state_bytes=packed,
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if sys.platform == "linux" else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def kept() -> Measured:
    """Return the figures that the page was made from."""
    values: dict[str, Any] = json.loads(KEPT.read_text("utf-8"))
    return Measured(**values)


def main() -> None:
    """Measure if asked to, and write the page."""
    if "--measure" in sys.argv[1:]:
        KEPT.write_text(json.dumps(asdict(measure()), indent=2) + "\n", "utf-8")
    PAGE.write_text(page(kept()), "utf-8")


if __name__ == "__main__":
    main()
