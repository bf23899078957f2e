import io
import logging
from collections.abc import Iterator

import orjson
import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from streams.operations.catalogue import CATALOGUE
from streams.operations.health import Health
from streams.operations.logs import configure
from streams.operations.metrics import Metrics
from streams.operations.web import add_operations


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time the test has set."""
        return self.now


def test_a_metric_that_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(KeyError):
        Metrics().count("news_surprises_total")


def test_names_and_help_texts_keep_the_conventions() -> None:
    for metric in CATALOGUE:
        assert metric.name.startswith("news_")
        assert metric.name.endswith("_total") is (metric.kind == "counter")
        assert metric.help.endswith(".")
        assert bool(metric.buckets) is (metric.kind == "histogram")


def test_the_exposition_has_every_metric() -> None:
    text = Metrics().exposition().decode()

    for metric in CATALOGUE:
        assert f"# HELP {metric.name.removesuffix('_total')}" in text


def test_waiting_without_lag_is_no_stall() -> None:
    clock = Clock()
    health = Health(stall_seconds=60, clock=clock, started=True)
    clock.now = 50
    health.tick()
    health.set_lag(0)
    clock.now = 80
    health.tick()

    assert health.dead() == []


def test_lag_without_progress_is_a_stall_until_something_is_finished() -> None:
    clock = Clock()
    health = Health(stall_seconds=60, clock=clock, started=True)
    health.set_lag(7)
    clock.now = 61
    health.tick()

    assert health.dead() == ["stalled: 7 messages wait, none finished for 61 s"]
    health.progress()
    assert health.dead() == []


def test_a_stuck_loop_is_dead() -> None:
    clock = Clock()
    health = Health(loop_seconds=30, clock=clock)
    clock.now = 31

    assert health.dead() == ["event loop: no tick for 31 s"]


def test_readiness_names_every_reason() -> None:
    health = Health()
    health.fault("dead letters", "12 of the last 20 messages")

    assert health.unready() == ["starting", "dead letters: 12 of the last 20 messages"]
    health.started = True
    health.fault("dead letters", None)
    assert health.unready() == []
    health.stopping = True
    assert health.unready() == ["shutting down"]


async def test_health_version_and_metrics_are_served() -> None:
    app = web.Application()
    health = Health()
    add_operations(app, health, Metrics())
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/health/startup")).status == 503
        health.started = True
        for path in ("/health/startup", "/health/ready", "/health/live", "/version", "/metrics"):
            assert (await client.get(path)).status == 200


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure(stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_log_line_is_json_with_what_is_bound(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(stage="entities", offset=7):
        structlog.get_logger("streams").info("message rejected", reason="text: empty")
        logging.getLogger("aiokafka").warning("broker %s went away", "1")
    ours, theirs = (orjson.loads(line) for line in lines.getvalue().splitlines())

    assert (ours["event"], ours["stage"], ours["offset"]) == ("message rejected", "entities", 7)
    assert (theirs["event"], theirs["level"]) == ("broker 1 went away", "warning")
    assert ours["timestamp"].endswith("Z")


def test_debug_lines_are_left_out_unless_asked_for(lines: io.StringIO) -> None:
    structlog.get_logger("streams").debug("article", text="secret")

    assert lines.getvalue() == ""
