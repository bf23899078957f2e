"""A site in a real Chromium, filled by the test as the topic's reader fills it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

from schemas import Incident
from streams.dashboard.events import Hub
from streams.dashboard.view import View
from streams.dashboard.web import add_dashboard

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Site:
    """The dashboard's server; it can be stopped and started again on its port."""

    def __init__(self) -> None:
        self.view = View()
        self.hub = Hub(self.view)
        self.offset = 0
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, one: Incident) -> None:
        """Publish an incident."""
        self._apply(one.incident_id, one.to_json())
        self.view.note_revision(one.incident_id.encode(), one.to_json(), at=self.offset)

    def withdraw(self, incident_id: str) -> None:
        """Publish a null value."""
        self._apply(incident_id, None)

    def _apply(self, incident_id: str, value: bytes | None) -> None:
        entry = self.view.apply(
            incident_id.encode(), value, partition=0, offset=self.offset, at=self.offset
        )
        self.offset += 1
        assert entry is not None
        self.hub.publish(entry)

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        add_dashboard(app, self.view, self.hub)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; streams end."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    one = Site()
    await one.start()
    yield one
    await one.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing")
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        await browser.close()


@pytest.fixture
async def visitor(browser: Browser) -> AsyncIterator[Page]:
    """A page whose errors, console errors and requests to other hosts fail the test."""
    page = await browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []

    def own(address: str) -> bool:
        return address.startswith(("http://127.0.0.1:", "data:"))

    def asked(request: Request) -> None:
        if not own(request.url):
            faults.append(request.url)

    def said(message: ConsoleMessage) -> None:
        lost = "Failed to load resource"  # the browser tells of a 410 and of a server that is away
        if message.type == "error" and not message.text.startswith(lost):
            faults.append(message.text)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", asked)
    page.on("console", said)
    yield page
    assert faults == []


@pytest.fixture
async def page(visitor: Page, site: Site) -> Page:
    """The same on the test's own site, which is there until the page is closed."""
    del site
    return visitor
