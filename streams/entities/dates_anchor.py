"""The day an article speaks from where nobody says it, and the order of its dates in digits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from streams.entities import dates_calendar as calendar
from streams.entities.candidate import Passage
from streams.entities.dates_expression import Expression, Frame
from streams.entities.dates_lexicon import rules
from streams.entities.dates_reading import read

Found = Sequence[tuple[str, Expression]]
"""Expressions with the names of their rules' groups."""


def month_first(found: Found, day: dt.date | None) -> bool:
    """Return whether the article writes 3/4/2021 for March 4.

    Dates that only one order allows decide; then those that only one order puts into the month
    before the article; then the language: English with slashes has the month first.
    """
    votes = 0
    slashes = False
    for group, expression in found:
        if rules()[group].reads not in {"numeric", "short"}:
            continue
        first, second, *rest = expression.tokens[-1].value
        if first > 31:
            continue
        token = expression.tokens[-1]
        slashes = slashes or "/" in expression.text[token.start : token.end]
        votes += (second > 12) - (first > 12)
        if rest and day and first <= 12 and second <= 12:
            year = calendar.full_year(rest[0])
            votes += _close(year, first, second, day) - _close(year, second, first, day)
    if votes:
        return votes > 0
    return slashes and not any(_arabic(e.text) for _, e in found)


def _close(year: int, month: int, number: int, day: dt.date) -> bool:
    span = calendar.day(year, month, number)
    return span is not None and 0 <= (day - span[0]).days <= 31


def _arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text[:200])


def inferred(
    passages: Sequence[Passage], layers: Sequence[Found], *, order: bool
) -> dt.date | None:
    """Return the day an undated article speaks from.

    That is the newest day of its embedded posts, else of its datelines, else of all full dates
    in it; where the text says "today, Friday" or "yesterday, Thursday", the nearest day that
    agrees, rather later than earlier.
    """
    posted = [p.segment.post.posted_at for p in passages if p.segment.post]
    days = [day for day in posted if day is not None]
    days = days or list(_absolute(passages, layers, order=order, datelines=True))
    days = days or list(_absolute(passages, layers, order=order, datelines=False))
    if not days:
        return None
    newest = max(days)
    for number in _said_today(layers):
        near = [calendar.shift(newest, by) for by in (0, 1, -1, 2, 3, -2, 4)]
        return next((d for d in near if d is not None and d.weekday() == number), newest)
    return newest


def _absolute(
    passages: Sequence[Passage], layers: Sequence[Found], *, order: bool, datelines: bool
) -> Iterator[dt.date]:
    """Yield the days that the text gives in full, all or only those of datelines."""
    for passage, layer in zip(passages, layers, strict=True):
        line = passage.segment.dateline
        if datelines and line is None:
            continue
        for group, expression in layer:
            start, _ = passage.span(expression.start, expression.end)
            if datelines and line is not None and start >= line.end:
                continue
            reading = read(rules()[group].reads, expression, Frame(None, order))
            if reading and reading.span and reading.precision == "day":
                yield reading.span[1]


def _said_today(layers: Sequence[Found]) -> Iterator[int]:
    """Yield the weekday of the day the text speaks from, where an expression gives both."""
    for layer in layers:
        for group, expression in layer:
            number, offset = expression.one("W"), expression.one("D")
            if rules()[group].reads == "word" and number is not None and offset is not None:
                yield (number - offset) % 7
