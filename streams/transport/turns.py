"""Turns: one stage works at a time, and after each turn the event loop serves everybody else.

The stages share one thread with heartbeats, health and the dashboard.  Were each to work as soon
as it can, the loop would run them all, one after the other, before it looks at a request again;
so that a request waits for one turn and not for five, the turns are queued for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

TURN_SECONDS = 0.005
"""How long a stage works before it gives way; what it has begun it finishes."""


class Turns:
    """``async with turns:`` is a turn; ``await turns.rest()`` ends it when it is over."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._taken = asyncio.Lock()
        self._by: asyncio.Task[Any] | None = None
        self._begun = 0.0

    async def __aenter__(self) -> None:
        await self._taken.acquire()
        self._by = asyncio.current_task()
        self._begun = self._clock()

    async def __aexit__(self, *_: object) -> None:
        if self._by is asyncio.current_task():  # not if it was cancelled in the queue
            await self._give_way()

    async def rest(self) -> bool:
        """Give way to the loop and to those in the queue, if the turn is over; tell whether."""
        if self._clock() - self._begun <= TURN_SECONDS:
            return False
        await self._give_way()
        await self.__aenter__()
        return True

    async def _give_way(self) -> None:
        """Let the loop go round once before the next may begin."""
        try:
            await asyncio.sleep(0)
        finally:
            self._by = None
            self._taken.release()
