"""The merge killed with signal 9 again and again: its incidents are those of an undisturbed run."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from schemas import IncidentReport
from streams import topics
from streams.settings import Settings
from streams.transport.lag import waiting
from tests.benchmarks.merging import told
from tests.broker import brokers, send
from tests.delivery.harness import (
    PARTITIONS,
    Line,
    Row,
    ends,
    incident_row,
    line,
    merged,
    substance,
    will_stand,
)

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(1500)]
Account = Callable[[Row], None]
ARTICLES_EACH = 4


def _reports(count: int) -> list[IncidentReport]:
    """Return reports, four to an incident, those of one incident far apart."""
    incidents = max(1, count // ARTICLES_EACH)
    return [told(n, incident=n % incidents) for n in range(count)]


async def _feed(one: Line, reports: Sequence[IncidentReport], *, seconds: float) -> None:
    step = max(1, len(reports) // 100)
    for start in range(0, len(reports), step):
        part = reports[start : start + step]
        keyed = [(r.place.country_code.encode(), r.to_json()) for r in part if _country(r)]
        await send(one.broker, topics.INCIDENT_REPORTS.name, keyed)
        await asyncio.sleep(seconds / 100)


def _country(report: IncidentReport) -> bool:
    return report.place is not None and report.place.country_code is not None


async def _kill(one: Line, kills: int) -> int:
    """Kill the worker while it has reports to merge; return how often it had."""
    settings = Settings(broker=one.broker.url, topic_partitions=PARTITIONS)
    chance = random.Random(kills)
    worker, amid = one.workers[0], 0
    for _ in range(kills):
        before = await ends(one.broker, topics.INCIDENT_REVISIONS.name)
        async with asyncio.timeout(90):
            while await ends(one.broker, topics.INCIDENT_REVISIONS.name) <= before:  # noqa: ASYNC110  # Kafka has no event
                await asyncio.sleep(0.05)
        await asyncio.sleep(chance.uniform(0.0, 0.4))
        amid += (await waiting(settings))[topics.INCIDENT_REPORTS.name] > 0
        worker.kill()
        worker.start()
    return amid


@pytest.mark.parametrize(
    ("kills", "count"), [(2, 800), pytest.param(10, 5000, marks=pytest.mark.long)]
)
async def test_a_merge_killed_with_signal_9_gives_the_incidents_of_an_undisturbed_run(
    kills: int, count: int, tmp_path: Path, account: Account
) -> None:
    reports = _reports(count)
    async with line(brokers(), tmp_path) as one:
        await one.start()
        feeding = asyncio.create_task(_feed(one, reports, seconds=5.0 * kills))
        amid = await _kill(one, kills)
        mended = time.monotonic()
        await feeding
        await will_stand(one, seconds=600)
        account(
            await incident_row(
                one, reports, f"the merge killed with signal 9, {kills} times", since=mended
            )
        )
        found = await will_stand(one)
    assert {k: substance(v) for k, v in found.items()} == {
        k: substance(v) for k, v in merged(reports).items()
    }
    assert amid > 0, "no kill hit the merge at work"
