"""Dates told from another day: today, weekdays, the last week, three years ago."""

from __future__ import annotations

from collections.abc import Callable

from schemas.entity import DatePrecision
from streams.entities import dates_calendar as calendar
from streams.entities.dates_expression import Expression, Frame, Reading
from streams.entities.dates_tokens import Token, count, count_before


def _word(e: Expression, frame: Frame) -> Reading | None:
    """Read today, yesterday and their like; a weekday beside them decides."""
    offset, number = e.one("D") or 0, e.one("Ww")
    if frame.anchor is None:
        return Reading(None, "day", relative=True)
    day = calendar.shift(frame.anchor, offset)
    if day is not None and number is not None and day.weekday() != number:
        way = (offset > 0) - (offset < 0)
        day = (
            calendar.weekday(frame.anchor, number, way=way)
            if way
            else (calendar.nearest_weekday(day, number))
        )
    return Reading((day, day) if day else None, "day", relative=True)


def _told(e: Expression, frame: Frame) -> Reading | None:
    if frame.told is None:
        return None
    day = calendar.shift(frame.told, e.one("R") or 0)
    return Reading((day, day) if day else None, "day", relative=True)


def _weekday(e: Expression, frame: Frame) -> Reading | None:
    number = e.one("W") or 0
    if frame.anchor is None:
        return Reading(None, "day", relative=True)
    way = 1 if e.one("F") is not None else -1 if e.one("L") is not None else 0
    if way == 0 and e.is_ahead():
        way = 1
    day = calendar.weekday(frame.anchor, number, way=way)
    return Reading((day, day) if day else None, "day", relative=True)


def _unit_of(token: Token) -> tuple[int, str]:
    """Return how many of which unit a token says."""
    if token.kind == "J":
        return 1, "day"
    number, _, unit = str(token.value).rpartition(" ")
    return int(number or 1), unit


_PRECISIONS: dict[str, DatePrecision] = {
    "hour": "day", "day": "day", "week": "week", "weekend": "day", "month": "month",
    "year": "year", "decade": "year",
}  # fmt: skip


def _unit(e: Expression, frame: Frame) -> Reading | None:
    token = next(t for t in e.tokens if t.kind == "U")
    number, unit = _unit_of(token)
    by = 1 if e.one("F") is not None else -1 if e.one("L") is not None else 0
    if number > 1 or e.text[token.end - 1 : token.end] == "s" or unit in {"hour", "decade"}:
        return _stretch(e, frame)
    if unit == "day" or (unit != "weekend" and not _is_definite(e, token)):
        return None
    if frame.anchor is None:
        return Reading(None, _PRECISIONS[unit], relative=True)
    return Reading(calendar.shifted(frame.anchor, unit, by), _PRECISIONS[unit], relative=True)


def _is_definite(e: Expression, token: Token) -> bool:
    """Whether an Arabic unit has its article ("الشهر الماضي"); English ones need none."""
    word = e.text[token.start : token.end]
    return word.isascii() or word.startswith("ال")


def _stretch(e: Expression, frame: Frame) -> Reading | None:
    """Read a stretch of units up to the anchor: "the last three days", "الأشهر الستة الماضية"."""
    token = next(t for t in e.tokens if t.kind == "U")
    number, unit = _unit_of(token)
    between = e.text[e.tokens[0].end : e.tokens[-1].start]
    number = (count(between) or number) if number == 1 else number
    if unit == "weekend":
        return None
    precision = _PRECISIONS[unit]
    if frame.anchor is None:
        return Reading(None, precision, relative=True)
    sign = 1 if e.one("F") is not None else -1
    far = calendar.moved(frame.anchor, unit, sign * number)
    if far is None:
        return None
    return Reading((min(far, frame.anchor), max(far, frame.anchor)), precision, relative=True)


def _ago(e: Expression, frame: Frame) -> Reading | None:
    token = next(t for t in e.tokens if t.kind in "UJ")
    number, unit = _unit_of(token)
    start = e.start
    if e.code[0] == "A":
        said = e.text[e.tokens[0].end : token.start].strip()
        number = number if number > 1 else (count(said) or 1)
        sign = e.tokens[0].value
        if sign > 0 or (unit == "hour" and number > 96):
            return None
    else:
        found = count_before(e.text, token.start)
        if found is None:
            return None
        number, start = found
        sign = e.tokens[-1].value
    base = frame.anchor
    if e.text[e.tokens[-1].start : e.tokens[-1].end] in {"earlier", "later", "prior", "previously"}:
        base = frame.told or base
    precision = _PRECISIONS[unit]
    if base is None:
        return Reading(None, precision, relative=True, start=start)
    span = calendar.shifted(base, unit, sign * number)
    return Reading(span, precision, relative=True, start=start) if span else None


READINGS: dict[str, Callable[[Expression, Frame], Reading | None]] = {
    "word": _word, "told": _told, "weekday": _weekday, "unit": _unit, "stretch": _stretch,
    "ago": _ago,
}  # fmt: skip
"""How rules that count from another day are read."""
