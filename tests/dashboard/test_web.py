import asyncio
import csv
import io
from collections.abc import AsyncIterator

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from schemas import Incident
from streams.dashboard.events import QUEUE, Hub
from streams.dashboard.view import View
from streams.dashboard.web import add_dashboard
from tests.dashboard.incidents import bombing, unlocated

Client = TestClient[web.Request, web.Application]


class Site:
    """The feeds over a view that a test fills."""

    def __init__(self) -> None:
        self.view = View()
        self.hub = Hub(self.view)
        self.offset = 0

    def put(self, one: Incident) -> None:
        """Publish an incident as the topic's reader does."""
        key = one.incident_id.encode()
        entry = self.view.apply(key, one.to_json(), partition=0, offset=self.offset, at=self.offset)
        self.offset += 1
        assert entry is not None
        self.hub.publish(entry)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
async def client(site: Site) -> AsyncIterator[Client]:
    app = web.Application()
    add_dashboard(app, site.view, site.hub)
    async with TestClient(TestServer(app)) as client:
        yield client


async def _event(stream: asyncio.StreamReader) -> dict[str, str]:
    fields: dict[str, str] = {}
    while line := (await asyncio.wait_for(stream.readline(), 5)).decode().rstrip("\n"):
        name, _, value = line.partition(": ")
        fields[name] = value
    return fields


async def test_geojson_gives_the_incidents_that_match(site: Site, client: Client) -> None:
    site.put(bombing())
    site.put(unlocated())
    answer = await client.get("/incidents.geojson", params={"type": "Attack"})
    collection = await answer.json(content_type="application/geo+json")

    assert [f["geometry"] for f in collection["features"]] == [None]
    assert collection["features"][0]["properties"] == orjson.loads(unlocated().to_json())


async def test_csv_defuses_formulas(site: Site, client: Client) -> None:
    site.put(bombing(title='=HYPERLINK("x")'))
    rows = list(csv.DictReader(io.StringIO(await (await client.get("/incidents.csv")).text())))

    assert [(r["title"], r["killed"], r["place"]) for r in rows] == [
        ('\'=HYPERLINK("x")', "5", "Ramadi")
    ]


async def test_a_bad_query_is_answered_with_the_parameter(client: Client) -> None:
    answer = await client.get("/incidents.csv", params={"bbox": "x"})

    assert answer.status == 400
    assert "bbox" in (await answer.json())["error"]["message"]


async def test_an_incident_has_its_own_address(site: Site, client: Client) -> None:
    one = bombing()
    site.put(one)
    site.view.note_revision(one.incident_id.encode(), one.to_json(), at=9)
    answer = await client.get(f"/incidents/{one.incident_id}.json")
    body = await answer.json()

    assert body["incident"]["title"] == one.title
    assert [r["revision"] for r in body["revisions"]] == [1]
    assert (await client.get("/incidents/none.json")).status == 404
    assert (await client.get(f"/incidents/{one.incident_id}")).content_type == "text/html"


async def test_a_withdrawn_incident_is_gone(site: Site, client: Client) -> None:
    one = bombing()
    site.put(one)
    site.view.apply(one.incident_id.encode(), None, partition=0, offset=9, at=9)

    assert (await client.get(f"/incidents/{one.incident_id}.json")).status == 410


async def test_events_give_a_snapshot_then_what_comes(site: Site, client: Client) -> None:
    site.put(bombing())
    async with client.get("/events") as answer:
        stream = answer.content
        seen = [await _event(stream) for _ in range(3)]
        site.put(bombing(7))
        seen.append(await _event(stream))

    assert [e.get("event") for e in seen] == [None, "incident", "ready", "incident"]
    assert seen[3]["id"] == "0:2"
    assert orjson.loads(seen[3]["data"])["casualties"][0]["best"] == 7


async def test_events_resume_after_the_last_one_seen(site: Site, client: Client) -> None:
    site.put(bombing())
    site.put(unlocated())
    async with client.get("/events", headers={"Last-Event-ID": "0:1"}) as answer:
        seen = [await _event(answer.content) for _ in range(3)]

    assert orjson.loads(seen[1]["data"])["incident_id"] == unlocated().incident_id
    assert seen[2]["event"] == "ready"


async def test_a_slow_client_is_let_go_and_the_others_are_served() -> None:
    site = Site()
    slow, quick = site.hub.stream(), site.hub.stream()
    for stream in (slow, quick):
        await anext(stream)
        await anext(stream)
    for number in range(QUEUE + 1):
        site.put(bombing(number + 1))
        await anext(quick)

    assert site.hub.dropped == 1
    assert [data async for data in slow] == []
    await quick.aclose()  # type: ignore[attr-defined]  # an async generator has it


async def test_every_answer_forbids_other_hosts(client: Client) -> None:
    for path in ("/", "/incidents.geojson", "/static/app.js"):
        answer = await client.get(path)

        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


async def test_streams_end_when_the_server_shuts_down(site: Site, client: Client) -> None:
    async with client.get("/events") as answer:
        await _event(answer.content)
        await asyncio.wait_for(client.close(), 5)

    assert len(site.hub) == 0
