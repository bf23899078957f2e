"""Dead letters and replays against a running worker."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from streams import topics
from streams.__main__ import app
from tests.broker import brokers, read, send, until
from tests.delivery.harness import Line, article, incident_row, reports

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]
SAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "samples"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Start Kafka and a worker that is ready."""
    with brokers() as broker:
        one = Line(broker, tmp_path_factory.mktemp("line"))
        asyncio.run(one.prepare())
        asyncio.run(one.start())
        try:
            yield one
        finally:
            one.close()


@pytest.fixture
def rejected(running: Line) -> Line:
    """Send two bad articles and wait for their dead letters."""
    bad = [(b"bad-json", b"{"), (b"bad-text", b'{"text": ""}')]
    asyncio.run(send(running.broker, topics.ARTICLES.name, bad))
    asyncio.run(until(running.broker, topics.ARTICLES.dead_letters, 2))
    return running


def _run(one: Line, *arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments, "--broker", one.broker.url])
    assert done.exit_code == 0, done.output
    return done.stdout + done.stderr


def test_letters_are_listed_by_stage_reason_and_time(rejected: Line) -> None:
    lines = _run(rejected, "dead-letters", "list", "--json").splitlines()
    found = [orjson.loads(one) for one in lines if one.startswith("{")]
    assert {one["kind"] for one in found} >= {"undecodable_message", "contract_violation"}
    for options, count in (
        (("--reason", "not JSON"), 1),
        (("--stage", "entities"), 0),
        (("--topic", "news.article.v1"), 2),
        (("--to", "2020-01-01"), 0),
        (("--from", "2020-01-01", "--reason", "contract_violation"), 1),
    ):
        some = _run(rejected, "dead-letters", "list", "--json", *options).splitlines()
        first = {orjson.loads(one)["original"] for one in some if one.startswith("{")}
        assert len(first) >= count if count else not first


def test_a_letter_is_shown_as_it_came(rejected: Line) -> None:
    lines = _run(rejected, "dead-letters", "list", "--json", "--reason", "not JSON").splitlines()
    name = orjson.loads(lines[0])["letter"]
    shown = orjson.loads(_run(rejected, "dead-letters", "show", name))
    assert (shown["key"], shown["value"]) == ("bad-json", "{")
    assert shown["headers"]["x-stage"] == "segmentation"
    missing = CliRunner().invoke(
        app, ["dead-letters", "show", "news.article.v1-dlt/0/999", "--broker", rejected.broker.url]
    )
    assert missing.exit_code == 1


def test_a_replayed_letter_that_fails_again_counts_its_attempts(rejected: Line) -> None:
    said = _run(rejected, "dead-letters", "replay", "--reason", "not JSON", "--dry-run")
    assert "would be sent once more" in said
    before = len(asyncio.run(read(rejected.broker, topics.ARTICLES.dead_letters)))
    _run(rejected, "dead-letters", "replay", "--reason", "not JSON")
    after = asyncio.run(until(rejected.broker, topics.ARTICLES.dead_letters, before + 1))
    attempts = {dict(r.headers)["x-attempts"] for r in after if r.key == b"bad-json"}
    assert attempts >= {b"1", b"2"}
    assert {r.value for r in after if r.key == b"bad-json"} == {b"{"}


def test_a_replay_of_reports_changes_no_incident(running: Line) -> None:
    told = reports(30)
    keyed = [(r.place.country_code.encode(), r.to_json()) for r in told]
    asyncio.run(send(running.broker, topics.INCIDENT_REPORTS.name, keyed))
    row = asyncio.run(incident_row(running, told, "once"))
    assert (row.lost, row.doubled) == (0, 0)
    revisions = len(asyncio.run(read(running.broker, topics.INCIDENT_REVISIONS.name)))
    options = ("--topic", topics.INCIDENT_REPORTS.name, "--from", "2020-01-01")
    assert "30 messages would" in _run(running, "replay", *options, "--dry-run")
    assert "30 messages sent" in _run(running, "replay", *options)
    row = asyncio.run(incident_row(running, told, "replayed"))
    assert (row.lost, row.doubled) == (0, 0)
    assert len(asyncio.run(read(running.broker, topics.INCIDENT_REVISIONS.name))) == revisions


def test_only_topics_that_a_stage_reads_are_replayed(running: Line) -> None:
    done = CliRunner().invoke(
        app, ["replay", "--topic", "news.incident.v1", "--broker", running.broker.url]
    )
    assert done.exit_code == 2


def test_samples_are_sent_and_bad_ones_are_named(running: Line, tmp_path: Path) -> None:
    said = _run(running, "send", str(SAMPLES / "articles.jsonl"))
    assert "8 sent, 0 rejected" in said
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(article(1)[1] + b"\n{}\n")
    done = CliRunner().invoke(app, ["send", str(file), "--broker", running.broker.url])
    assert done.exit_code == 1
    assert "line 2: text: the field is required" in done.output
    assert "1 sent, 1 rejected" in done.output


def test_the_topics_are_as_declared(running: Line) -> None:
    done = CliRunner().invoke(
        app,
        ["topics", "diff", "--broker", running.broker.url],
        env={"NEWS_TOPIC_PARTITIONS": "4"},
    )
    assert done.exit_code == 0, done.output
    other = CliRunner().invoke(
        app,
        ["topics", "diff", "--broker", running.broker.url],
        env={"NEWS_TOPIC_PARTITIONS": "5"},
    )
    assert other.exit_code == 1
    assert "4 partitions, 5 declared" in other.output
