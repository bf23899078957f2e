"""What an expression of the date grammar means: its days, from a day to count from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from hijridate import Hijri

from schemas.entity import DatePrecision
from streams.entities import dates_calendar as calendar
from streams.entities.dates_calendar import Span
from streams.entities.dates_lexicon import ahead, cue
from streams.entities.dates_tokens import Token, count, count_before


@dataclass(slots=True)
class Frame:
    """What expressions count from, as an article is read from its start."""

    anchor: dt.date | None
    month_first: bool
    """Whether 3/4/2021 is March 4 where nothing else decides."""
    told: dt.date | None = None
    """The day that was told last."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Tokens of one expression in its text."""

    text: str
    tokens: tuple[Token, ...]
    code: str
    start: int
    end: int
    capital: Callable[[int], bool] = field(default=lambda _: True)
    """Whether the letter at an offset of the folded text is a capital in the source."""

    def values(self, kinds: str) -> list[int]:
        """Return the values of the tokens of some kinds, in order."""
        return [t.value for t in self.tokens if t.kind in kinds]

    def one(self, kinds: str) -> int | None:
        """Return the value of the first token of some kinds."""
        return next(iter(self.values(kinds)), None)

    def before(self, name: str) -> bool:
        """Whether a cue of that name stands right before the expression."""
        return bool(cue(name).search(self.text, max(0, self.start - 24), self.start))


@dataclass(frozen=True, slots=True)
class Reading:
    """Days meant; ``span`` is absent where they need an anchor and there is none."""

    span: Span | None
    precision: DatePrecision
    relative: bool = False
    start: int | None = None
    """Where the expression begins if not at its first token."""


def read(reads: str, expression: Expression, frame: Frame) -> Reading | None:
    """Return what an expression means; ``None`` where it is no date after all."""
    if expression.before("never"):
        return None
    return _READINGS[reads](expression, frame)


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
    return _in_year([(month, day)], frame)


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
        return None
    if not months or not all(1 <= n <= 31 for n in numbers):
        return None
    pairs = [(months[min(i, len(months) - 1)], n) for i, n in enumerate(numbers)]
    if not years:
        return _in_year(pairs, frame, past=e.one("L") is not None)
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


def _in_year(pairs: list[tuple[int, int]], frame: Frame, *, past: bool = False) -> Reading | None:
    """Read days without a year: the last such days up to a week after the anchor."""
    if frame.anchor is None:
        return Reading(None, "day", relative=True) if calendar.day(2000, *pairs[-1]) else None
    year = calendar.nearest_year(frame.anchor, *pairs[-1], ahead=0 if past else 7)
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
    follows = e.text[e.end : e.end + 6]
    return led and (not follows[:1].isspace() or follows.startswith((" of ", " at ", " in ")))


def _word(e: Expression, frame: Frame) -> Reading | None:
    """Read today, yesterday and their like; a weekday beside them decides by a day or three."""
    offset, number = e.one("D") or 0, e.one("Ww")
    if frame.anchor is None:
        return Reading(None, "day", relative=True)
    day = calendar.shift(frame.anchor, offset)
    if day is not None and number is not None and day.weekday() != number:
        day = calendar.nearest_weekday(day, number)
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
    if way == 0 and _is_ahead(e):
        way = 1
    day = calendar.weekday(frame.anchor, number, way=way)
    return Reading((day, day) if day else None, "day", relative=True)


def _is_ahead(e: Expression) -> bool:
    clause = e.text[max(0, e.start - 70) : e.start]
    return bool(ahead().search(clause[max(clause.rfind(". "), clause.rfind("\n")) + 1 :]))


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


_READINGS: dict[str, Callable[[Expression, Frame], Reading | None]] = {
    "numeric": _numeric, "short": _short, "hijri": _hijri, "days": _days, "months": _months,
    "numbered": _numbered, "word": _word, "told": _told, "weekday": _weekday, "unit": _unit,
    "stretch": _stretch, "ago": _ago, "years": _years, "decade": _decade,
}  # fmt: skip
"""How each kind of rule is read."""
