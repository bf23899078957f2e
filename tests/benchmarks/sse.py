"""A thousand readers of `/events` on one worker's web server, twenty incidents a second.

Run with ``python -m tests.benchmarks.sse [--clients N] [--rate N] [--seconds N]``.  The server
is the worker's own (`streams.dashboard`) in a process of its own; the clients are plain
sockets.  Told are the events that each client missed, how long an event took to reach the
last client, and the server's memory before the clients came, with them, and at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import psutil

from streams.merging import merge_all
from tests.dashboard.conftest import Site
from tests.merging.stories import report

_MARK, _READY = b"event: incident\n", b"event: ready\n"


def serve(pipe: Connection, rate: float, count: int) -> None:
    """Serve the dashboard; publish ``count`` incidents when told to, and tell when each went."""
    asyncio.run(_serve(pipe, rate, count))


async def _serve(pipe: Connection, rate: float, count: int) -> None:
    made = list(merge_all([report(f"a{n}", day=1 + n % 28, killed=n % 40 + 1) for n in range(40)]))
    site = Site()
    await site.start()
    pipe.send(site.port)
    await asyncio.to_thread(pipe.recv)
    begun, sent = time.monotonic(), []
    for number in range(count):
        await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
        sent.append(time.monotonic())
        site.put(made[number % len(made)].model_copy(update={"revision": number + 1}))
    pipe.send(sent)
    await asyncio.to_thread(pipe.recv)
    pipe.send(site.hub.dropped)
    await site.stop()


@dataclass(slots=True)
class Client:
    """A reader of the stream and when each event reached it."""

    arrivals: list[float] = field(default_factory=list)

    async def read(self, port: int, ready: asyncio.Semaphore) -> None:
        """Read until the server ends the stream."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        writer.write(b"GET /events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
        try:
            rest, begun = b"", False
            while piece := await reader.read(1 << 16):
                text = rest + piece
                if not begun and _READY in text:
                    begun = True
                    ready.release()
                self.arrivals += [time.monotonic()] * text.count(_MARK)
                rest = text[-len(_MARK) + 1 :]
        finally:
            writer.close()


async def run(clients: int, rate: float, seconds: float) -> dict[str, Any]:
    """Return what a run showed."""
    count = int(rate * seconds)
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there, rate, count))
    server.start()
    port = await asyncio.to_thread(here.recv)
    process = psutil.Process(server.pid)
    empty = process.memory_info().rss
    readers, ready = [Client() for _ in range(clients)], asyncio.Semaphore(0)
    tasks = [asyncio.create_task(one.read(port, ready)) for one in readers]
    for _ in readers:
        await ready.acquire()
    filled, before = process.memory_info().rss, sum(process.cpu_times()[:2])
    here.send("go")
    sent = await asyncio.to_thread(here.recv)
    async with asyncio.timeout(30):
        while any(len(one.arrivals) < count for one in readers):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.1)
    cpu, end = sum(process.cpu_times()[:2]) - before, process.memory_info().rss
    here.send("stop")
    dropped = await asyncio.to_thread(here.recv)
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.to_thread(server.join)
    lasts = sorted(max(one.arrivals[n] for one in readers) - sent[n] for n in range(count))
    return {
        "clients": clients,
        "events": count,
        "events_per_second": rate,
        "missed": sum(count - len(one.arrivals) for one in readers),
        "dropped_clients": dropped,
        "last_client_ms_p50": round(1000 * lasts[len(lasts) // 2], 1),
        "last_client_ms_p99": round(1000 * lasts[int(len(lasts) * 0.99)], 1),
        "server_cpu_share": round(cpu / seconds, 2),
        "resident_mb_empty": round(empty / 2**20, 1),
        "resident_mb_with_clients": round(filled / 2**20, 1),
        "resident_mb_at_the_end": round(end / 2**20, 1),
    }


def main() -> None:
    """Run it and print one object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=20.0, help="incidents a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    found = asyncio.run(run(given.clients, given.rate, given.seconds))
    json.dump(found, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
