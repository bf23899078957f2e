"""This version reads what earlier ones left in Kafka, and they can read what it writes."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import cramjam
import orjson
import pytest
from jsonschema import Draft202012Validator

from schemas import Contract, IncidentReport, IncidentRevision
from schemas.publish import PUBLISHED
from streams import topics
from streams.merging import Merger
from streams.merging.state import unpack
from streams.pipeline import PIPELINE
from streams.transport.broker import Broker
from streams.transport.handoff import Handoff
from tests.broker import brokers, producer, read, until
from tests.delivery.harness import Line
from tests.deploy.record import RECORDED, STATE, Kept, kept

VERSIONS = sorted(path.stem for path in RECORDED.glob("*.jsonl"))
CONTRACTS = {topic.name: topic for topic in topics.TOPICS}
SCHEMAS = Path(__file__).parents[2] / "schemas" / "published"
LATER = "ramadi-later"
each_version = pytest.mark.parametrize("version", VERSIONS)


def _messages(version: str) -> Iterator[tuple[topics.Topic, Kept]]:
    for message in kept(version):
        if message.topic in CONTRACTS and message.value is not None:
            yield CONTRACTS[message.topic], message


def _decoded(topic: topics.Topic, value: bytes | None) -> Contract:
    return Handoff().decode(value, topic)


def _with_more(value: Any) -> Any:
    """Return JSON with a field nobody knows in every object."""
    if isinstance(value, dict):
        return {k: _with_more(v) for k, v in value.items()} | {"added_later": [{"x": 1}]}
    return [_with_more(v) for v in value] if isinstance(value, list) else value


def _state(version: str) -> dict[str, bytes]:
    """Return the newest packed value of every incident."""
    found = {m.key: m.value for m in kept(version) if m.topic == STATE}
    return {k.decode().partition("/")[2]: v for k, v in found.items() if k and v}


def _third(version: str) -> IncidentReport:
    """Return one more report of the recorded incident, by another article a little later."""
    reports = [_decoded(t, m.value) for t, m in _messages(version) if t is topics.INCIDENT_REPORTS]
    last = reports[-1]
    assert isinstance(last, IncidentReport)
    article = last.articles[0]
    later = article.published_at + timedelta(hours=3) if article.published_at else None
    more = article.model_copy(update={"article_id": LATER, "url": None, "published_at": later})
    evidence = tuple(e.model_copy(update={"article_id": LATER}) for e in last.evidence)
    return last.model_copy(update={"articles": (more,), "evidence": evidence})


def _known(version: str) -> IncidentRevision:
    """Return the last revision that was published."""
    found = [_decoded(t, m.value) for t, m in _messages(version) if t is topics.INCIDENT_REVISIONS]
    assert isinstance(found[-1], IncidentRevision)
    return found[-1]


def test_there_is_something_recorded() -> None:
    assert VERSIONS
    for version in VERSIONS:
        assert {m.topic for m in kept(version)} == {*CONTRACTS, STATE}


@each_version
def test_every_stage_takes_what_the_stage_before_it_wrote_then(version: str) -> None:
    for topic, message in _messages(version):
        record = _decoded(topic, message.value)
        for stage in PIPELINE:
            if stage.consumes is topic:
                assert list(stage.run(record))


@each_version
def test_fields_added_later_are_passed_over(version: str) -> None:
    for topic, message in _messages(version):
        more = orjson.dumps(_with_more(orjson.loads(message.value or b"")))
        assert _decoded(topic, more) == _decoded(topic, message.value)


@each_version
def test_fields_that_did_not_exist_yet_are_not_missed(version: str) -> None:
    for topic, message in _messages(version):
        value = orjson.loads(message.value or b"")
        optional = [k for k in value if not topic.contract.model_fields[k].is_required()]
        for name in optional:
            _decoded(topic, orjson.dumps({k: v for k, v in value.items() if k != name}))


@each_version
def test_the_table_is_read_and_merged_with_what_comes_now(version: str) -> None:
    known = _known(version)
    merger = Merger(_state(version))

    for topic, message in _messages(version):
        if topic is topics.INCIDENT_REPORTS:
            report = _decoded(topic, message.value)
            assert isinstance(report, IncidentReport)
            assert merger.add(report).revisions == ()
    (revision,) = merger.add(_third(version)).revisions

    assert revision.incident_id == known.incident_id
    assert revision.revision == known.revision + 1
    assert {a.article_id for a in revision.articles} > {a.article_id for a in known.articles}


@each_version
def test_a_table_with_fields_added_later_is_read(version: str) -> None:
    for packed in _state(version).values():
        value = orjson.loads(bytes(cramjam.zstd.decompress(packed)))
        more = bytes(cramjam.zstd.compress(orjson.dumps(_with_more(value))))
        assert unpack(more) == unpack(packed)


def _opened(schema: Any) -> Any:
    """Return a published schema as its reader applied it: fields it does not know do no harm."""
    if isinstance(schema, dict):
        closed = {"additionalProperties", "unevaluatedProperties"}
        return {k: _opened(v) for k, v in schema.items() if k not in closed or v is not False}
    return [_opened(v) for v in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_written_now_satisfies_every_published_version(name: str) -> None:
    written = [
        json.loads(_decoded(topic, message.value).to_json())
        for topic, message in _messages(VERSIONS[-1])
        if topic.contract is PUBLISHED[name]
    ]
    for path in sorted((SCHEMAS / name).glob("*.json")):
        validator = Draft202012Validator(_opened(json.loads(path.read_text("utf-8"))))
        for value in written:
            assert [e.message for e in validator.iter_errors(value)] == []
    assert written


async def _restore(line: Line, version: str) -> None:
    """Put back what lay in Kafka, each message into its partition."""
    async with producer(line.broker, max_request_size=8 << 20) as sender:
        for one in kept(version):
            await sender.send_and_wait(
                one.topic,
                one.value,
                key=one.key,
                partition=one.partition,
                headers=list(one.headers),
            )


async def _newest(broker: Broker, incident: str) -> IncidentRevision:
    """Wait until an incident holds the later article and return its revision then."""
    async with asyncio.timeout(60):
        while True:
            for message in await read(broker, topics.INCIDENT_REVISIONS.name):
                one = IncidentRevision.from_json(message.value or b"")
                articles = {a.article_id for a in one.articles}
                if one.incident_id == incident and LATER in articles:
                    return one
            await asyncio.sleep(0.2)


@pytest.mark.kafka
@each_version
async def test_a_worker_goes_on_where_a_worker_of_that_version_stopped(
    version: str, tmp_path: Path
) -> None:
    with brokers() as broker:
        line = Line(broker, tmp_path)
        await line.prepare()
        await _restore(line, version)
        before = len(await read(broker, topics.INCIDENT_REVISIONS.name))
        try:
            worker = await line.start()
            async with producer(broker) as sender:
                value = _third(version).to_json()
                await sender.send_and_wait(topics.INCIDENT_REPORTS.name, value, key=b"IQ")
            await until(broker, topics.INCIDENT_REVISIONS.name, before + 1)
            newest = await _newest(broker, _known(version).incident_id)
            letters = [m for t in topics.dead_letter_topics() for m in await read(broker, t)]
            assert worker.stop() == 0
        finally:
            line.close()

    assert newest.revision > _known(version).revision
    assert newest.status == "updated"
    assert letters == []


def _reason(port: int) -> list[str]:
    """Return why a worker is not ready, by its own words."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
            content = answer.read()
    except urllib.error.HTTPError as error:
        content = error.read()
    except OSError:
        return ["no answer"]
    reasons: list[str] = orjson.loads(content)["reasons"]
    return reasons


@pytest.mark.kafka
async def test_a_worker_that_reads_its_table_has_started_and_lives_but_is_not_ready(
    tmp_path: Path,
) -> None:
    (packed, *_) = _state(VERSIONS[-1]).values()
    with brokers() as broker:
        line = Line(broker, tmp_path)
        await line.prepare()
        async with producer(broker, max_request_size=8 << 20) as sender:
            for number in range(12_000):
                await sender.send(STATE, packed, key=b"IQ/%024x" % number, partition=0)
            await sender.flush()
        seen: list[str] = []
        worker = line.worker()
        try:
            worker.start()
            async with asyncio.timeout(60):
                while reasons := await asyncio.to_thread(_reason, worker.port):
                    seen += [one for one in reasons if one not in seen]
                    if "recovering the table" in reasons:
                        assert worker.healthy("startup")
                        assert worker.healthy("live")
            assert worker.stop() == 0
        finally:
            line.close()

    assert "recovering the table" in seen
