"""Takes the events that wait for a stage together, so that a busy worker takes more at a time.

Bundle by bundle, each with an acknowledgement of its own to wait for, a worker at half load had
bundles of one message in long queues; taken together they cost less and nobody waits.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import suppress
from typing import Any, Protocol


class Event(Protocol):
    """What is needed of a Faust event."""

    message: Any


class Stream(Protocol):
    """What is needed of a Faust stream whose events are acknowledged by hand."""

    def events(self) -> AsyncIterable[Event]:
        """Yield the events as they come."""

    async def ack(self, event: Event) -> bool:
        """Say that an event is done with."""


def size(event: Event) -> int:
    """Return how many messages the bundle of an event has."""
    return len(event.message.records)


async def acknowledge(stream: Stream, events: Iterable[Event]) -> None:
    """Say that events are done with."""
    for event in events:
        await stream.ack(event)


async def together(stream: Stream, *, most: int) -> AsyncGenerator[list[Event], None]:
    """Yield what waits, in order: events of ``most`` messages in all, and never less than one.

    The next are fetched while the last are worked on, ``most`` messages of them.  What was not
    yielded is not acknowledged: it is delivered again.  To be closed (`contextlib.aclosing`).
    """
    waiting = _Waiting(stream, most)
    fetching = asyncio.create_task(waiting.fetch())
    try:
        while taken := await waiting.take():
            yield taken
        await fetching
    finally:
        fetching.cancel()
        with suppress(asyncio.CancelledError):
            await fetching


class _Waiting:
    """The events that wait; nothing is fetched while they have ``most`` messages."""

    def __init__(self, stream: Stream, most: int) -> None:
        self._stream = stream
        self._most = most
        self._events: deque[Event] = deque()
        self._messages = 0
        self._ended = False
        self._changed = asyncio.Condition()

    async def fetch(self) -> None:
        """Fetch for ever."""
        try:
            async for event in self._stream.events():
                async with self._changed:
                    self._events.append(event)
                    self._messages += size(event)
                    self._changed.notify_all()
                    await self._changed.wait_for(self._has_room)
        finally:
            self._ended = True
            async with self._changed:
                self._changed.notify_all()

    async def take(self) -> list[Event]:
        """Return what waits; nothing once the stream has ended."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._events or self._ended)
            taken, messages = list[Event](), 0
            while self._events and (not taken or messages + size(self._events[0]) <= self._most):
                taken.append(self._events.popleft())
                messages += size(taken[-1])
            self._messages -= messages
            self._changed.notify_all()
        return taken

    def _has_room(self) -> bool:
        return self._messages < self._most
