"""The feeds and the page over HTTP: routes to add to the worker's own web server."""

from __future__ import annotations

from pathlib import Path

import orjson
from aiohttp import web

from streams.dashboard import formats
from streams.dashboard.events import Hub
from streams.dashboard.query import BadQuery, Query, parse
from streams.dashboard.view import Entry, View

STATIC = Path(__file__).parent / "static"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer: the page loads nothing from elsewhere and is framed by nobody."""

VIEW = web.AppKey("view", View)
HUB = web.AppKey("hub", Hub)


def add_dashboard(app: web.Application, view: View, hub: Hub) -> None:
    """Add the feeds and the page to a web application; streams end when it shuts down."""
    app[VIEW], app[HUB] = view, hub
    app.on_response_prepare.append(_protect)
    app.on_shutdown.append(_end_streams)
    app.router.add_get("/incidents.geojson", incidents_geojson)
    app.router.add_get("/incidents.csv", incidents_csv)
    app.router.add_get("/incidents/{incident_id}.json", incident)
    app.router.add_get("/incidents/{incident_id}", page)
    app.router.add_get("/events", events)
    app.router.add_get("/", page)
    app.router.add_static("/static/", STATIC)


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    del request
    response.headers.update(HEADERS)


async def _end_streams(app: web.Application) -> None:
    app[HUB].close()


async def page(request: web.Request) -> web.StreamResponse:
    """Answer with the dashboard, or the incident as JSON where that is asked for."""
    if "application/json" in request.headers.get("Accept", ""):
        return await incident(request)
    return web.FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})


def _complaint(kind: str, message: str) -> str:
    return orjson.dumps({"error": {"kind": kind, "message": message}}).decode()


def _query(request: web.Request) -> Query:
    try:
        return parse({name: ",".join(request.query.getall(name)) for name in request.query})
    except BadQuery as error:
        raise web.HTTPBadRequest(
            text=_complaint("bad_query", str(error)), content_type="application/json"
        ) from error


def _answer(request: web.Request) -> list[Entry]:
    query = _query(request)
    return [e for e in request.app[VIEW].newest_first() if query.matches(e.record)]


async def incidents_geojson(request: web.Request) -> web.Response:
    """Answer with the incidents that match the query as a GeoJSON FeatureCollection."""
    return web.Response(
        body=formats.geojson(_answer(request)),
        content_type="application/geo+json",
        headers={"X-Position": str(request.app[VIEW].position), "Cache-Control": "no-cache"},
    )


async def incidents_csv(request: web.Request) -> web.Response:
    """Answer with the incidents that match the query as CSV."""
    return web.Response(
        body=b"".join(formats.table(_answer(request))),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="incidents.csv"'},
    )


async def incident(request: web.Request) -> web.Response:
    """Answer with one incident and its revisions; 410 once it was withdrawn."""
    name = request.match_info.get("incident_id", "")
    view = request.app[VIEW]
    entry = view.get(name)
    if entry is None:
        raise web.HTTPNotFound(
            text=_complaint("unknown_incident", f"incident_id: {name} is not known"),
            content_type="application/json",
        )
    body = {
        "incident": orjson.Fragment(entry.value) if entry.value else None,
        "merged_into": entry.record.get("merged_into"),
        "revisions": view.revisions(name),
    }
    return web.Response(
        body=orjson.dumps({k: v for k, v in body.items() if v is not None}),
        status=200 if entry.value else 410,
        content_type="application/json",
    )


async def events(request: web.Request) -> web.StreamResponse:
    """Stream incidents: all that stand, a `ready` event, then every change.

    ``Last-Event-ID`` (or ``?last-event-id=``) resumes where a client left off.
    """
    last = request.headers.get("Last-Event-ID") or request.query.get("last-event-id", "")
    response = web.StreamResponse(
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    await response.prepare(request)
    stream = request.app[HUB].stream(last)
    try:
        async for data in stream:
            await response.write(data)
    except ConnectionResetError:
        pass  # the client went away, which is how these streams end
    finally:
        await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it
    return response
