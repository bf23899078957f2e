"""The whole line under the page: articles go to Kafka, a worker reads them, a browser shows."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from schemas import Article
from streams import topics
from tests.broker import brokers, send
from tests.dashboard.conftest import ARTEFACTS
from tests.delivery.harness import Line

pytestmark = [pytest.mark.browser, pytest.mark.kafka, pytest.mark.timeout(240)]
SECONDS = 2.0


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Start Kafka and a worker with its dashboard."""
    with brokers() as broker:
        one = Line(broker, tmp_path_factory.mktemp("line"))
        asyncio.run(one.prepare())
        asyncio.run(one.start())
        try:
            yield one
        finally:
            one.close()


async def tell(line: Line, article_id: str, text: str, *, published_at: str) -> float:
    """Send an article and return when Kafka had it."""
    article = Article(article_id=article_id, text=text, published_at=published_at)
    await send(line.broker, topics.ARTICLES.name, [(article_id.encode(), article.to_json())])
    return time.monotonic()


async def open_page(line: Line, page: Page) -> None:
    address = f"http://127.0.0.1:{line.workers[0].port}"
    await page.goto(address)
    await page.wait_for_selector("#status[data-status=live]")
    await page.wait_for_selector(".countries path")


async def test_an_article_sent_to_kafka_is_on_the_map_within_two_seconds(
    line: Line, visitor: Page
) -> None:
    await open_page(line, visitor)
    took = []
    for number, town in enumerate(("Mosul", "Aleppo", "Kirkuk", "Taiz", "Benghazi")):
        text = (
            f"A car bomb exploded in {town} on Tuesday, killing {number + 3} people, police said."
        )
        sent = await tell(line, f"map-{number}", text, published_at="2026-03-10T10:00:00Z")
        await expect(visitor.locator("#list a", has_text=town)).to_be_visible(timeout=20_000)
        took.append(time.monotonic() - sent)
        markers = await visitor.locator(".marker").count()
        assert markers > 0
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / "line.json").write_text(json.dumps({"seconds": took}))

    assert sorted(took)[len(took) // 2] < SECONDS


async def test_a_later_toll_changes_the_incident_in_place_with_its_history(
    line: Line, visitor: Page
) -> None:
    await open_page(line, visitor)
    first = "قُتل خمسة أشخاص اليوم الثلاثاء بتفجير انتحاري في الفلوجة، بحسب الشرطة."
    later = "Nine people were killed in a suicide bombing in Fallujah on Tuesday, police said."
    await tell(line, "toll-1", first, published_at="2026-03-10T09:00:00Z")
    row = visitor.locator("#list a", has_text="Falluja")
    await expect(row).to_contain_text("5 killed", timeout=20_000)
    before = await row.get_attribute("data-incident")
    await row.click()
    await expect(visitor.locator("#incident h1")).to_contain_text("5 killed")
    await tell(line, "toll-2", later, published_at="2026-03-10T18:00:00Z")

    await expect(visitor.locator("#incident h1")).to_contain_text("9 killed", timeout=20_000)
    assert str(before) in visitor.url
    await expect(visitor.locator("#incident .history li")).to_have_count(2)
    await expect(visitor.locator("#incident .chart text")).to_have_text(["5", "9"])
    await expect(visitor.locator("#incident ol").last.locator("li")).to_have_count(2)
    await expect(visitor.locator("blockquote[lang=ar] mark").first).to_be_visible()
    await visitor.click("a.back")
    await expect(row).to_have_count(1)
