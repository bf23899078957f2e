"""`demo`: everything on this machine, with a Kafka of its own."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands import expected, watch
from streams.commands.console import fail, progress, run, say, settings_or_fail
from streams.commands.process import Line, inputs
from streams.commands.send import send_lines
from streams.errors import BrokerUnavailable
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.transport.broker import Broker

_SAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "samples"


def demo(
    samples: Annotated[
        Path | None,
        typer.Option(
            help="File or folder of articles to feed; its `expected.json` is checked by --once.",
            show_default="the samples of the checkout",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Keep Kafka's data and the worker's here.", show_default="kept nowhere"),
    ] = None,
    once: Annotated[
        bool,
        typer.Option("--once", help="End when the samples are through; 0 if all came out right."),
    ] = False,
    port: Annotated[
        int | None, typer.Option(help="Port of the dashboard; 0 takes a free one.")
    ] = None,
) -> None:
    """Start Kafka, the worker and the dashboard here, feed articles, print incidents.

    Kafka is the real one, as a child process; neither Java nor Kafka need be installed.

        incident-streams demo
        incident-streams demo --once --samples my-articles.jsonl
    """
    lines = list(inputs(_files(samples or _SAMPLES)))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with _folder(data) as folder, _kafka(folder / "kafka") as broker:
        settings = settings_or_fail(
            broker=broker.url,
            data_directory=folder / "worker",
            web_port=port if port is not None else (0 if once else None),
            topic_replication=1,
        )
        log = folder / "worker.log"
        found = run(_run(settings, lines, once=once, log=log))
    if once:
        wanted = expected.read(samples or _SAMPLES)
        raise typer.Exit(0 if expected.report(wanted, found) else 1)


def _files(samples: Path) -> list[Path]:
    if not samples.is_dir():
        return [samples]
    names = sorted(p for p in samples.iterdir() if p.suffix in {".jsonl", ".txt"})
    return names or [samples / "articles.jsonl"]


@contextlib.contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="incident-streams-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _kafka(folder: Path) -> Iterator[Broker]:
    """Give a running broker, and say what is fetched if it is the first time."""
    from streams.transport import jars
    from streams.transport.broker import Broker

    if not jars.cached():
        megabytes = jars.total_bytes() / 1e6
        say(
            f"Fetching Apache Kafka {jars.KAFKA} ({megabytes:.0f} MB of jars, once per user, "
            f"to {jars.cache_folder()}) …"
        )
    say(f"Starting Apache Kafka {jars.KAFKA} …")
    try:
        with progress(of_bytes=True) as bar:
            task = bar.add_task("Fetching", total=None, visible=False)
            broker = Broker(
                folder=folder,
                progress=lambda done, total: bar.update(
                    task, completed=done, total=total, visible=True
                ),
            ).start()
    except BrokerUnavailable as error:
        fail(str(error))
    try:
        yield broker
    finally:
        broker.stop()


async def _run(settings: Settings, lines: list[Line], *, once: bool, log: Path) -> dict[str, bytes]:
    """Run a worker over the articles and return the incidents that came out, by id."""
    from streams.operations.logs import configure
    from streams.worker import Worker, stop_on_signals

    stop, ready = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    found: dict[str, bytes] = {}
    with log.open("a") as stream:
        configure(level=settings.log_level, stream=stream)
        worker = Worker(settings)
        tasks = [asyncio.create_task(worker.run(stop, on_ready=ready.set))]
        try:
            await _first(ready.wait(), tasks[0])
            if settings.dashboard and not once:
                say(f"Dashboard: {worker.address}")
            tasks.append(asyncio.create_task(_show(settings, found)))
            sent, rejected = await send_lines(settings, lines, unchecked=True)
            say(f"{sent} articles sent ({rejected} rejected); logs: {log}")
            if once:
                await _first(_through(settings), tasks[0])
                stop.set()
            await tasks[0]
        finally:
            stop.set()
            for task in tasks[1:]:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return found


async def _first(waited_for: object, worker: asyncio.Task[None]) -> None:
    """Wait for something, or for the worker to end before it, which raises its reason."""
    task = asyncio.ensure_future(waited_for)  # type: ignore[call-overload]  # any awaitable
    await asyncio.wait({task, worker}, return_when=asyncio.FIRST_COMPLETED)
    if worker.done():
        task.cancel()
        worker.result()


async def _through(settings: Settings) -> None:
    """Wait until no stage has anything left, twice in a row."""
    from streams.transport.lag import waiting

    quiet = 0
    while quiet < 2:
        await asyncio.sleep(0.5)
        quiet = quiet + 1 if not sum((await waiting(settings)).values()) else 0


async def _show(settings: Settings, found: dict[str, bytes]) -> None:
    async with aclosing(watch.incidents(settings)) as records:
        async for key, value in records:
            sys.stdout.write(watch.line(key, value, as_json=False) + "\n")
            sys.stdout.flush()
            if value is None:
                found.pop(key, None)
            else:
                found[key] = value
