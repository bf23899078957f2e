import os
import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from streams.__main__ import app
from streams.commands import expected
from streams.commands.console import moment, shown
from streams.commands.watch import line
from streams.settings import Settings

RUN = CliRunner()
NOBODY = "kafka://127.0.0.1:9"


def _command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "streams", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_every_command_says_what_it_does() -> None:
    text = RUN.invoke(app, ["--help"]).output
    for name in ("process", "demo", "worker", "send", "watch", "topics", "settings", "replay"):
        assert name in text
        assert RUN.invoke(app, [name, "--help"]).exit_code == 0
    for name in ("list", "show", "replay"):
        assert RUN.invoke(app, ["dead-letters", name, "--help"]).exit_code == 0


def test_an_unknown_setting_is_named_with_the_remedy() -> None:
    done = _command("settings", NEWS_BORKER="kafka://x:1")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("incident-streams: NEWS_BORKER is no setting;")
    assert b"Traceback" not in done.stderr


def test_a_setting_that_breaks_its_rule_is_named() -> None:
    done = _command("settings", NEWS_TOPIC_PARTITIONS="none")
    assert done.returncode == 2
    assert b"NEWS_TOPIC_PARTITIONS: " in done.stderr


def test_settings_hide_secrets_and_know_files(tmp_path: Path) -> None:
    (tmp_path / "NEWS_SASL_PASSWORD").write_text("hush\n")
    done = _command("settings", "--json", NEWS_SECRETS_DIRECTORY=str(tmp_path))
    values = orjson.loads(done.stdout)
    assert values["NEWS_SASL_PASSWORD"] == "**********"
    assert b"hush" not in done.stdout + done.stderr


def test_the_markdown_table_has_a_row_for_every_setting() -> None:
    text = RUN.invoke(app, ["settings", "--markdown"]).stdout
    assert len(re.findall(r"^\| `NEWS_", text, re.MULTILINE)) == len(Settings.model_fields)


@pytest.mark.parametrize(
    "arguments",
    [
        ("send", "--broker", NOBODY, "-"),
        ("watch", "--broker", NOBODY),
        ("worker", "--broker", NOBODY),
        ("topics", "diff", "--broker", NOBODY),
        ("dead-letters", "list", "--broker", NOBODY),
    ],
    ids=lambda arguments: arguments[0],
)
def test_without_a_broker_there_is_one_sentence_and_status_1(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = _command(*arguments, NEWS_DATA_DIRECTORY=str(tmp_path), NEWS_WEB_PORT="0")
    said = [one for one in done.stderr.decode().splitlines() if one.startswith("incident-streams:")]
    assert done.returncode == 1
    assert len(said) == 1
    assert "127.0.0.1:9" in said[0]
    assert b"Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_named() -> None:
    done = _command("send", "nowhere.jsonl")
    assert done.returncode != 0
    assert b"nowhere.jsonl" in done.stderr
    assert b"Traceback" not in done.stderr


def test_topics_are_listed_without_a_broker() -> None:
    lines = RUN.invoke(app, ["topics", "list", "--json"]).stdout.splitlines()
    topics = {one["name"]: one for one in map(orjson.loads, lines)}
    assert topics["news.incident.v1"]["config"]["cleanup.policy"] == "compact"
    assert "news.article.v1-dlt" in topics


def test_grants_are_written_for_kafka_acls() -> None:
    text = RUN.invoke(app, ["topics", "access", "User:worker"]).stdout
    assert "--add --allow-principal User:worker" in text


def test_a_time_without_a_zone_is_utc() -> None:
    assert moment("1970-01-02") == moment("1970-01-02T00:00Z") == 86_400_000
    assert shown(86_400_000) == "1970-01-02T00:00:00.000Z"


def test_an_incident_is_one_line_for_people_and_a_record_for_machines() -> None:
    record = {
        "incident_id": "x",
        "title": "Suicide bombing in Ramadi, Iraq",
        "status": "updated",
        "revision": 3,
        "date": {"start": "2026-03-10"},
        "source_count": 2,
    }
    value = orjson.dumps(record)
    text = "2026-03-10  updated 3     Suicide bombing in Ramadi, Iraq  (2 sources)"
    assert line("x", value, as_json=False) == text
    assert orjson.loads(line("x", value, as_json=True)) == record
    assert orjson.loads(line("x", None, as_json=True))["status"] == "withdrawn"


def test_what_came_out_is_compared_with_what_must() -> None:
    record = {
        "status": "new",
        "realis": "actual",
        "title": "t",
        "sub_event_type": "Attack",
        "place": {"country_code": "IQ"},
        "casualties": [{"harm": "killed", "best": 3}],
        "articles": [{"article_id": "a"}],
    }
    found = {"1": orjson.dumps(record)}
    wanted = {"sub_event_type": "Attack", "country_code": "IQ", "killed": 3, "articles": ["a"]}
    assert expected.report([wanted], found)
    assert not expected.report([wanted | {"killed": 4}], found)
    assert not expected.report([], found)
    assert expected.report([], {"1": orjson.dumps(record | {"status": "withdrawn"})})
