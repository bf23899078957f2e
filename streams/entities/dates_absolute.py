"""Dates by the calendar: days, months and years, with what is left out filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from hijridate import Hijri

from streams.entities import dates_calendar as calendar
from streams.entities.dates_calendar import Span
from streams.entities.dates_expression import Expression, Frame, Reading

_NO_NOUN = re.compile(
    r" (?:and|at|in|of|by|when|after|the|a|he|she|they|as|to|with|but|near|on|for)(?!\w)"
)


def _numeric(e: Expression, frame: Frame) -> Reading | None:
    numbers = e.tokens[-1].value
    if numbers[0] > 31:
        span = calendar.day(*numbers)
    else:
        first, second, year = numbers[0], numbers[1], calendar.full_year(numbers[2])
        spans = [calendar.day(year, second, first), calendar.day(year, first, second)]
        if frame.month_first:
            spans.reverse()
        span = _likelier(spans, frame)
    return Reading(span, "day") if span else None


def _likelier(spans: list[Span | None], frame: Frame) -> Span | None:
    """Return the first reading, or the other where only that lies close before the anchor."""
    possible = [span for span in spans if span is not None]
    if len(possible) == 2 and frame.anchor:
        close = [s for s in possible if -7 <= (frame.anchor - s[0]).days <= 31]
        if len(close) == 1:
            return close[0]
    return possible[0] if possible else None


def _short(e: Expression, frame: Frame) -> Reading | None:
    first, second = e.tokens[-1].value
    month, day = (first, second) if frame.month_first and first <= 12 else (second, first)
    return _in_year([(month, day)], e, frame)


def _hijri(e: Expression, frame: Frame) -> Reading | None:
    month, year, number = e.one("H") or 1, e.one("Y"), e.one("N")
    relative = year is None
    if year is None:
        if frame.anchor is None:
            return Reading(None, "day" if number else "month", relative=True)
        year = _hijri_year(frame.anchor, month)
    if not 1300 <= year <= 1500:
        return None
    try:
        first = Hijri(year, month, number or 1)
        last = number or first.month_length()
        start, end = first.to_gregorian(), Hijri(year, month, last).to_gregorian()
    except (ValueError, OverflowError):
        return None
    span = dt.date(*start.datetuple()), dt.date(*end.datetuple())
    return Reading(span, "day" if number else "month", relative)


def _hijri_year(anchor: dt.date, month: int) -> int:
    """Return the year of the last such month begun before the anchor."""
    for year in range(1500, 1343, -1):
        if Hijri(year, month, 1).to_gregorian() <= anchor:
            return year
    return 1343


def _days(e: Expression, frame: Frame) -> Reading | None:
    """Read days of months with or without a year, one or from one to another."""
    numbers, months, years = e.values("N"), _months_of(e), e.values("Y")
    if e.code[0] in "Mm" and not years and _is_count(e):
        alone = replace(e, tokens=e.tokens[:1], code=e.code[:1], end=e.tokens[0].end)
        reading = _months(alone, frame)
        return reading and replace(reading, end=alone.end)
    if not months or not all(1 <= n <= 31 for n in numbers):
        return None
    pairs = [(months[min(i, len(months) - 1)], n) for i, n in enumerate(numbers)]
    if not years:
        return _in_year(pairs, e, frame)
    spans = [
        calendar.day(years[min(i, len(years) - 1)], month, number)
        for i, (month, number) in enumerate(pairs)
    ]
    if len(spans) == 2 and len(years) == 1 and pairs[0] > pairs[1]:
        spans[0] = calendar.day(years[0] - 1, *pairs[0])
    return _joined(spans, relative=False)


def _is_count(e: Expression) -> bool:
    """Whether "in March 12 soldiers" counts soldiers: a month after "in", then a noun."""
    follows = e.text[e.end : e.end + 2]
    in_month = e.text[max(0, e.start - 3) : e.start] == "in "
    return in_month and follows[:1] == " " and follows[1:].isalpha()


def _months_of(e: Expression) -> list[int]:
    """Return the months; of a pair of names for one month the first."""
    found: list[int] = []
    for at, token in enumerate(e.tokens):
        if token.kind in "Mm":
            paired = at and e.tokens[at - 1].kind in "Mm" and e.code[2 * at - 1] in "/(_"
            if not (paired and e.tokens[at - 1].value == token.value):
                found.append(token.value)
    return found


def _in_year(pairs: list[tuple[int, int]], e: Expression, frame: Frame) -> Reading | None:
    """Read days without a year: the last up to a week after the anchor, or the next to come.

    A weekday beside the day decides for the year to come where only that one agrees.
    """
    anchor = frame.anchor
    if anchor is None:
        return Reading(None, "day", relative=True) if calendar.day(2000, *pairs[-1]) else None
    past = e.one("L") is not None
    year = calendar.nearest_year(anchor, *pairs[-1], ahead=0 if past else 7)
    last, following = (calendar.day(y, *pairs[-1]) for y in (year, year + 1))
    number = e.one("Ww")
    agrees = [span is not None and span[0].weekday() == number for span in (last, following)]
    if last is not None and last[0] < anchor and not past:
        year += agrees == [False, True] or (e.is_ahead() and agrees != [True, False])
    years = [year - (pair > pairs[-1]) for pair in pairs]
    spans = [calendar.day(y, *pair) for y, pair in zip(years, pairs, strict=True)]
    return _joined(spans, relative=True)


def _joined(spans: list[Span | None], *, relative: bool) -> Reading | None:
    first, last = spans[0], spans[-1]
    if first is None or last is None or last[1] < first[0]:
        return None
    return Reading((first[0], last[1]), "day", relative)


def _months(e: Expression, frame: Frame) -> Reading | None:
    months, year = _months_of(e), e.one("Y")
    if not all(1 <= m <= 12 for m in months):
        return None
    if year is not None:
        first, last = calendar.month(year, months[0]), calendar.month(year, months[-1])
        if first is None or last is None or last < first:
            return None
        return Reading((first[0], last[1]), "month")
    if not _is_month(e, months):
        return None
    if frame.anchor is None:
        return Reading(None, "month", relative=True)
    return Reading(_last_month(frame.anchor, months[0], e), "month", relative=True)


def _is_month(e: Expression, months: list[int]) -> bool:
    """Whether a month without a year is one and no other word: by its place and its capital."""
    if len(e.tokens) == len(months) and not (e.before("month") and e.capital(e.start)):
        return False
    return all(e.capital(t.start) for t in e.tokens if t.kind == "m")


def _last_month(anchor: dt.date, month: int, e: Expression) -> Span | None:
    """Return the last such month that has begun, or the one that a direction names."""
    if e.one("F") is not None:
        return calendar.month(anchor.year + (month <= anchor.month), month)
    if e.one("TC") is not None:
        return calendar.month(anchor.year, month)
    past = month < anchor.month or (month == anchor.month and e.one("L") is None)
    return calendar.month(anchor.year if past else anchor.year - 1, month)


def _numbered(e: Expression, frame: Frame) -> Reading | None:
    """Read a day of the month by its number alone: "the 13th", "13 الجاري"."""
    token = next(t for t in e.tokens if t.kind == "N")
    if not 1 <= token.value <= 31:
        return None
    if len(e.tokens) == 1 and not (token.ordinal and _stands_as_day(e)):
        return None
    if e.code[0] in "Ww" and not token.ordinal and e.code[1] != "(":
        return None
    if frame.anchor is None:
        return Reading(None, "day", relative=True)
    by = -1 if e.one("L") is not None else 0
    month = calendar.shifted_month(frame.anchor, by)
    if month and by == 0 and e.one("TC") is None and token.value > frame.anchor.day + 7:
        month = calendar.shifted_month(frame.anchor, -1)
    span = month and calendar.day(month[0].year, month[0].month, token.value)
    return Reading(span, "day", relative=True) if span else None


def _stands_as_day(e: Expression) -> bool:
    led = e.text[max(0, e.start - 12) : e.start].endswith(
        ("on the ", "since the ", "until the ", "by the ", "of the ")
    )
    follows = e.text[e.end : e.end + 8]
    return led and (not follows[:1].isspace() or bool(_NO_NOUN.match(follows)))


def _years(e: Expression, _: Frame) -> Reading | None:
    years = e.values("Y")
    if not e.before("year") and len(years) == 1:
        return None
    if not all(1500 <= y <= 2100 for y in years) or years[-1] < years[0]:
        return None
    first, last = calendar.year(years[0]), calendar.year(years[-1])
    return Reading((first[0], last[1]), "year") if first and last else None


def _decade(e: Expression, _: Frame) -> Reading | None:
    first = e.one("Z") or 1900
    return Reading((dt.date(first, 1, 1), dt.date(first + 9, 12, 31)), "year")


READINGS: dict[str, Callable[[Expression, Frame], Reading | None]] = {
    "numeric": _numeric, "short": _short, "hijri": _hijri, "days": _days, "months": _months,
    "numbered": _numbered, "years": _years, "decade": _decade,
}  # fmt: skip
"""How rules of the calendar are read."""
