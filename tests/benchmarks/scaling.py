"""Scaling: workers, partitions, lengths of articles, and what waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from streams.transport.broker import Broker
from tests.benchmarks.articles import SEED_CHARACTERS, message
from tests.benchmarks.feeding import Feeder, Message, Passed
from tests.benchmarks.processes import Child, cpu_seconds
from tests.benchmarks.whole import SOURCE, THIRD, Line, through

DISTINCT = 20_000
WARM = 150
LENGTHS = (1_000, 10_000, 100_000)
Found = dict[str, list[Passed]]


def _articles(first: int, count: int, characters: int = SEED_CHARACTERS) -> list[Message]:
    """Return articles that were not sent before: copies would pile up in the same incidents."""
    return [message(n, characters=characters) for n in range(first, first + count)]


def _waiting(begin: int, count: int) -> Iterator[Message]:
    """Yield what only waits: 20,000 short articles, and their copies after those."""
    for number, value in zip(range(begin, begin + count), _short(), strict=False):
        name = b"article-%09d" % number
        yield name, value.replace(b"article-%09d" % (number % DISTINCT), name, 1)


@lru_cache(maxsize=1)
def _short() -> list[bytes]:
    return [message(number, characters=1000)[1] for number in range(DISTINCT)]


async def workers(broker: Broker, folder: Path, *, rounds: int, sixteen: int, count: int) -> Found:
    """Return rounds of one worker and of two on four partitions, ``sixteen`` on sixteen."""
    found: Found = {}
    for partitions, times in ((4, rounds), (16, sixteen)):
        line = Line(broker, folder, partitions=partitions, app_id=f"scaling-{partitions}")
        await line.create()
        try:
            async with Feeder(broker) as feeder:  # it must see this number of partitions
                first = await _by_turns(feeder, line, found, rounds=times, count=count)
                if partitions == 4:
                    share = count / 1500
                    one = line.workers[0]
                    found |= await _lengths(feeder, one, rounds=times, first=first, share=share)
        finally:
            line.stop()
            await line.remove()
    return found


async def _by_turns(feeder: Feeder, line: Line, found: Found, *, rounds: int, count: int) -> int:
    """Measure one worker and two in turn; return the number of the next article."""
    one = await line.add()
    await through(feeder, [one], _articles(0, 100))
    first = 100
    for _ in range(rounds):
        passed = await through(feeder, [one], _articles(first, count))
        found.setdefault(f"1 worker, {line.partitions} partitions", []).append(passed)
        other = await line.add()
        await _shared(feeder, [one, other], first + count)
        first += count + WARM
        passed = await through(feeder, [one, other], _articles(first, count))
        found.setdefault(f"2 workers, {line.partitions} partitions", []).append(passed)
        line.workers.pop().stop()
        await _shared(feeder, [one], first + count)
        first += count + WARM
    return first


async def _shared(feeder: Feeder, workers: list[Child], first: int) -> None:
    """Give the workers time to share the partitions, and articles to be warm."""
    await asyncio.sleep(2.0)
    await through(feeder, workers, _articles(first, WARM))


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
    broker: Broker, folder: Path, *, most: int, window: int
) -> dict[int, list[float]]:
    """Return milliseconds of CPU an article with ever more articles waiting, a few windows each.

    A worker starts on what waits; after ``window`` articles to warm up, windows are measured.
    """
    found: dict[int, list[float]] = {}
    waiting = 10
    while waiting <= most:
        line = Line(broker, folder, app_id=f"backlog-{waiting}")
        await line.create()
        try:
            async with Feeder(broker) as feeder:
                if waiting <= 1000:
                    found[waiting] = await _small(feeder, line, waiting, window)
                else:
                    for begin in range(0, waiting, DISTINCT):
                        made = _waiting(begin, min(DISTINCT, waiting - begin))
                        await feeder.send(SOURCE, made)
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
