"""A worker with the settings of the production overlay, on a real Kafka that demands a password."""

from __future__ import annotations

import asyncio
import contextlib
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import orjson
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from streams import topics
from streams.operations.catalogue import CATALOGUE
from tests.broker import send, until
from tests.delivery.harness import WorkerProcess
from tests.deploy.conftest import PASSWORD, Strimzi
from tests.deploy.test_deploy import OVERLAYS, settings_of

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(180)]
SAMPLES = Path(__file__).parents[2] / "deploy" / "samples" / "articles.jsonl"


def _settings(folder: Path, port: int) -> dict[str, str]:
    """Return the overlay's settings; only addresses, folders and TLS differ."""
    settings = settings_of(OVERLAYS / "production")
    secrets = folder / "secrets"
    secrets.mkdir()
    (secrets / "NEWS_SASL_PASSWORD").write_text(PASSWORD)
    assert settings.pop("NEWS_TLS_CA_FILE")
    assert settings["NEWS_SECURITY_PROTOCOL"] == "SASL_SSL"
    settings |= {
        "NEWS_BROKER": f"kafka://127.0.0.1:{port}",
        "NEWS_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "NEWS_SECRETS_DIRECTORY": str(secrets),
        "NEWS_DATA_DIRECTORY": str(folder / "table"),
        "NEWS_WEB_HOST": "127.0.0.1",
    }
    return {name.removeprefix("NEWS_").lower(): value for name, value in settings.items()}


def _grace() -> float:
    worker = yaml.safe_load((OVERLAYS.parent / "base" / "worker.yaml").read_text())
    return float(worker["spec"]["template"]["spec"]["terminationGracePeriodSeconds"])


def _shown(port: int) -> dict[str, float]:
    """Return the sum of the samples of each metric that is shown."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            name = sample.name.removesuffix("_count")
            found[name] = found.get(name, 0.0) + sample.value
    return found


async def _load(strimzi: Strimzi, count: int) -> None:
    """Send the samples again and again under new ids, and now and then something broken."""
    samples = [orjson.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
    messages: list[tuple[bytes | None, bytes | None]] = [(b"broken", b"{")]
    for number in range(count):
        one = samples[number % len(samples)]
        name = f"{one.get('article_id', 'sample')}-{number}"
        messages.append((name.encode(), orjson.dumps(one | {"article_id": name, "url": None})))
    await send(strimzi.broker, topics.ARTICLES.name, messages)


@asynccontextmanager
async def _listening(port: int) -> AsyncIterator[None]:
    """Keep a client on the event stream."""
    address = f"http://127.0.0.1:{port}/events"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
        yield


async def _until_all_are_shown(port: int, *, seconds: float = 60.0) -> dict[str, float]:
    wanted = {metric.name for metric in CATALOGUE}
    found: dict[str, float] = {}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not wanted <= found.keys():
                await asyncio.sleep(0.2)
                found = await asyncio.to_thread(_shown, port)
    assert wanted - found.keys() == set()
    return found


def _stop_and_watch(worker: WorkerProcess) -> tuple[int, float, list[int]]:
    """Send SIGTERM and return status, seconds, and what the readiness probe said meanwhile."""
    process = worker.process
    assert process is not None
    begun, answers = time.monotonic(), [200]
    process.terminate()
    while process.poll() is None and time.monotonic() - begun < 120:
        try:
            address = f"http://127.0.0.1:{worker.port}/health/ready"
            with urllib.request.urlopen(address, timeout=2) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError:
            continue
        answers += [status] if status != answers[-1] else []
    return process.wait(), time.monotonic() - begun, answers


async def test_it_gets_ready_shows_every_metric_under_load_and_stops_within_its_grace(
    strimzi: Strimzi, tmp_path: Path
) -> None:
    worker = WorkerProcess(_settings(tmp_path, strimzi.port), tmp_path / "worker.log")
    worker.start()
    try:
        await worker.ready()
        async with _listening(worker.port):
            await _load(strimzi, 400)
            shown = await _until_all_are_shown(worker.port)
            await until(strimzi.broker, topics.INCIDENT_REVISIONS.name, 20)
            after = await asyncio.to_thread(_shown, worker.port)
            await _load(strimzi, 2000)
            status, seconds, answers = await asyncio.to_thread(_stop_and_watch, worker)
    finally:
        if worker.process is not None and worker.process.poll() is None:
            worker.kill()

    assert shown["news_dead_letters_total"] >= 1
    assert after["news_incident_revisions_total"] >= 1
    assert after["news_open_incidents"] >= 1
    assert after["news_assigned_partitions"] == 8 * len(topics.CONSUMED)
    assert after["news_dashboard_clients"] == 1
    assert status == 0
    assert seconds < _grace()
    assert answers == [200, 503]
