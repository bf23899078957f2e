"""Faults under load, each counting every id; the long forms run with ``./tests/run delivery``."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from streams import topics
from tests.broker import brokers, send
from tests.delivery.harness import (
    Line,
    Row,
    committed,
    ends,
    line,
    merged,
    reports,
    standing,
    substance,
    while_feeding,
)

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(1500)]
Account = Callable[[Row], None]


async def _kill_again_and_again(one: Line, kills: int, chance: random.Random) -> None:
    worker = one.workers[0]
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.2, 3.0))
        worker.kill()
        worker.start()
        await one.recovers()


@pytest.mark.parametrize(
    ("kills", "articles"),
    [(2, 2000), pytest.param(20, 20_000, marks=pytest.mark.long)],
)
async def test_a_worker_killed_with_signal_9_loses_nothing(
    kills: int, articles: int, tmp_path: Path, account: Account
) -> None:
    told = reports(80)
    async with line(brokers(), tmp_path) as one:
        await one.start()
        keyed = [(r.place.country_code.encode(), r.to_json()) for r in told]
        sending = asyncio.create_task(_slowly(one, keyed, seconds=articles / 300))
        await while_feeding(
            one, articles, lambda: _kill_again_and_again(one, kills, random.Random(7))
        )
        await sending
        account(await one.row(f"worker killed with signal 9, {kills} times"))
        found = await _incidents(one, merged(told).keys())
        assert {k: substance(v) for k, v in found.items()} == {
            k: substance(v) for k, v in merged(told).items()
        }


async def _slowly(one: Line, keyed: list[tuple[bytes, bytes]], *, seconds: float) -> None:
    for start in range(0, len(keyed), 4):
        await send(one.broker, topics.INCIDENT_REPORTS.name, keyed[start : start + 4])
        await asyncio.sleep(seconds * 4 / len(keyed))


async def _incidents(one: Line, wanted: object) -> dict[str, object]:
    for _ in range(60):
        found = await standing(one.broker)
        if found.keys() == wanted:
            await asyncio.sleep(2.0)
            return await standing(one.broker)
        await asyncio.sleep(0.5)
    return found


@pytest.mark.parametrize(
    ("rounds", "articles"), [(1, 3000), pytest.param(2, 12_000, marks=pytest.mark.long)]
)
async def test_workers_that_join_and_leave_lose_nothing(
    rounds: int, articles: int, tmp_path: Path, account: Account
) -> None:
    async def come_and_go() -> None:
        for _ in range(rounds):
            second = await one.start()
            await one.recovers()
            third = await one.start()
            await one.recovers()
            assert second.stop() == 0
            await one.recovers()
            third.kill()
            await one.recovers()

    async with line(brokers(), tmp_path) as one:
        await one.start()
        await while_feeding(one, articles, come_and_go)
        account(await one.row("workers join, leave by SIGTERM and by signal 9"))


@pytest.mark.parametrize("articles", [1500, pytest.param(8000, marks=pytest.mark.long)])
async def test_a_broker_killed_and_restarted_loses_nothing(
    articles: int, tmp_path: Path, account: Account
) -> None:
    async def power_cut() -> None:
        for _ in range(1 if articles < 2000 else 2):
            one.broker.kill()
            await asyncio.sleep(4.0)
            await asyncio.to_thread(one.broker.restart)
            await one.recovers()

    async with line(brokers(), tmp_path) as one:
        await one.start()
        await while_feeding(one, articles, power_cut)
        account(await one.row("the broker killed with signal 9 and restarted"))


@pytest.mark.long
async def test_one_of_three_brokers_lost_for_good_loses_nothing(
    tmp_path: Path, account: Account
) -> None:
    async def lose_one() -> None:
        one.broker.kill(1)
        await one.recovers()

    async with line(brokers(3), tmp_path) as one:
        await one.start()
        await while_feeding(one, 6000, lose_one, rate=200)
        account(await one.row("one of three brokers lost, three copies"))


@pytest.mark.long
async def test_a_broker_that_hangs_longer_than_the_session_loses_nothing(
    tmp_path: Path, account: Account
) -> None:
    async def hang() -> None:
        one.broker.pause()
        await asyncio.sleep(15.0)
        one.broker.resume()
        await one.recovers()

    async with line(brokers(), tmp_path) as one:
        await one.start()
        await while_feeding(one, 6000, hang, rate=200)
        account(await one.row("the broker halted for 15 s, session 6 s"))


async def test_sigterm_during_a_batch_ends_in_ten_seconds_and_loses_nothing(
    tmp_path: Path, account: Account
) -> None:
    async def terminate() -> None:
        status = await asyncio.to_thread(one.workers[0].stop, seconds=10)
        assert status == 0
        made = await ends(one.broker, topics.SEGMENTED_ARTICLES.name)
        assert await committed(one.broker, topics.ARTICLES.name) == made
        one.workers[0].start()
        await one.recovers()

    async with line(brokers(), tmp_path) as one:
        await one.start()
        await while_feeding(one, 1500, terminate, rate=500)
        row = await one.row("SIGTERM during a batch")
        account(row)
