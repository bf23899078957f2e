"""What waits for a stage is taken together, bounded, in order, and acknowledged when done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.transport.together import acknowledge, together


class Stream:
    """A stream of bundles of given sizes that notes how far it was read."""

    def __init__(self, *sizes: int, fails: bool = False) -> None:
        self.sizes = sizes
        self.fails = fails
        self.read = 0
        self.acknowledged: list[int] = []
        self.ended = False

    async def events(self) -> AsyncIterator[Any]:
        """Yield an event for each bundle."""
        try:
            for number, size in enumerate(self.sizes):
                self.read += 1
                records = [None] * size
                yield SimpleNamespace(number=number, message=SimpleNamespace(records=records))
                await asyncio.sleep(0)
            if self.fails:
                raise KeyError
        finally:
            self.ended = True

    async def ack(self, event: Any) -> bool:
        """Note that a bundle is done with."""
        self.acknowledged.append(event.number)
        return True


async def _all(stream: Stream, *, most: int, steps: int = 50) -> list[list[int]]:
    """Return the numbers of the events of each batch, with time to fetch between them."""
    found = []
    async with aclosing(together(stream, most=most)) as batches:
        async for events in batches:
            found.append([event.number for event in events])
            for _ in range(steps):
                await asyncio.sleep(0)
    return found


async def test_a_busy_stage_takes_all_that_came_meanwhile() -> None:
    assert await _all(Stream(1, 1, 1, 1, 1), most=200) == [[0], [1, 2, 3, 4]]


async def test_an_idle_stage_takes_each_as_it_comes() -> None:
    stream = Stream(1, 1, 1)
    assert await _all(stream, most=200, steps=0) == [[0], [1], [2]]


async def test_no_more_than_so_many_messages_are_taken_or_wait() -> None:
    stream = Stream(*[3] * 20)
    async with aclosing(together(stream, most=7)) as batches:
        async for events in batches:
            assert len(events) <= 2
            before = stream.read
            for _ in range(200):
                await asyncio.sleep(0)
            assert stream.read - before <= 4
    assert stream.read == 20


@given(sizes=st.lists(st.integers(1, 9), max_size=30), most=st.integers(1, 20))
def test_every_event_is_yielded_once_and_in_order(sizes: list[int], most: int) -> None:
    found = asyncio.run(_all(Stream(*sizes), most=most))
    assert [number for batch in found for number in batch] == list(range(len(sizes)))
    for batch in found:
        assert len(batch) == 1 or sum(sizes[number] for number in batch) <= most


async def test_what_fails_while_fetching_is_raised_after_what_came_before() -> None:
    taken = []

    async def take() -> None:
        async with aclosing(together(Stream(1, 1, fails=True), most=200)) as batches:
            async for events in batches:
                taken.extend(events)

    with pytest.raises(KeyError):
        await take()
    assert len(taken) == 2


async def test_a_stage_that_stops_ends_the_fetching_and_acknowledges_only_what_it_did() -> None:
    stream = Stream(*[1] * 9)
    async with aclosing(together(stream, most=2)) as batches:
        async for events in batches:
            await acknowledge(stream, events)
            break
    assert stream.ended
    assert stream.acknowledged == [0]
