"""One trace and one request id from the article to its incident, on the real line."""

from __future__ import annotations

import asyncio
import logging
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from streams import topics
from streams.errors import ContractViolation, StageRejected
from streams.operations.tracing import Tracing, provider, tracing
from streams.pipeline import PIPELINE
from streams.settings import BadSetting, Settings
from streams.transport.broker import Broker
from streams.transport.dead_letters import Received
from streams.transport.observed import rejected
from streams.worker import Worker
from tests.broker import producer, read, until
from tests.delivery.harness import Line

SAMPLES = Path(__file__).parents[2] / "deploy" / "samples" / "articles.jsonl"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"
HOPS = [stage.name for stage in PIPELINE] + ["merging"]


def _sample(number: int = 0) -> dict[str, Any]:
    value: dict[str, Any] = orjson.loads(SAMPLES.read_text("utf-8").splitlines()[number])
    return value


async def _collect(broker: Broker, value: bytes, *, trace: str = TRACE) -> None:
    """Send an article as a collector that traces would."""
    async with producer(broker) as sender:
        headers = [("traceparent", f"00-{trace}-{PARENT}-01".encode())]
        await sender.send_and_wait(topics.ARTICLES.name, value, headers=headers)


async def _arrived(broker: Broker, topic: str, *traces: str) -> None:
    """Wait until a topic, which other tests write to as well, holds messages of traces."""
    async with asyncio.timeout(60):
        while True:
            parents = [
                value.decode()
                for message in await read(broker, topic)
                for name, value in message.headers
                if name == "traceparent"
            ]
            if all(any(trace in parent for parent in parents) for trace in traces):
                return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def _worker(settings: Settings, exporter: InMemorySpanExporter) -> AsyncIterator[Worker]:
    """Run a worker in this process whose spans go to an exporter."""
    stop, ready = asyncio.Event(), asyncio.Event()
    worker = Worker(settings, tracing=Tracing(provider(SimpleSpanProcessor(exporter))))
    task = asyncio.create_task(worker.run(stop, on_ready=ready.set))
    first = asyncio.create_task(ready.wait())
    await asyncio.wait({task, first}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield worker
    finally:
        stop.set()
        await task


def _settings(broker: Broker, folder: Path, **more: Any) -> Settings:
    return Settings(
        broker=broker.url,
        topic_partitions=2,
        store="memory",
        data_directory=folder,
        web_port=0,
        dashboard=False,
        **more,
    )


async def _spans(exporter: InMemorySpanExporter, count: int) -> tuple[ReadableSpan, ...]:
    async with asyncio.timeout(30):
        while len(exporter.get_finished_spans()) < count:  # noqa: ASYNC110  # it has no event
            await asyncio.sleep(0.05)
    return exporter.get_finished_spans()


@pytest.fixture
def quiet() -> Iterator[None]:
    """Keep Faust's own lines out of the way and put the loggers back."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    yield
    root.setLevel(level)


@pytest.mark.kafka
@pytest.mark.usefixtures("quiet")
async def test_one_trace_leads_from_the_article_over_all_hops_to_the_incident(
    kafka: Broker, tmp_path: Path
) -> None:
    exporter = InMemorySpanExporter()
    sample = _sample()
    async with _worker(_settings(kafka, tmp_path, app_id="traced"), exporter):
        await _collect(kafka, orjson.dumps(sample))
        await _collect(kafka, b'{"text": 1}', trace="5" * 32)
        revisions = await until(kafka, topics.INCIDENT_REVISIONS.name, 1)
        spans = await _spans(exporter, len(HOPS) + 1)

    hops = [s for s in spans if s.context and f"{s.context.trace_id:032x}" == TRACE]
    assert [(s.attributes or {})["news.stage"] for s in hops] == HOPS
    parents = [f"{s.parent.span_id:016x}" if s.parent else "" for s in hops]
    ids = [f"{s.context.span_id:016x}" if s.context else "" for s in hops]
    assert parents == [PARENT, *ids[:-1]]
    assert {(s.attributes or {})["news.article_id"] for s in hops} == {sample["article_id"]}
    incident = (hops[-1].attributes or {})["news.incident_id"]
    assert incident == ((revisions[0].key or b"").decode(),)
    header = dict(revisions[0].headers)["traceparent"].decode()
    assert header == f"00-{TRACE}-{ids[-1]}-01"
    (poison,) = [s for s in spans if s.context and f"{s.context.trace_id:032x}" == "5" * 32]
    assert poison.status.status_code is StatusCode.ERROR
    assert poison.status.description == "contract_violation"


def test_every_hop_samples_the_same_traces() -> None:
    exporters = [InMemorySpanExporter(), InMemorySpanExporter()]
    for exporter in exporters:
        one = Tracing(provider(SimpleSpanProcessor(exporter), share=0.3))
        for number in range(1, 201):
            trace = f"{number:016x}{number * 92233720368547758:016x}"
            parent = f"00-{trace}-{PARENT}-01".encode()
            headers = [("traceparent", parent)]
            with one.hop(headers, stage="s", topic="t", partition=0, offset=number):
                pass
    first, second = (
        [s.context.trace_id for s in e.get_finished_spans() if s.context] for e in exporters
    )
    assert first == second
    assert 20 < len(first) < 100


def test_without_an_endpoint_nothing_of_opentelemetry_is_loaded() -> None:
    code = (
        "import sys; from streams.operations.tracing import tracing;"
        "from streams.settings import Settings; import streams.worker;"
        "one = tracing(Settings());"
        "[None for _ in (one.hop([], stage='s', topic='t', partition=0, offset=0),)];"
        "print(one.provider, 'opentelemetry' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["None", "False"]


def test_an_endpoint_without_the_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    with pytest.raises(BadSetting, match=r"NEWS_TRACING_ENDPOINT: .*incident-streams\[tracing\]"):
        tracing(Settings(tracing_endpoint="http://127.0.0.1:1/v1/traces"))


def test_a_collector_that_does_not_answer_holds_up_nothing() -> None:
    code = (
        "import asyncio\n"
        "from streams.operations.tracing import tracing\n"
        "from streams.settings import Settings\n"
        "from streams.worker import _let_go\n"
        "one = tracing(Settings(tracing_endpoint='http://10.255.255.1:4318/v1/traces'))\n"
        "with one.hop([], stage='s', topic='t', partition=0, offset=0): pass\n"
        "asyncio.run(_let_go(one))\n"
    )
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)

    assert time.monotonic() - begun < 20


@pytest.mark.kafka
async def test_one_request_id_stands_on_the_log_lines_of_all_hops_and_no_text_above_debug(
    kafka: Broker, tmp_path: Path
) -> None:
    line = Line(kafka, tmp_path, {"app_id": "logged", "topic_partitions": "2"})
    await line.prepare()
    sample = _sample(3)
    words = "المدينة قذيفة marker-of-the-text"
    sample["text"] += f"\n{words}"
    poison = {"text": words, "published_at": words, "language": words, words: words}
    try:
        worker = await line.start(log_level="DEBUG")
        await _collect(kafka, orjson.dumps(sample), trace="a" * 32)
        await _collect(kafka, orjson.dumps(poison), trace="b" * 32)
        await _collect(kafka, words.encode(), trace="c" * 32)
        await _arrived(kafka, topics.ARTICLES.dead_letters, "b" * 32, "c" * 32)
        await _arrived(kafka, topics.INCIDENT_REVISIONS.name, "a" * 32)
        worker.stop()
    finally:
        line.close()
    lines = [orjson.loads(one) for one in worker.log.read_text("utf-8").splitlines()]

    ours = [one for one in lines if one.get("request_id") == "a" * 32]
    done = [one for one in ours if one["event"] == "done"]
    assert [one["stage"] for one in done] == HOPS[:-1]
    assert {one["article_id"] for one in ours} == {sample["article_id"]}
    (revised,) = [one for one in ours if one["event"] == "revised"]
    assert (revised["stage"], revised["level"]) == ("merging", "info")
    assert revised["incident_id"]
    assert all({"topic", "partition", "offset", "stage"} <= one.keys() for one in ours)
    above = [orjson.dumps(one).decode() for one in lines if one["level"] != "debug"]
    assert len(above) > 5
    assert not [one for one in above if any(word in one for word in words.split())]
    rejected = {one["request_id"] for one in lines if one["event"] == "message rejected"}
    assert rejected >= {"b" * 32, "c" * 32}


def test_the_log_tells_the_kind_and_place_of_a_stages_error_and_not_its_words() -> None:
    message = Received("t", 0, 1, 0, None, b"", [])
    try:
        try:
            {}["words of the article"]
        except KeyError as error:
            raise StageRejected(f"entities: {error}") from error
    except StageRejected as error:
        told = rejected(message, error, stage="entities")

    assert re.fullmatch(r"entities: KeyError at test_tracing\.py:\d+", told["reason"])
    assert rejected(message, ContractViolation("text: empty"), stage="s")["reason"] == "text: empty"
