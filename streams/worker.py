"""Runs everything of one worker: the Faust application, the web server, the feed, the pulse."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web
from aiokafka.errors import KafkaError
from faust import App

from streams import topics
from streams.app import create_app
from streams.dashboard.events import Hub
from streams.dashboard.view import View
from streams.dashboard.web import add_dashboard
from streams.errors import BrokerUnavailable
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.operations.tracing import EXPORT_SECONDS, Tracing, tracing
from streams.operations.web import add_operations
from streams.pulse import Pulse
from streams.settings import BadSetting, Settings
from streams.transport.delivery import give_up
from streams.transport.kafka import create_missing, reader
from streams.warm import settle, warm_up

_log = structlog.get_logger(__name__)
STOP_SECONDS = 8.0
"""Longest wait for Faust to stop; what is not acknowledged then is delivered again."""


@dataclass(slots=True)
class Worker:
    """One worker process; ``run`` lasts until it is told to stop."""

    settings: Settings
    metrics: Metrics = field(default_factory=Metrics)
    tracing: Tracing | None = None
    """Where spans go; ``None``: where the settings say."""
    view: View = field(init=False)
    hub: Hub = field(init=False)
    health: Health = field(init=False)
    address: str = ""
    """Where the web server listens, once it does."""

    def __post_init__(self) -> None:
        self.view = View(self.settings.dashboard_incidents)
        self.hub = Hub(self.view)
        self.health = Health(stall_seconds=self.settings.stall_seconds)

    async def run(
        self, stop: asyncio.Event, *, on_ready: Callable[[], None] = lambda: None
    ) -> None:
        """Serve and process until ``stop`` is set, then stop cleanly within seconds.

        Raises:
            BrokerUnavailable: Kafka does not answer at the start.
            BadSetting: the data directory cannot be written.
        """
        _check_folder(self.settings)
        spans = self.tracing or tracing(self.settings)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._web())
            if self.settings.topics_create:
                created = await create_missing(self.settings)
                if created:
                    _log.info("topics created", topics=len(created))
            await asyncio.to_thread(_warm_up)
            settle()
            stack.push_async_callback(_let_go, spans)
            app = create_app(self.settings, metrics=self.metrics, health=self.health, tracing=spans)
            pulse = Pulse(
                app,
                self.health,
                self.metrics,
                more=self._measure_dashboard,
                patience_seconds=self.settings.delivery_seconds,
            )
            beating = await stack.enter_async_context(_background(pulse.run()))
            await stack.enter_async_context(_running(app))
            stack.push_async_callback(_ended, beating)
            if self.settings.dashboard:
                await stack.enter_async_context(_background(self._follow()))
            self.health.started = True
            _log.info("ready", address=self.address)
            on_ready()
            await _until(stop, app)
            self.health.stopping = True
            self.hub.close()

    @asynccontextmanager
    async def _web(self) -> AsyncIterator[None]:
        site = web.Application()
        add_operations(site, self.health, self.metrics)
        if self.settings.dashboard:
            add_dashboard(site, self.view, self.hub)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        host, port = self.settings.web_host, self.settings.web_port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise BrokerUnavailable(
                f"NEWS_WEB_PORT: {host}:{port} cannot be listened on: {error.strerror}"
            ) from error
        self.address = f"http://{host}:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()

    def _measure_dashboard(self) -> None:
        self.metrics.set("news_dashboard_clients", len(self.hub))
        self.metrics.count("news_dashboard_clients_dropped_total", self.hub.dropped)
        self.hub.dropped = 0
        self.metrics.set("news_dashboard_incidents", len(self.view))

    async def _follow(self) -> None:
        """Keep the view up to date from all partitions of the incident topics."""
        names = (topics.INCIDENTS.name, topics.INCIDENT_REVISIONS.name)
        while True:
            try:
                async with reader(self.settings, *names) as records:
                    async for record in records:
                        if record.topic == topics.INCIDENT_REVISIONS.name:
                            self.view.note_revision(record.key, record.value, at=record.timestamp)
                            continue
                        entry = self.view.apply(
                            record.key,
                            record.value,
                            partition=record.partition,
                            offset=record.offset,
                            at=record.timestamp,
                        )
                        if entry is not None:
                            self.hub.publish(entry)
            except (KafkaError, BrokerUnavailable, OSError) as error:
                _log.warning("feed interrupted", reason=str(error))
                await asyncio.sleep(2.0)


async def _until(stop: asyncio.Event, app: App) -> None:
    """Wait for the word to stop, or for Faust to crash.

    Raises:
        BrokerUnavailable: the application crashed; says why.
    """
    waiting = {asyncio.ensure_future(stop.wait()), asyncio.ensure_future(app._crashed.wait())}  # noqa: SLF001  # mode's only sign
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
    if not stop.is_set():
        raise BrokerUnavailable(f"the stream processor ended: {app.crash_reason!r}")


@asynccontextmanager
async def _running(app: App) -> AsyncIterator[None]:
    app.finalize()
    await app.start()
    try:
        yield
    finally:
        try:
            await asyncio.wait_for(app.stop(), STOP_SECONDS)
        except TimeoutError:
            give_up(f"the stream processor did not stop in {STOP_SECONDS:.0f} s")


async def _let_go(spans: Tracing) -> None:
    """Send the last spans; a collector that does not answer holds up nothing."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.to_thread(spans.close), EXPORT_SECONDS)


@asynccontextmanager
async def _background(
    coroutine: Coroutine[Any, Any, None],
) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(coroutine)
    try:
        yield task
    finally:
        await _ended(task)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _check_folder(settings: Settings) -> None:
    """Make the folder of the table's store.

    Raises:
        BadSetting: it cannot be written.
    """
    folder = settings.data_directory
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"written")
    except OSError as error:
        raise BadSetting(
            f"NEWS_DATA_DIRECTORY: {folder} cannot be written: {error.strerror}"
        ) from error


def _warm_up() -> None:
    """Load what the stages need; what is wrong with them shows when messages come."""
    try:
        warm_up()
    except Exception as error:  # noqa: BLE001  # the messages will tell, as dead letters
        _log.error("a stage does not work", reason=repr(error))


def stop_on_signals(stop: asyncio.Event) -> None:
    """Let SIGTERM and Ctrl-C set the event."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
