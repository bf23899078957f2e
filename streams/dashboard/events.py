"""Server-sent events: a snapshot of the window, then every change, to any number of clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import orjson

from streams.dashboard.view import Entry, Position, View

QUEUE = 2048
"""Events that may wait for one client; a client that falls further behind is let go."""

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2000


def event(name: str, data: bytes, *, position: Position | None = None) -> bytes:
    """Return one server-sent event; ``data`` must not hold line ends (JSON does not)."""
    head = f"event: {name}\n" + (f"id: {position}\n" if position else "")
    return head.encode() + b"data: " + data + b"\n\n"


def message(entry: Entry, position: Position) -> bytes:
    """Return the event that tells a client of an entry."""
    if entry.value is None:
        gone = b'{"incident_id":"%s"}' % entry.incident_id.encode()
        return event("withdrawn", gone, position=position)
    return event("incident", entry.value, position=position)


class Hub:
    """Hands every change of a view to all clients; each has a bounded queue."""

    def __init__(self, view: View) -> None:
        self._view = view
        view.on_leave = self._left
        self._clients: set[asyncio.Queue[bytes | None]] = set()
        self.dropped = 0
        """Clients let go because they read too slowly, since the worker last counted them."""

    def __len__(self) -> int:
        return len(self._clients)

    def publish(self, entry: Entry) -> None:
        """Hand a change to every client, encoded once."""
        self._hand(message(entry, self._view.position))

    def _left(self, incident_id: str) -> None:
        """Tell every client of an incident that newer ones drove out of the window."""
        self._hand(event("left", orjson.dumps({"incident_id": incident_id})))

    def _hand(self, data: bytes) -> None:
        for queue in tuple(self._clients):
            try:
                queue.put_nowait(data)
            except asyncio.QueueFull:
                self.dropped += 1
                self._end(queue)

    def close(self) -> None:
        """End the stream of every client."""
        for queue in tuple(self._clients):
            self._end(queue)

    def _end(self, queue: asyncio.Queue[bytes | None]) -> None:
        self._clients.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)

    @contextmanager
    def _client(self) -> Iterator[asyncio.Queue[bytes | None]]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE)
        self._clients.add(queue)
        try:
            yield queue
        finally:
            self._clients.discard(queue)

    async def stream(self, last_event_id: str = "") -> AsyncIterator[bytes]:
        """Yield what the client has not seen, a ``ready`` event, then changes as they come.

        ``ready`` tells how many incidents the window holds at most.
        """
        with self._client() as queue:
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            position = Position(last_event_id)
            for entry in list(self._view.since(position)):
                position.pass_by(entry)
                yield message(entry, position)
            limit = orjson.dumps({"limit": self._view.limit})
            yield event("ready", limit, position=self._view.position)
            while True:
                try:
                    data = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    data = event("alive", b"{}")
                if data is None:
                    return
                yield data
