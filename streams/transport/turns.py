"""Turns: one stage works at a time, the one furthest down the line first.

The stages share one thread with heartbeats, health and the dashboard.  Were each to work as soon
as it can, the loop would run them all, one after the other, before it looks at a request again;
so that a request waits for one turn and not for five, the turns are queued for.

What was begun is finished before more is begun: little lies between the stages however much
waits for the first, an article is through soon, and what a stage wrote is mostly still known
when the next one reads it (`streams.transport.handoff`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Self

TURN_SECONDS = 0.005
"""How long a stage works before it gives way; what it has begun it finishes."""


class Turns:
    """Whose turn it is, and the queue: the higher rank first, of equal ones the first come."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.clock = clock
        self._taken = False
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def of(self, rank: int) -> Turn:
        """Return a turn to wait for: ``async with turns.of(rank) as turn:``."""
        return Turn(self, rank)

    def join(self, rank: int) -> asyncio.Future[None]:
        """Join the queue; what is returned is done when the turn has come."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._queue, (-rank, next(self._numbers), waiting))
        if not self._taken:
            self.pass_on()
        return waiting

    def pass_on(self) -> None:
        """Give the turn to the first in the queue who still waits."""
        self._taken = False
        while self._queue and not self._taken:
            waiting = heappop(self._queue)[2]
            if not waiting.done():
                waiting.set_result(None)
                self._taken = True


class Turn:
    """A turn: an asynchronous context manager; before the next begins the loop goes round once."""

    def __init__(self, turns: Turns, rank: int) -> None:
        self._turns = turns
        self._rank = rank
        self._held = False
        self._begun = 0.0

    async def __aenter__(self) -> Self:
        await self._wait(self._turns.join(self._rank))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._held:  # not if it was cancelled in the queue
            try:
                await asyncio.sleep(0)
            finally:
                self._turns.pass_on()

    async def rest(self) -> bool:
        """Give way to the loop, and to those of higher rank, if the turn is over; tell whether."""
        if self._turns.clock() - self._begun <= TURN_SECONDS:
            return False
        await asyncio.sleep(0)
        waiting = self._turns.join(self._rank)
        self._held = False
        self._turns.pass_on()
        await self._wait(waiting)
        return True

    async def _wait(self, waiting: asyncio.Future[None]) -> None:
        try:
            if not waiting.done():
                await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled():
                self._turns.pass_on()
            raise
        self._held = True
        self._begun = self._turns.clock()
