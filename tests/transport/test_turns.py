"""Turns: who waits for whom."""

from __future__ import annotations

import asyncio

import pytest

from streams.transport.turns import TURN_SECONDS, Turns


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


async def _work(
    turns: Turns, clock: Clock, name: str, pieces: int, done: list[str], *, rank: int = 0
) -> None:
    async with turns.of(rank) as turn:
        for _ in range(pieces):
            done.append(name)
            clock.now += TURN_SECONDS * 1.5
            await turn.rest()


async def test_stages_work_in_turn_and_one_alone_goes_on() -> None:
    clock, done = Clock(), list[str]()
    turns = Turns(clock)
    await asyncio.gather(*(_work(turns, clock, name, 3, done) for name in "abc"))
    assert "".join(done) == "abcabcabc"
    await _work(turns, clock, "d", 2, done)
    assert "".join(done[9:]) == "dd"


async def test_the_stage_furthest_down_the_line_goes_first_and_goes_on() -> None:
    clock, done = Clock(), list[str]()
    turns = Turns(clock)
    ranks = {"a": 0, "b": 2, "c": 1}
    await asyncio.gather(
        *(_work(turns, clock, name, 3, done, rank=rank) for name, rank in ranks.items())
    )
    assert "".join(done) == "abbbcccaa"


async def test_between_two_turns_the_loop_serves_a_request() -> None:
    clock, done = Clock(), list[str]()
    turns = Turns(clock)
    working = [asyncio.create_task(_work(turns, clock, name, 4, done)) for name in "abc"]
    await asyncio.sleep(0)
    steps = []
    for _ in range(5):
        before = len(done)
        await asyncio.sleep(0)
        steps.append(len(done) - before)
    await asyncio.gather(*working)
    assert max(steps) == 1


async def test_a_turn_that_is_not_over_is_not_given_away() -> None:
    turns = Turns(Clock())
    async with turns.of(0) as turn:
        assert not await turn.rest()


async def test_a_stage_that_fails_gives_its_turn_back() -> None:
    turns, clock, done = Turns(Clock()), Clock(), list[str]()
    with pytest.raises(KeyError):
        async with turns.of(0):
            raise KeyError(done)
    async with asyncio.timeout(1):
        await _work(turns, clock, "a", 1, done)
    assert done == ["a"]


async def test_a_stage_cancelled_in_the_queue_leaves_the_turn_of_another_alone() -> None:
    clock, done = Clock(), list[str]()
    turns = Turns(clock)
    first, second = (asyncio.create_task(_work(turns, clock, name, 2, done)) for name in "ab")
    for _ in range(3):
        await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert first.cancelled()
    assert second.exception() is None
    assert done == ["a", "b", "b"]
