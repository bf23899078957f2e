"""Messages and consumers that are not as they should be, under load."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from streams import topics
from tests.broker import brokers, create, send, until
from tests.delivery.harness import Line, Row, line, while_feeding

pytestmark = [pytest.mark.kafka, pytest.mark.long, pytest.mark.timeout(1500)]
Account = Callable[[Row], None]
LIMIT = 60_000


async def test_poison_in_every_topic_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, account: Account
) -> None:
    poison = (b"{", b"\xff", b"[1]", b'{"text": 7}')

    async def poisoned() -> None:
        for topic in topics.CONSUMED:
            await send(one.broker, topic.name, [(b"article-0", value) for value in poison])
            await one.recovers()

    async with line(brokers(), tmp_path) as one:
        await one.start()
        await while_feeding(one, 3000, poisoned)
        account(await one.row("poison in each topic"))
        for topic in topics.CONSUMED:
            letters = await until(one.broker, topic.dead_letters, len(poison))
            assert {letter.value for letter in letters} == set(poison)


async def test_what_is_above_the_size_limits_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, account: Account
) -> None:
    sizes = {"large": LIMIT + 1000, "huge": (1 << 20) + 1}
    values = {
        name: orjson.dumps({"article_id": name, "text": "The mayor spoke. " * (size // 17 + 1)})
        for name, size in sizes.items()
    }

    async def send_large() -> None:
        for name, value in values.items():
            await send(one.broker, topics.ARTICLES.name, [(name.encode(), value)])
            await one.recovers()

    with brokers() as broker:
        one = Line(broker, tmp_path)
        small = {"max.message.bytes": str(LIMIT)}
        await create(broker, topics.SEGMENTED_ARTICLES.name, **small)
        await one.prepare()
        try:
            await one.start()
            await while_feeding(one, 2000, send_large)
            account(await one.row("messages above the size limits"))
            letters = await until(broker, topics.ARTICLES.dead_letters, len(values))
            kinds = {r.key: dict(r.headers)["x-error-kind"] for r in letters}
            assert kinds == {b"large": b"stage_rejected", b"huge": b"contract_violation"}
            assert {r.value for r in letters} == set(values.values())
        finally:
            one.close()


async def test_a_slow_consumer_that_loses_its_session_loses_nothing(
    tmp_path: Path, account: Account
) -> None:
    async def halt() -> None:
        os.kill(slow.pid, signal.SIGSTOP)
        await asyncio.sleep(12.0)
        os.kill(slow.pid, signal.SIGCONT)
        await one.recovers()

    async with line(brokers(), tmp_path) as one:
        slow = await one.start(command=("-m", "tests.delivery.doctored", "slow"))
        await while_feeding(one, 1500, halt)
        account(await one.row("a slow consumer, halted for 12 s, session 6 s"))
