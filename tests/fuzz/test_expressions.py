"""No regular expression of the project runs away, and the line as a whole takes linear time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import orjson
import pytest

from schemas import Contract
from streams.pipeline import PIPELINE
from streams.reception import receive
from streams.warm import warm_up
from tests.fuzz.test_fuzz import _PIECES

LENGTH = 2000
"""Stages look at stretches of text of about this length at most, not at whole articles."""
SECONDS = 0.5
"""Longest time to find everything in so much hostile text."""
GROWTH = 8.0
"""Four times the text may take so many times as long: 4 is linear, 16 is quadratic."""
_AROUND = ("A bomb killed ", " people in Baghdad. قتل ")


@pytest.fixture(scope="module")
def expressions() -> list[re.Pattern[str]]:
    """Return all expressions that the project compiles."""
    command = [sys.executable, "-m", "tests.fuzz.expressions"]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [re.compile(*json.loads(line)) for line in lines.splitlines()]


def _hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield what is repeated: pieces for all, and the letters that the expression itself names."""
    yield from _PIECES
    letters = sorted({c for c in pattern.pattern if c.isalnum() or c in ' ,.-"' or ord(c) > 127})
    yield from letters[:10]
    yield from ("1 ", "a ", "و ", "a,", "1,", "a-", "A b ", "ab" * 8 + " ")


def _seconds(pattern: re.Pattern[str], piece: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length] + "!"
    begun = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - begun


def _worst(pattern: re.Pattern[str]) -> str | None:
    """Return the piece on which an expression runs away, if it does."""
    for piece in _hostile(pattern):
        for length in (20, 60, LENGTH):
            if (took := _seconds(pattern, piece, length)) > SECONDS:
                return f"{piece[:20]!r}, {length} characters: {took:.3f} s"
    return None


@pytest.mark.timeout(1500)
def test_no_expression_runs_away_on_hostile_text(expressions: list[re.Pattern[str]]) -> None:
    assert len(expressions) > 50
    found = {one.pattern[:80]: worst for one in expressions if (worst := _worst(one))}
    assert found == {}


def test_an_expression_that_runs_away_is_seen() -> None:
    tame, wild = (_seconds(re.compile(one), "a", 400) for one in (r"a*b", r"a*a*b"))
    assert wild > 10 * tame


def _line_seconds(piece: str, length: int) -> float:
    """Return the time of the whole line for hostile text where words tell of an attack."""
    text = _AROUND[0] + (piece * (length // len(piece) + 1))[:length] + _AROUND[1]
    values: list[Contract] = [receive(orjson.dumps({"text": text}))]
    begun = time.thread_time()
    for stage in PIPELINE:
        values = [made for value in values for made in stage.run(value)]
    return time.thread_time() - begun


@pytest.mark.parametrize("piece", ["9", "9 ", "99, ", "a-", "Ab ", "and ", "مئة ", "و", "("])
def test_the_line_takes_time_in_proportion_to_hostile_text(piece: str) -> None:
    warm_up()
    short, long = _line_seconds(piece, 10_000), _line_seconds(piece, 40_000)
    assert long < 0.2 + GROWTH * short
