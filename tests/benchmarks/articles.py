"""Generated news articles: Arabic, English and mixed, of the lengths that news has.

Sentences stand in ``sentences.toml``.  The same number gives the same article each time.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import orjson

Language = Literal["arabic", "english", "mixed"]
SEED_CHARACTERS = 3300
"""Length of a longer agency report; rates are given for articles of this length."""
MEDIAN, SPREAD, SHORTEST, LONGEST = 2200, 0.7, 250, 20_000
"""Lengths are log-normal: the median, the deviation of the logarithm, and the ends."""
_TURNS: tuple[Language, ...] = ("arabic", "english", "arabic", "mixed")
_START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))


def text(number: int, *, characters: int | None = None, language: Language | None = None) -> str:
    """Return an article's text; ``characters`` fixes its length exactly."""
    draw = random.Random(number)  # the same articles each time
    language = language or _TURNS[number % len(_TURNS)]
    wanted = characters or int(draw.lognormvariate(0, SPREAD) * MEDIAN)
    wanted = characters or min(max(wanted, SHORTEST), LONGEST)
    lines, length = [], 0
    for line in _lines(draw, language):
        lines.append(line)
        length += len(line) + 1
        if length > wanted:
            break
    whole = "\n".join(lines)
    return whole[:characters] if characters else whole


def _lines(draw: random.Random, language: Language) -> Iterator[str]:
    main = "english" if language == "english" else "arabic"
    yield _filled(draw, main, "dateline") + _filled(draw, main, "lead")
    while True:
        for _ in range(2):
            yield _filled(draw, main, "paragraph")
            yield _filled(draw, main, "plain")
        if draw.random() < 0.3:
            other = "english" if language == "mixed" else main
            yield _filled(draw, other, draw.choice(("post", "related")))


def _filled(draw: random.Random, language: str, kind: str) -> str:
    lists = _sentences()[language]
    template = lists[kind] if isinstance(lists[kind], str) else draw.choice(lists[kind])
    city = draw.choice(lists["city"])
    return str(template).format(
        city=city,
        CITY=city.upper(),
        n=draw.randint(3, 10),
        m=draw.randint(11, 60),
        day=draw.randint(1, 28),
        year=draw.randint(2015, 2025),
        handle=f"basin_{draw.randint(1, 99)}",
        code="".join(draw.choices("abcdefghijkmnpqrstuvwxyz", k=8)),
        tag=draw.choice(("Iraq", "breaking", "العراق", "عاجل")),
        **{name: draw.choice(lists[name]) for name in ("weekday", "month", "group", "person")},
    )


def message(
    number: int, *, characters: int | None = None, copy: int | None = None
) -> tuple[bytes, bytes]:
    """Return key and value of an article's message; its id stands first and has one length.

    Each article is of two hours later than the one before, so incidents close as in a real feed.
    ``copy`` gives the id another number, so that a text can be sent many times.
    """
    name = f"article-{number if copy is None else copy:09d}"
    value = {
        "article_id": name,
        "text": text(number, characters=characters),
        "source": f"feed-{number % 50}",
        "published_at": (_START + dt.timedelta(hours=2 * (number % 100_000))).isoformat(),
    }
    return name.encode(), orjson.dumps(value)
