"""Whatever comes, the wrapper gives records or one dead letter, quickly, and never an exception.

``FUZZ_INPUTS`` says how many inputs the long form takes, ``FUZZ_SEED`` which.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import orjson
import pytest

from streams.pipeline import PIPELINE
from streams.warm import warm_up
from tests.delivery.harness import article
from tests.fuzz.line import through, workers

ROOT = Path(__file__).parents[2]
LONG = int(os.environ.get("FUZZ_INPUTS", "200000"))
SHORT = 400
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
    line = workers()
    for number in range(inputs):
        value = MAKERS[number % len(MAKERS)](chance)
        through(line, chance.choice(PIPELINE).consumes if number % 3 == 0 else
                 PIPELINE[0].consumes, value)  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES, ids=lambda piece: ascii(piece[:6]))
def test_no_expression_is_catastrophic(piece: str) -> None:
    text = (piece * (20_000 // len(piece) + 1))[:20_000] + " قال مصدر."
    if not text.strip() or "\x00" in text:
        pytest.skip("not a text")
    through(workers(), PIPELINE[0].consumes, orjson.dumps({"text": text}))


@pytest.mark.parametrize(
    "inputs", [2000, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(7200)])]
)
def test_mutations_that_reach_new_code_find_no_fault(inputs: int, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        missing = "atheris is not installed; it has wheels for Linux only"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    command = [sys.executable, "-m", "tests.fuzz.guided", f"-runs={inputs}", "-seed=1"]
    command += [f"-artifact_prefix={tmp_path}/", "-rss_limit_mb=4096", str(tmp_path / "corpus")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert f"Done {inputs} runs" in done.stderr
