"""Finds date expressions and says which days they mean, and from which day the article speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

from schemas import DateValue
from schemas.entity import DateAnchor
from streams.entities.candidate import Candidate, Passage
from streams.entities.dates_anchor import inferred, month_first
from streams.entities.dates_expression import Expression, Frame, Reading
from streams.entities.dates_lexicon import grammar, rules
from streams.entities.dates_reading import read
from streams.entities.dates_tokens import tokens

AnchorDate = dt.date | None
_SHORT = 16
"""Letters of a passage's tokens up to which its reading is kept between articles."""


def find_dates(
    passages: Sequence[Passage], *, published_at: dt.datetime | None
) -> tuple[list[Candidate], AnchorDate]:
    """Return the date expressions of an article and the day it speaks from.

    Relative words count from the embedded post's own day inside a post, else from
    ``published_at``, else from a day inferred from what is dated and the days of the week.
    An expression that needs such a day where there is none has no ``date``.
    """
    layers, day = dates_by_passage(passages, published_at=published_at)
    return [candidate for layer in layers for candidate in layer], day


def dates_by_passage(
    passages: Sequence[Passage], *, published_at: dt.datetime | None
) -> tuple[list[list[Candidate]], AnchorDate]:
    """Return what `find_dates` does, with one list for each passage."""
    found = [tuple(_expressions(passage)) for passage in passages]
    every = [(rule, e) for layer in found for rule, e in layer]
    day = published_at.date() if published_at else None
    kind: DateAnchor = "published_at"
    order = month_first(every, day)
    if day is None and every:
        day, kind = inferred(passages, found, order=order), "inferred"
    layers = [
        list(_candidates(passage, layer, Frame(day, order), kind))
        for passage, layer in zip(passages, found, strict=True)
    ]
    return layers, day


def _expressions(passage: Passage) -> Iterator[tuple[str, Expression]]:
    """Yield the expressions of a passage that the grammar knows, each with its rule's group."""
    text = passage.folded.text
    run = tokens(text, passage.words)
    if not run.found:
        return

    def capital(position: int) -> bool:
        return passage.text[passage.folded.source(position)].isupper() or text[position] > "z"

    for group, begin, finish in _parsed(run.code):
        code, mine = run.code[begin:finish], run.found[begin // 2 : (finish + 1) // 2]
        end = mine[-1].end
        if "(" in code and text[end : end + 1] in {")", "]"}:
            end += 1
        yield group, Expression(text, mine, code, mine[0].start, end, capital)


def _parsed(code: str) -> tuple[tuple[str, int, int], ...]:
    """Return what the grammar finds in a passage's tokens: a rule's group and a span of letters."""
    return _remembered(code) if len(code) <= _SHORT else tuple(_parse(code))


@lru_cache(maxsize=4096)
def _remembered(code: str) -> tuple[tuple[str, int, int], ...]:
    """Return what `_parse` does; most passages have a token or two, and the same ones."""
    return tuple(_parse(code))


def _parse(code: str) -> Iterator[tuple[str, int, int]]:
    for match in grammar().finditer(code):
        if match.start() % 2 == 0 and match.lastgroup:
            yield match.lastgroup, match.start(), match.end()


def _candidates(
    passage: Passage, found: Sequence[tuple[str, Expression]], frame: Frame, kind: DateAnchor
) -> Iterator[Candidate]:
    post = passage.segment.post
    if post is not None and post.posted_at is not None:
        frame.anchor, kind = post.posted_at, "post"
    for group, expression in found:
        rule = rules()[group]
        reading = read(rule.reads, expression, frame)
        if reading is None:
            continue
        if reading.span and reading.precision == "day" and reading.span[0] == reading.span[1]:
            frame.told = reading.span[0]
        begin = expression.start if reading.start is None else reading.start
        end_ = expression.end if reading.end is None else reading.end
        start, end = passage.span(begin, end_)
        sure = 0.6 if reading.span is None else 0.9 if reading.relative else 0.97
        date = _value(reading, frame.anchor, kind)
        yield Candidate(
            start=start, end=end, type="date", confidence=sure, rule=f"date.{rule.id}", date=date
        )


def _value(reading: Reading, anchor: dt.date | None, kind: DateAnchor) -> DateValue | None:
    if reading.span is None:
        return None
    return DateValue(
        start=reading.span[0],
        end=reading.span[1],
        precision=reading.precision,
        anchor=kind if reading.relative else "absolute",
        anchor_date=anchor if reading.relative else None,
    )
