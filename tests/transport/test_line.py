"""What goes through the topics of a running worker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from schemas import Article, IncidentReport
from streams import topics
from streams.commands.process import inputs
from streams.commands.process import run as run_stages
from streams.pipeline import ENTITIES, INCIDENTS, PIPELINE, SEGMENTATION, TRANSLATION
from streams.reception import receive
from streams.transport.stage import key_of
from tests.broker import producer, read, send, until
from tests.delivery.harness import Line, article

pytestmark = pytest.mark.kafka
SAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "samples" / "articles.jsonl"

BAD = {
    "not-json": (b"{", "value: not JSON"),
    "not-utf-8": (b'{"text": "\xff"}', "value: not UTF-8 at byte"),
    "not-an-object": (b'["text"]', "value: not a JSON object"),
    "no-text": (b'{"title": "x"}', "text: the field is required"),
    "empty-text": (b'{"text": ""}', "text: empty"),
    "white-text": (b'{"text": " \\n\\t"}', "text: empty or only white space"),
    "wrong-type": (b'{"text": 7}', "text: must be a string"),
    "surrogate": (b'{"text": "\\ud800"}', "value: not JSON"),
    "nul": (b'{"text": "a\\u0000b"}', "text: NUL character at 1"),
    "too-long": (orjson.dumps({"text": "x" * ((1 << 20) + 1)}), "text: 1048577 bytes"),
    "broken-date": (b'{"text": "x", "published_at": "yesterday"}', "published_at: "),
    "empty": (b"", "value: the message is empty"),
    "null": (None, "value: the message is empty"),
}


def _header(record: Any, name: str) -> str:
    return next((v.decode() for n, v in record.headers if n == name), "")


async def _one(line: Line, topic: str, key: str, *, seconds: float = 60.0) -> Any:
    """Wait for the message with a key."""
    count = 1
    while True:
        found = await until(line.broker, topic, count, seconds=seconds)
        for record in found:
            if record.key == key.encode():
                return record
        count = len(found) + 1


@pytest.fixture
async def samples(running: Line) -> list[list[Any]]:
    """Send the samples and return what each stage makes of each by itself."""
    made = [run_stages(line.article(), PIPELINE, {}) for line in inputs([SAMPLES])]
    values = [(m[0].article_id.encode(), m[0].to_json()) for m in made]
    await send(running.broker, topics.ARTICLES.name, values)
    return made


async def test_the_topics_hold_the_same_bytes_as_the_functions_give(
    running: Line, samples: list[list[Any]]
) -> None:
    for stage, place in ((SEGMENTATION, 1), (TRANSLATION, 2), (ENTITIES, 3)):
        for made in samples:
            record = await _one(running, stage.produces.name, made[0].article_id)
            assert record.value == made[place].to_json()
    wanted = [m for made in samples for m in made if isinstance(m, IncidentReport)]
    found = await until(running.broker, INCIDENTS.produces.name, len(wanted))
    ours = {m[0].article_id for m in samples}
    told = {
        r.value for r in found if IncidentReport.from_json(r.value).articles[0].article_id in ours
    }
    assert told == {report.to_json() for report in wanted}
    assert {r.key for r in found if r.value in told} == {
        key_of(report, topics.INCIDENT_REPORTS) for report in wanted
    }


async def test_a_message_keeps_its_key_and_says_what_it_is(
    running: Line, samples: list[list[Any]]
) -> None:
    record = await _one(running, ENTITIES.produces.name, samples[0][0].article_id)
    assert _header(record, "content-type") == "application/json"
    assert _header(record, "ce_specversion") == "1.0"
    assert _header(record, "ce_subject") == samples[0][0].article_id
    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-01", _header(record, "traceparent"))


async def test_one_trace_goes_through_all_stages(running: Line) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    value = Article(text="One bomb in Mosul.", article_id="traced").to_json()
    async with producer(running.broker) as sender:
        headers = [("traceparent", f"00-{trace}-b7ad6b7169203331-01".encode())]
        await sender.send_and_wait(topics.ARTICLES.name, value, key=b"traced", headers=headers)
    for stage in PIPELINE[:3]:
        record = await _one(running, stage.produces.name, "traced")
        assert _header(record, "traceparent").split("-")[1] == trace


@pytest.mark.parametrize("name", BAD)
async def test_bad_input_becomes_a_dead_letter_byte_for_byte(running: Line, name: str) -> None:
    value, reason = BAD[name]
    good = [article(n) for n in (1_000_001, 1_000_002)]
    key = f"bad-{name}".encode()
    await send(running.broker, topics.ARTICLES.name, [good[0], (key, value), good[1]])

    letter = await _one(running, topics.ARTICLES.dead_letters, key.decode())

    assert letter.value == value
    assert _header(letter, "kafka_dlt-exception-message").startswith(reason)
    assert _header(letter, "kafka_dlt-original-topic") == topics.ARTICLES.name
    assert _header(letter, "kafka_dlt-original-partition").isdecimal()
    assert _header(letter, "kafka_dlt-original-offset").isdecimal()
    assert _header(letter, "x-stage") == "segmentation"
    assert _header(letter, "x-attempts") == "1"
    for good_key, _ in good:
        await _one(running, ENTITIES.produces.name, good_key.decode())


@pytest.mark.parametrize("topic", topics.CONSUMED[1:], ids=lambda t: t.name)
async def test_poison_in_any_topic_is_set_aside_and_the_rest_goes_on(
    running: Line, topic: topics.Topic
) -> None:
    poison = b'{"text": 1, "broken": "\xc3\xa9"}'
    await send(running.broker, topic.name, [(b"poison", poison)])

    letter = await _one(running, topic.dead_letters, "poison")

    assert letter.value == poison
    assert _header(letter, "x-error-kind") == "contract_violation"
    await send(running.broker, topics.ARTICLES.name, [article(2_000_000)])
    await _one(running, ENTITIES.produces.name, "article-2000000")


async def test_strange_but_lawful_text_comes_through(running: Line) -> None:
    text = "\u202bخبر عاجل\u202c\u200c \u2066#بغداد\u2069\r\nline\u2028two\rthree 𐎀𒀀 ﷽ \ufeff"
    value = orjson.dumps({"article_id": "strange", "text": text})
    assert receive(value).text == text
    await send(running.broker, topics.ARTICLES.name, [(b"strange", value), (b"strange", value)])
    record = await _one(running, ENTITIES.produces.name, "strange")
    assert orjson.loads(record.value)["text"] == text
    letters = await read(running.broker, topics.ARTICLES.dead_letters)
    assert b"strange" not in {r.key for r in letters}
