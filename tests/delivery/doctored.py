"""A worker with one thing wrong: ``python -m tests.delivery.doctored FAULT``."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from typing import Any

from streams.__main__ import app
from streams.transport.stage import StageWorker


def hang() -> None:
    """Let the entity stage stop for ever after some batches."""
    whole, count = StageWorker.batch, itertools.count()

    async def batch(self: StageWorker, messages: Any) -> None:
        if self.stage.name == "entities" and next(count) > 5:
            await asyncio.Event().wait()
        await whole(self, messages)

    StageWorker.batch = batch  # type: ignore[method-assign]  # that is the fault


def slow() -> None:
    """Let the entity stage take 20 ms for each message."""
    whole = StageWorker.process

    def process(self: StageWorker, message: Any) -> Any:
        if self.stage.name == "entities":
            time.sleep(0.02)
        return whole(self, message)

    StageWorker.process = process  # type: ignore[method-assign]  # that is the fault


def clock() -> None:
    """Let the clock jump by a day, back and forth, about every second."""
    honest = time.time

    def jumping() -> float:
        now = honest()
        return now + (86_400 if int(now) % 2 else -86_400)

    time.time = jumping


if __name__ == "__main__":
    {"hang": hang, "slow": slow, "clock": clock}[sys.argv[1]]()
    sys.argv[1:] = ["worker"]
    app()
