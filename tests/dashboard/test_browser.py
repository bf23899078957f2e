import json
import time

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from schemas import Casualty
from tests.dashboard.conftest import ARTEFACTS, Site
from tests.dashboard.incidents import ARABIC, bombing, merged, unlocated
from tests.merging.stories import report

pytestmark = pytest.mark.browser


async def ready(page: Page, address: str) -> None:
    await page.goto(address)
    await page.wait_for_selector("#status[data-status=live]")


async def test_an_incident_appears_on_map_and_list_while_the_page_is_open(
    site: Site, page: Page
) -> None:
    await ready(page, site.address)
    await expect(page.locator("#list")).to_contain_text("No incidents yet")
    started = time.monotonic()
    site.put(bombing())
    await page.wait_for_selector(f'[data-incident="{bombing().incident_id}"].marker')

    assert time.monotonic() - started < 2
    await expect(page.locator("#list a")).to_have_count(1)


async def test_a_later_toll_changes_the_incident_in_place(site: Site, page: Page) -> None:
    first = merged(report("a", killed=3, hour=8))
    later = merged(
        report("a", killed=3, hour=8), report("b", killed=8, hour=20, source="paper")
    ).model_copy(update={"incident_id": first.incident_id, "revision": 2})
    site.put(first)
    await ready(page, site.address)
    await page.click("#list a")
    await expect(page.locator("#incident")).to_contain_text("3 killed")
    site.put(later)

    await expect(page.locator("#incident h1")).to_contain_text("8 killed")
    await expect(page.locator("#incident .history li")).to_have_count(2)
    await expect(page.locator("#incident ol").last.locator("li")).to_have_count(2)


async def test_filters_stand_in_the_address_and_come_back_from_it(site: Site, page: Page) -> None:
    site.put(bombing())
    site.put(unlocated())
    await ready(page, site.address)
    await page.select_option("select[name=type]", "Suicide bomb")
    await expect(page.locator("#list a")).to_have_count(1)
    assert "type=Suicide+bomb" in page.url
    await page.reload()

    await expect(page.locator("#list a")).to_have_count(1)
    await expect(page.locator("#count")).to_have_text("1 of 2 incidents")


async def test_an_incident_without_coordinates_is_listed_apart(site: Site, page: Page) -> None:
    site.put(bombing())
    site.put(unlocated())
    await ready(page, site.address)

    await expect(page.locator("#list h2")).to_have_text("Without coordinates")
    await expect(page.locator(".marker")).to_have_count(1)


async def test_arabic_evidence_is_marked_in_its_own_language_and_direction(
    site: Site, page: Page
) -> None:
    one = bombing()
    site.put(one)
    await ready(page, f"{site.address}/incidents/{one.incident_id}")
    quote = page.locator("blockquote[lang=ar]")

    await expect(quote).to_have_text(ARABIC)
    await expect(quote.locator("mark")).to_have_text("خمسة أشخاص")
    assert await quote.evaluate("node => getComputedStyle(node).direction") == "rtl"
    await expect(page.locator(".evidence .badge.translate").first).to_have_text(
        "ar: Needs translation"
    )


async def test_the_interface_speaks_arabic_from_right_to_left(site: Site, page: Page) -> None:
    site.put(bombing())
    await ready(page, site.address)
    await page.click("#language")

    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(page.locator("h1").first).to_have_text("الحوادث")
    assert "ui=ar" in page.url


async def test_everything_can_be_reached_with_the_keyboard(site: Site, page: Page) -> None:
    one = bombing()
    site.put(one)
    await ready(page, site.address)
    await page.focus(".marker")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/incidents/{one.incident_id}")
    await page.focus("a.back")
    await page.keyboard.press("Enter")

    await expect(page.locator("#browse")).to_be_visible()


async def test_a_lost_connection_is_shown_and_comes_back_by_itself(site: Site, page: Page) -> None:
    site.put(bombing())
    await ready(page, site.address)
    await site.stop()
    await page.wait_for_selector("#status[data-status=disconnected]")
    site.put(unlocated())
    await site.start()

    await page.wait_for_selector("#status[data-status=live]", timeout=15_000)
    await expect(page.locator("#list a")).to_have_count(2)


