"""Whatever comes, the wrapper gives records or one dead letter, quickly, and never an exception.

``FUZZ_INPUTS`` says how many inputs the long form takes, ``FUZZ_SEED`` which.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import orjson
import pytest

from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.pipeline import PIPELINE
from streams.topics import Topic
from streams.transport.dead_letters import Limit, Received
from streams.transport.delivery import Delivery
from streams.transport.stage import StageWorker
from streams.warm import warm_up
from tests.delivery.harness import article

LONG = int(os.environ.get("FUZZ_INPUTS", "200000"))
SHORT = 400
SLOWEST_SECONDS = 5.0
_PIECES = (
    "قُتل 12 شخصا", "بانفجار", "in Baghdad", "at least ٣٢ killed", "#ساحة_الطيران", "@user",
    "https://t.me/s/x", "\u202e", "\u200f", "\u200c", "\ufeff", "\u0640" * 40, "ـَـُ", "\r\n", "\t",
    "«", "»", '"', "(", ")" * 30, "—", "1/2/2021", "99999999999999999999", "0" * 200, "١٬٢٣٤",
    "<b>", "</div>", "&nbsp;", "&#x0;", "و" * 60, "ال" * 60, "a" * 300, "\U0001f9e8", "𐎀", "﷽",
    "\u0301" * 50, "said", "قال", ".", "..." * 40, "،" * 40, " " * 300, "\n" * 50, "\u2028",
    "Telegram", "اقرأ أيضا:", "Tue, 12 Mar", "Bomb", "\ue000", "\x85", "\x1f",
)  # fmt: skip
_FIELDS = ("text", "title", "url", "source", "language", "published_at", "segments", "entities")


def _text(chance: random.Random) -> str:
    return "".join(
        chance.choice(_PIECES) + chance.choice(("", " ", "\n"))
        for _ in range(chance.randrange(1, 60))
    )


def _value(chance: random.Random, depth: int = 0) -> object:
    if depth > 4 or chance.random() < 0.5:
        return chance.choice(
            (None, True, -1, 10**18, 1.5e308, "", "2021-01-21", "ar", _text(chance), [], {})
        )
    if chance.random() < 0.5:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(_FIELDS): _value(chance, depth + 1) for _ in range(chance.randrange(4))}


def _random_bytes(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(200))


def _text_article(chance: random.Random) -> bytes:
    return orjson.dumps({"text": _text(chance), "title": _text(chance)[:200]})


def _strange_object(chance: random.Random) -> bytes:
    return orjson.dumps({chance.choice(_FIELDS): _value(chance) for _ in range(4)})


def _mutated(chance: random.Random) -> bytes:
    value = bytearray(article(chance.randrange(1000))[1])
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(value))
        if chance.random() < 0.5:
            value[place] = chance.randrange(256)
        else:
            value[place:place] = chance.randbytes(chance.randrange(4))
    return bytes(value)


def _deep(chance: random.Random) -> bytes:
    depth = chance.randrange(10, 3000)
    return b'{"text": "x", "source": ' + b"[" * depth + b"]" * depth + b"}"


MAKERS: tuple[Callable[[random.Random], bytes], ...] = (
    _random_bytes, _text_article, _text_article, _strange_object, _mutated, _deep,
)  # fmt: skip


def _give_up(reason: str) -> None:
    raise AssertionError(reason)


def _workers() -> list[StageWorker]:
    def no_producer() -> object:
        raise AssertionError

    delivery = Delivery(no_producer, 1.0, _give_up)  # type: ignore[arg-type]  # never used
    return [StageWorker(one, delivery, Metrics(), Health(), Limit(1.0, 10**9)) for one in PIPELINE]


def _through(workers: list[StageWorker], topic: Topic, value: bytes) -> None:
    """Take a message from a topic through all stages that follow."""
    waiting = [(topic.name, b"key", value)]
    while waiting:
        name, key, content = waiting.pop()
        for worker in workers:
            if worker.stage.consumes.name != name:
                continue
            message = Received(name, 0, 0, 0, key, content, ())
            begun = time.monotonic()
            made = worker.process(message)
            assert time.monotonic() - begun < SLOWEST_SECONDS, content[:200]
            for one in made:
                if one.topic.endswith("-dlt"):
                    assert one.value == content
                    kind = dict(one.headers)["x-error-kind"]
                    assert kind != b"stage_rejected", (dict(one.headers), content[:2000])
                else:
                    waiting.append((one.topic, one.key or b"", one.value or b""))


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Load gazetteers and models, so that only the work itself is timed."""
    warm_up()


@pytest.mark.parametrize(
    "inputs", [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(7200)])]
)
def test_hostile_input_gives_records_or_a_dead_letter_that_is_no_fault_of_ours(
    inputs: int,
) -> None:
    chance = random.Random(os.environ.get("FUZZ_SEED", "streams"))
    workers = _workers()
    for number in range(inputs):
        value = MAKERS[number % len(MAKERS)](chance)
        _through(workers, chance.choice(PIPELINE).consumes if number % 3 == 0 else
                 PIPELINE[0].consumes, value)  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES, ids=lambda piece: ascii(piece[:6]))
def test_no_expression_is_catastrophic(piece: str) -> None:
    text = (piece * (20_000 // len(piece) + 1))[:20_000] + " قال مصدر."
    if not text.strip() or "\x00" in text:
        pytest.skip("not a text")
    _through(_workers(), PIPELINE[0].consumes, orjson.dumps({"text": text}))
