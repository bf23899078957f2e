"""Health, version and metrics over HTTP: routes to add to the worker's own web server."""

from __future__ import annotations

import platform

import orjson
from aiohttp import web

from streams import __version__
from streams.operations.health import Health
from streams.operations.metrics import Metrics

HEALTH = web.AppKey("health", Health)
METRICS = web.AppKey("metrics", Metrics)


def add_operations(app: web.Application, health: Health, metrics: Metrics) -> None:
    """Add ``/health/live``, ``/health/ready``, ``/health/startup``, ``/version``, ``/metrics``."""
    app[HEALTH], app[METRICS] = health, metrics
    app.router.add_get("/health/live", live)
    app.router.add_get("/health/ready", ready)
    app.router.add_get("/health/startup", startup)
    app.router.add_get("/version", version)
    app.router.add_get("/metrics", exposition)


def _verdict(reasons: list[str]) -> web.Response:
    body = {"status": "fail" if reasons else "pass", "reasons": reasons}
    return web.Response(
        body=orjson.dumps(body),
        status=503 if reasons else 200,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


async def live(request: web.Request) -> web.Response:
    """Answer 200 while the process need not be restarted, else 503 with the reasons."""
    return _verdict(request.app[HEALTH].dead())


async def ready(request: web.Request) -> web.Response:
    """Answer 200 while the worker is ready, else 503 with the reasons."""
    return _verdict(request.app[HEALTH].unready())


async def startup(request: web.Request) -> web.Response:
    """Answer 200 once the worker has started."""
    return _verdict([] if request.app[HEALTH].started else ["starting"])


async def version(request: web.Request) -> web.Response:
    """Answer with the version of the worker and of Python."""
    del request
    return web.json_response({"version": __version__, "python": platform.python_version()})


async def exposition(request: web.Request) -> web.Response:
    """Answer with all metrics in Prometheus' text format."""
    return web.Response(
        body=request.app[METRICS].exposition(),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
    )
