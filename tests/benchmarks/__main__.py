"""Runs the benchmark; start it with ``tests/benchmarks/run``."""

from __future__ import annotations

import argparse
import asyncio
import csv
import datetime as dt
import json
import logging
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka.errors import KafkaError

from tests.benchmarks import language, latency, passing, plot, scaling, summary, whole
from tests.benchmarks.feeding import Feeder
from tests.benchmarks.processes import ROOT
from tests.broker import brokers

HERE = Path(__file__).parent
PARTS = ("line", "transport", "language", "latency", "scaling", "backlog")
ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much each part does."""

    rounds: int = ROUNDS
    workers: int = ROUNDS
    """Rounds of one worker and two, on four partitions."""
    sixteen: int = ROUNDS
    line: int = 300
    messages: int = 6000
    language: float = 1.0
    seconds: float = 8.0
    scaling: int = 1200
    backlog: int = 1_000_000
    window: int = 1500


FULL = Sizes()
QUICK = Sizes(
    sixteen=1,
    line=80,
    messages=1500,
    language=0.4,
    seconds=1.5,
    scaling=400,
    backlog=10_000,
    window=200,
)
SMOKE = Sizes(
    workers=1,
    sixteen=1,
    rounds=1,
    line=20,
    messages=300,
    language=0.1,
    seconds=1.0,
    scaling=20,
    backlog=10,
    window=20,
)


def _say(text: str) -> None:
    print(f"{dt.datetime.now(dt.UTC):%H:%M:%S} {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, write the report and print it, or one JSON object."""
    parser = argparse.ArgumentParser(prog="tests/benchmarks/run", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="less of everything, in minutes")
    parser.add_argument("--smoke", action="store_true", help="one tiny round, to see that it runs")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="only these parts")
    parser.add_argument("--no-report", action="store_true", help="write no files")
    given = parser.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # topics come and go here
    sizes = SMOKE if given.smoke else QUICK if given.quick else FULL
    figures, shown = asyncio.run(measure(sizes, given.only))
    text = summary.markdown(shown, _head(sizes))
    if not given.no_report and not given.smoke:
        _write(figures, shown, text, quick=given.quick)
    print(json.dumps(figures) if given.json else text)


async def measure(sizes: Sizes, only: Any) -> tuple[summary.Figures, list[summary.Shown]]:
    """Return the named figures and the tables of the parts; a part that fails says why."""
    figures: summary.Figures = {}
    shown: list[summary.Shown] = []
    with tempfile.TemporaryDirectory() as name, brokers() as broker:
        for part in PARTS:
            if part not in only:
                continue
            _say(f"{part} …")
            begun = time.monotonic()
            try:
                async with Feeder(broker) as feeder:
                    found = await _PARTS[part](feeder, Path(name), sizes, figures)
            except (RuntimeError, TimeoutError, OSError, KafkaError) as error:
                _say(f"{part}: failed: {error!r}")
                figures[f"{part}_failed"] = 1.0
                continue
            for more, table in found:
                figures |= more
                shown.append(table)
            _say(f"{part}: {time.monotonic() - begun:.0f} s")
    return figures, shown


async def _line(feeder: Feeder, folder: Path, sizes: Sizes, _: Any) -> Any:
    found = await whole.measure(feeder, folder, rounds=sizes.rounds, count=sizes.line)
    return [summary.of_line(found, sizes.line)]


async def _transport(feeder: Feeder, folder: Path, sizes: Sizes, _: Any) -> Any:
    found = await passing.measure(
        feeder, folder, rounds=sizes.rounds, count=sizes.messages, say=_say
    )
    return [summary.of_passing(found)]


async def _language(_: Feeder, folder: Path, sizes: Sizes, __: Any) -> Any:
    found = await asyncio.to_thread(
        language.measure, folder, rounds=sizes.rounds, share=sizes.language, say=_say
    )
    return [summary.of_language(found)]


async def _latency(feeder: Feeder, folder: Path, sizes: Sizes, figures: Any) -> Any:
    most = figures.get("topics_articles_per_second", 60.0)
    found = await latency.measure(
        feeder, folder, rounds=sizes.rounds, seconds=sizes.seconds, most=most
    )
    return [summary.of_latency(found)]


async def _scaling(feeder: Feeder, folder: Path, sizes: Sizes, _: Any) -> Any:
    found = await scaling.workers(
        feeder.broker, folder, rounds=sizes.workers, sixteen=sizes.sixteen, count=sizes.scaling
    )
    return [summary.of_scaling(found)]


async def _backlog(feeder: Feeder, folder: Path, sizes: Sizes, _: Any) -> Any:
    found = await scaling.backlogs(feeder.broker, folder, most=sizes.backlog, window=sizes.window)
    return [summary.of_backlogs(found)]


_PARTS: dict[str, Callable[..., Any]] = {
    "line": _line,
    "transport": _transport,
    "language": _language,
    "latency": _latency,
    "scaling": _scaling,
    "backlog": _backlog,
}


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _head(sizes: Sizes) -> str:
    return (
        "# Measured\n\n"
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}, "
        f"Python {platform.python_version()}, {'' if whole.COMPILED else 'un'}compiled, "
        "one Apache Kafka on the same machine; "
        f"medians of {sizes.rounds} interleaved rounds, CPU time of the process measured."
    )


def _write(figures: summary.Figures, shown: list[summary.Shown], text: str, *, quick: bool) -> None:
    folder = HERE / "report"
    folder.mkdir(exist_ok=True)
    (folder / "README.md").write_text(text, "utf-8")
    for title, columns, rows in shown:
        (folder / summary.name_of(title)).write_text(plot.bars(title, columns, rows), "utf-8")
    history = HERE / "results.csv"
    fresh = not history.exists()
    with history.open("a", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        if fresh:
            writer.writerow(["time", "commit", "size", "figure", "value"])
        now = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
        size = "quick" if quick else "full"
        for name, value in figures.items():
            writer.writerow([now, _commit(), size, name, f"{value:.5g}"])


if __name__ == "__main__":
    main()
