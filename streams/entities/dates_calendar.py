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


def nearest_weekday(day: dt.date, number: int) -> dt.date | None:
    """Return the day of the week nearest a day, at most three days away."""
    return shift(day, (number - day.weekday() + 3) % 7 - 3)


def nearest_year(anchor: dt.date, month_number: int, day_number: int, *, ahead: int = 7) -> int:
    """Return the year of a day without one: the last up to ``ahead`` days after the anchor."""
    limit = shift(anchor, ahead) or anchor
    for number in range(limit.year, limit.year - 9, -1):
        one = day(number, month_number, day_number)
        if one is not None and one[0] <= limit:
            return number
    return anchor.year


def moved(anchor: dt.date, unit: str, by: int) -> dt.date | None:
    """Return the day ``by`` units after the anchor; ``None`` beyond the calendar."""
    if unit == "hour":
        return shift(anchor, int(by / 24))
    if unit in {"day", "week"}:
        return shift(anchor, by * (7 if unit == "week" else 1))
    index = anchor.year * 12 + anchor.month - 1 + by * {"month": 1, "year": 12, "decade": 120}[unit]
    there = month(index // 12, index % 12 + 1)
    return there and there[0].replace(day=min(anchor.day, there[1].day))


def shifted(anchor: dt.date, unit: str, by: int) -> Span | None:
    """Return the day, week, weekend, month or year that lies ``by`` of them from the anchor."""
    if unit in {"hour", "day"}:
        one = moved(anchor, unit, by)
        return (one, one) if one else None
    if unit == "week":
        return week(anchor, by)
    if unit == "weekend":
        saturday = shift(anchor, 5 - anchor.weekday() + 7 * by)
        return (saturday, saturday + dt.timedelta(days=1)) if saturday else None
    if unit == "month":
        return shifted_month(anchor, by)
    return year(anchor.year + by * (10 if unit == "decade" else 1))


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
