"""Days, weeks, months and years as spans of days; the arithmetic of the date grammar."""

from __future__ import annotations

import calendar
import datetime as dt

from schemas import DateValue
from schemas.entity import DateAnchor, DatePrecision

Span = tuple[dt.date, dt.date]


def day(year: int, month: int, number: int) -> Span | None:
    """Return a day as a span; ``None`` where the calendar has no such day."""
    try:
        one = dt.date(year, month, number)
    except ValueError:
        return None
    return one, one


def month(year: int, number: int) -> Span | None:
    """Return a month as a span."""
    if not (1 <= number <= 12 and 1 <= year <= 9999):
        return None
    last = calendar.monthrange(year, number)[1]
    return dt.date(year, number, 1), dt.date(year, number, last)


def shifted_month(anchor: dt.date, by: int) -> Span | None:
    """Return the month that lies ``by`` months after the anchor's."""
    index = anchor.year * 12 + anchor.month - 1 + by
    return month(index // 12, index % 12 + 1)


def year(number: int) -> Span | None:
    """Return a year as a span."""
    if not 1 <= number <= 9999:
        return None
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def week(anchor: dt.date, by: int) -> Span | None:
    """Return the week, Monday to Sunday, that lies ``by`` weeks after the anchor's."""
    monday = shift(anchor, 7 * by - anchor.weekday())
    return None if monday is None else (monday, monday + dt.timedelta(days=6))


def shift(anchor: dt.date, days: int) -> dt.date | None:
    """Return the day ``days`` after the anchor; ``None`` beyond the calendar."""
    try:
        return anchor + dt.timedelta(days=days)
    except OverflowError:
        return None


def weekday(anchor: dt.date, number: int, *, way: int) -> dt.date | None:
    """Return the day of the week nearest the anchor.

    ``way`` is 0 for the last one up to the anchor itself, -1 for one before it, 1 for the next.
    """
    behind = (anchor.weekday() - number) % 7
    if way > 0:
        return shift(anchor, (7 - behind) if behind else 7)
    if way < 0 and behind == 0:
        behind = 7
    return shift(anchor, -behind)


def nearest_year(anchor: dt.date, month_number: int, day_number: int) -> int:
    """Return the year in which a day without a year lies: the last one up to a week ahead."""
    limit = shift(anchor, 7) or anchor
    one = day(anchor.year, month_number, day_number)
    if one is None:
        return anchor.year
    if one[0] > limit:
        return anchor.year - 1
    following = day(anchor.year + 1, month_number, day_number)
    return anchor.year + 1 if following and following[0] <= limit else anchor.year


def full_year(number: int) -> int:
    """Return a year of two digits in full: up to 39 in this century, later ones in the last."""
    if number >= 100:
        return number
    return 2000 + number if number < 40 else 1900 + number


def value(
    span: Span, precision: DatePrecision, *, anchor: DateAnchor, anchor_date: dt.date | None
) -> DateValue:
    """Return a span as the contract writes it."""
    return DateValue(
        start=span[0], end=span[1], precision=precision, anchor=anchor, anchor_date=anchor_date
    )