async def test_a_withdrawn_incident_leaves_the_page(site: Site, page: Page) -> None:
    one = bombing()
    site.put(one)
    await ready(page, site.address)
    site.withdraw(one.incident_id)
    await expect(page.locator("#list a")).to_have_count(0)
    await page.goto(f"{site.address}/incidents/{one.incident_id}")

    await expect(page.locator("#incident")).to_contain_text("withdrawn")


async def test_hostile_content_is_shown_as_text(site: Site, page: Page) -> None:
    name = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>\u202e' + "A" * 9000
    one = bombing(title=name, casualties=(Casualty(harm="killed", best=1, of="<b>x</b>"),))
    site.put(one)
    await ready(page, site.address)
    await expect(page.locator("#list strong")).to_contain_text("<img src=x")
    await page.click("#list a")

    await expect(page.locator("#incident h1")).to_contain_text("<script>")
    assert await page.evaluate("window.hit") is None
    assert await page.locator("#incident img, #incident script").count() == 0


async def test_five_thousand_incidents_still_pan_smoothly(site: Site, page: Page) -> None:
    base = bombing()
    assert base.place is not None
    for number in range(5000):
        place = base.place.model_copy(
            update={"latitude": 10 + number % 27, "longitude": -10 + (number * 7) % 70 + 0.3}
        )
        site.put(base.model_copy(update={"incident_id": f"i{number}", "place": place}))
    await ready(page, site.address)
    await page.wait_for_selector(".marker.cluster")
    work, frames = await page.evaluate(
        """async () => {
            const svg = document.querySelector('#map svg');
            const fire = (type, x) => svg.dispatchEvent(new PointerEvent(type,
                { clientX: 300 + x, clientY: 300, bubbles: true }));
            const frame = () => new Promise(requestAnimationFrame);
            const work = [], frames = [];
            fire('pointerdown', 0);
            let last = await frame();
            for (let step = 1; step <= 40; step += 1) {
                const start = performance.now();
                fire('pointermove', step * 4);
                work.push(performance.now() - start);
                const now = await frame();
                frames.push(now - last);
                last = now;
            }
            fire('pointerup', 160);
            return [work, frames].map((times) => times.sort((a, b) => a - b));
        }"""
    )
    ARTEFACTS.mkdir(exist_ok=True)
    told = {"work_ms": work, "frame_ms": frames}
    (ARTEFACTS / "pan.json").write_text(
        json.dumps(
            {n: {"median": ms[20], "p95": ms[37], "longest": ms[39]} for n, ms in told.items()}
        )
    )

    assert len(frames) == 40
    await expect(page.locator("#count")).to_have_text("5000 of the newest 5000 incidents")


async def test_a_full_window_lets_the_incident_revised_longest_ago_go(
    site: Site, page: Page
) -> None:
    site.view.limit = 2
    for number in range(2):
        site.put(bombing(incident_id=f"i{number}", title=f"Bombing {number}"))
    await ready(page, site.address)
    await expect(page.locator("#count")).to_have_text("2 of the newest 2 incidents")
    site.put(bombing(incident_id="i2", title="Bombing 2"))
    await expect(page.locator("#list")).to_contain_text("Bombing 2")
    await expect(page.locator("#list")).not_to_contain_text("Bombing 0")
    await expect(page.locator("#count")).to_have_text("2 of the newest 2 incidents")


async def test_screenshots_are_kept(site: Site, page: Page) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    site.put(bombing())
    site.put(unlocated())
    await ready(page, site.address)
    await page.wait_for_selector(".countries path")
    for name, scheme in (("dashboard", "light"), ("dashboard-dark", "dark")):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # two literals
        path = ARTEFACTS / f"{name}.png"
        await page.screenshot(path=path)
        assert path.stat().st_size > 10_000


@pytest.mark.parametrize("path", ["/", "/incidents/{id}", "/?ui=ar"])
async def test_axe_finds_nothing_serious(site: Site, page: Page, path: str) -> None:
    one = bombing()
    site.put(one)
    site.put(unlocated())
    await ready(page, site.address + path.format(id=one.incident_id))
    found = await Axe().run(page)
    serious = [v for v in found.response["violations"] if v["impact"] in {"serious", "critical"}]

    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in serious] == []
