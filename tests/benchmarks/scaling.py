"""Scaling: workers, partitions, lengths of articles, and what waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.articles import SEED_CHARACTERS, message
from tests.benchmarks.feeding import Feeder, Message, Passed
from tests.benchmarks.processes import Child, cpu_seconds
from tests.benchmarks.whole import SOURCE, THIRD, Line, through

DISTINCT = 20_000
LENGTHS = (1_000, 10_000, 100_000)
Found = dict[str, list[Passed]]


def _articles(first: int, count: int, characters: int = SEED_CHARACTERS) -> list[Message]:
    """Return articles that were not sent before: copies would pile up in the same incidents."""
    return [message(n, characters=characters) for n in range(first, first + count)]


def _waiting(begin: int, count: int) -> Iterator[Message]:
    """Yield what only waits: 20,000 short articles, and their copies after those."""
    for number in range(begin, begin + count):
        yield message(number % DISTINCT, characters=1000, copy=number)


async def workers(feeder: Feeder, folder: Path, *, rounds: int, sixteen: int, count: int) -> Found:
    """Return rounds of one worker and of two on four partitions, ``sixteen`` on sixteen."""
    found: Found = {}
    first = 0
    for partitions in (4, 16):
        line = Line(feeder.broker, folder, partitions=partitions, app_id=f"scaling-{partitions}")
        await line.create()
        try:
            one = await line.add()
            await through(feeder, [one], _articles(first, 100))
            first += 100
            for _ in range(rounds if partitions == 4 else sixteen):
                name = f"1 worker, {partitions} partitions"
                passed = await through(feeder, [one], _articles(first, count))
                found.setdefault(name, []).append(passed)
                first += count
                other = await line.add()
                await _shared(feeder, [one, other], first)
                first += 200
                name = f"2 workers, {partitions} partitions"
                passed = await through(feeder, [one, other], _articles(first, count))
                found.setdefault(name, []).append(passed)
                first += count
                line.workers.pop().stop()
                await _shared(feeder, [one], first)
                first += 200
            if partitions == 4:
                found |= await _lengths(feeder, one, rounds=rounds, first=first, share=count / 500)
                first += 20_000
        finally:
            line.stop()
            await line.remove()
    return found


async def _shared(feeder: Feeder, workers: list[Child], first: int) -> None:
    """Give the workers time to share the partitions, and a little to do."""
    await asyncio.sleep(1.0)
    before = await feeder.held(THIRD)
    await feeder.send(SOURCE, _articles(first, 100, 1000))
    await feeder.until(THIRD, before + 100, workers)


async def _lengths(
    feeder: Feeder, worker: Child, *, rounds: int, first: int, share: float
) -> Found:
    found: Found = {}
    for _ in range(rounds):
        for characters in LENGTHS:
            count = max(4, int(400_000 * share / characters))
            made = _articles(first, count, characters)
            first += count
            name = f"articles of {characters:,} characters"
            found.setdefault(name, []).append(await through(feeder, [worker], made))
    return found


async def backlogs(
    feeder: Feeder, folder: Path, *, most: int, window: int
) -> dict[int, list[float]]:
    """Return milliseconds of CPU an article with ever more articles waiting, a few windows each.

    A worker starts on what waits; after ``window`` articles to warm up, windows are measured.
    """
    found: dict[int, list[float]] = {}
    waiting = 10
    while waiting <= most:
        line = Line(feeder.broker, folder, app_id=f"backlog-{waiting}")
        await line.create()
        try:
            if waiting <= 1000:
                found[waiting] = await _small(feeder, line, waiting, window)
            else:
                for begin in range(0, waiting, DISTINCT):
                    await feeder.send(SOURCE, _waiting(begin, min(DISTINCT, waiting - begin)))
                found[waiting] = await _windows(feeder, await line.add(), window)
        finally:
            for worker in line.workers:
                worker.process.kill()
            line.stop()
            await line.remove()
        waiting *= 10
    return found


async def _small(feeder: Feeder, line: Line, waiting: int, window: int) -> list[float]:
    """Measure with few articles waiting at a time, as many in all as the windows take."""
    worker = await line.add()
    await through(feeder, [worker], _articles(0, window, 1000))
    costs = []
    for number in range(1, 4):
        spent, done = 0.0, 0
        while done < min(window, 30 * waiting):
            made = _articles(number * DISTINCT + done, waiting, 1000)
            before = await feeder.held(THIRD)
            worker.halt()
            await feeder.send(SOURCE, made)
            begun = cpu_seconds(worker.pid)
            worker.resume()
            await feeder.until(THIRD, before + waiting, [worker])
            spent += cpu_seconds(worker.pid) - begun
            done += waiting
        costs.append(1000 * spent / done)
    return costs


async def _windows(feeder: Feeder, worker: Child, window: int) -> list[float]:
    costs = []
    await feeder.until(THIRD, window, [worker])
    for _ in range(3):
        before, begun = await feeder.held(THIRD), cpu_seconds(worker.pid)
        await feeder.until(THIRD, before + window, [worker])
        done = await feeder.held(THIRD) - before
        costs.append(1000 * (cpu_seconds(worker.pid) - begun) / done)
    return costs
