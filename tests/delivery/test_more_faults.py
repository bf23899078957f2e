"""Faults that are not of the broker: stalls, slowness, clocks, disks, lost dead letters."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from streams import topics
from tests.broker import brokers, create, read, send, until
from tests.delivery.harness import (
    Line,
    Row,
    WorkerProcess,
    article,
    incident_row,
    line,
    reports,
    substance,
    while_feeding,
    will_stand,
)

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(1500)]
Account = Callable[[Row], None]
UNDELIVERABLE = 70


def _doctored(fault: str) -> tuple[str, ...]:
    return ("-m", "tests.delivery.doctored", fault)


async def test_a_stalled_worker_fails_its_probe_ends_and_what_it_held_is_read_again(
    tmp_path: Path, account: Account
) -> None:
    async with line(brokers(), tmp_path, stall_seconds="3") as one:
        stuck = await one.start(command=_doctored("hang"))
        await one.feed(600, rate=300)
        alive_and_stalled = False
        while stuck.process is not None and stuck.process.poll() is None:
            alive_and_stalled |= not await asyncio.to_thread(stuck.healthy, "live")
            await asyncio.sleep(0.2)
        assert alive_and_stalled
        assert await stuck.ends() == UNDELIVERABLE
        one.worker().start()
        await one.recovers()
        account(await one.row("a stage hangs; the stall guard ends the worker"))


async def test_a_dead_letter_without_a_home_ends_the_worker_and_is_delivered_again(
    tmp_path: Path, account: Account
) -> None:
    async with line(brokers(), tmp_path, delivery_seconds="3") as one:
        home = topics.ARTICLES.dead_letters
        worker = await one.start(topics_create="false")
        await _delete(one, home)
        await one.feed(100)
        await send(one.broker, topics.ARTICLES.name, [(b"poison", b"{"), article(100)])
        one.sent += 1
        assert await worker.ends(90) == UNDELIVERABLE
        await create(one.broker, home)
        worker.start()
        await one.recovers()
        row = await one.row("the dead-letter topic cannot be written")
        account(row)
        assert {r.value for r in await until(one.broker, home, 1)} == {b"{"}


async def _delete(one: Line, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=one.broker.addresses)
    await admin.start()
    try:
        await admin.delete_topics([topic])
    finally:
        await admin.close()


@pytest.mark.long
async def test_a_clock_that_jumps_by_days_loses_nothing(tmp_path: Path, account: Account) -> None:
    async def kill_once() -> None:
        one.workers[0].kill()
        one.workers[0].start()
        await one.recovers()

    async with line(brokers(), tmp_path) as one:
        await one.start(command=_doctored("clock"))
        await while_feeding(one, 3000, kill_once)
        account(await one.row("the clock jumps by a day, and a kill"))


@pytest.mark.long
@pytest.mark.long
async def test_a_disk_that_is_full_loses_no_report(tmp_path: Path, account: Account) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    told = reports(400)
    keyed = [(r.place.country_code.encode(), r.to_json()) for r in told]
    async with line(brokers(), tmp_path) as one:
        full = await one.start(limits=small_disk, log_level="ERROR")
        await send(one.broker, topics.INCIDENT_REPORTS.name, keyed)
        assert await full.ends(120) != 0
        full.limits = None
        mended = time.monotonic()
        full.start()
        watching = asyncio.create_task(_supervised(full))
        account(await incident_row(one, told, "the table's disk is full", since=mended))
        watching.cancel()


async def _supervised(worker: WorkerProcess) -> None:
    """Start a worker again whenever it ends, as its supervisor does."""
    while True:
        await worker.ends(600)
        worker.start()


async def test_a_data_folder_that_cannot_be_written_ends_the_worker_with_a_sentence(
    tmp_path: Path, account: Account
) -> None:
    (tmp_path / "data-0").write_text("a file where a folder should be")
    told = reports(20)
    keyed = [(r.place.country_code.encode(), r.to_json()) for r in told]
    async with line(brokers(), tmp_path) as one:
        await send(one.broker, topics.INCIDENT_REPORTS.name, keyed)
        broken = one.worker()
        broken.start()
        assert await broken.ends(60) != 0
        assert "NEWS_DATA_DIRECTORY" in broken.log.read_text()
        (tmp_path / "data-0").unlink()
        mended = time.monotonic()
        broken.start()
        row = await incident_row(one, told, "the table's folder cannot be written", since=mended)
        account(row)


@pytest.mark.long
async def test_memory_is_bounded_with_100_000_articles_waiting_for_a_slow_stage(
    tmp_path: Path,
) -> None:
    async with line(brokers(), tmp_path) as one:
        worker = await one.start(command=_doctored("slow"))
        process = psutil.Process(worker.pid)
        before = process.memory_info().rss
        feeding = asyncio.create_task(one.feed(100_000, rate=6000))
        most = before
        for _ in range(120):
            await asyncio.sleep(0.5)
            most = max(most, process.memory_info().rss)
        await feeding
        assert worker.process is not None
        assert worker.process.poll() is None
        assert await asyncio.to_thread(worker.healthy, "live")
        assert await one.reached() > 0
        print(f"resident memory: {before >> 20} MiB at rest, {most >> 20} MiB at most")
        assert most - before < 300 << 20


async def test_reports_delivered_again_and_again_change_nothing(
    tmp_path: Path, account: Account
) -> None:
    told = reports(60)
    keyed = [(r.place.country_code.encode(), r.to_json()) for r in told]
    async with line(brokers(), tmp_path) as one:
        await one.start()
        await send(one.broker, topics.INCIDENT_REPORTS.name, keyed)
        account(await incident_row(one, told, "each report delivered once"))
        before = {k: substance(v) for k, v in (await will_stand(one)).items()}
        revisions = len(await read(one.broker, topics.INCIDENT_REVISIONS.name))
        await send(one.broker, topics.INCIDENT_REPORTS.name, keyed[::-1] + keyed)
        row = await incident_row(one, told, "each report delivered three times")
        account(row)
        assert {k: substance(v) for k, v in (await will_stand(one)).items()} == before
        assert len(await read(one.broker, topics.INCIDENT_REVISIONS.name)) == revisions
