"""Finds date expressions and says which days they mean, and from which day the article speaks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hijridate import Hijri

from schemas import DateValue
from schemas.entity import DateAnchor, DatePrecision
from streams.entities import dates_calendar as calendar
from streams.entities.candidate import Candidate, Passage
from streams.entities.dates_grammar import Rule, compiled, trigger, word_lists
from streams.entities.numbers import value as number_of
from streams.text.months import month_of

Match = re.Match[str]
Reading = tuple[calendar.Span | None, DatePrecision, bool]
"""The days meant, how exactly, and whether the anchor was needed."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative words count from, and where it comes from."""

    day: dt.date | None
    kind: DateAnchor


@dataclass(frozen=True, slots=True)
class _Found:
    passage: Passage
    rule: Rule
    match: Match

    @property
    def span(self) -> tuple[int, int]:
        """Span in the folded text, a final full stop left out."""
        start, end = self.match.span("core" if "core" in self.match.re.groupindex else "all")
        return start, end - (self.match.string[end - 1] == ".")


def find_dates(
    passages: Sequence[Passage], *, published_at: dt.datetime | None
) -> tuple[list[Candidate], dt.date | None]:
    """Return the date expressions of an article and the day it speaks from.

    Relative words count from the embedded post's own day inside a post, else from
    ``published_at``, else from a day inferred from what is dated and the days of the week.
    Expressions that cannot be placed without an anchor are left out when there is none.
    """
    found = [one for passage in passages for one in _scan(passage)]
    anchor = Anchor(published_at.date() if published_at else None, "published_at")
    if anchor.day is None:
        anchor = Anchor(_inferred(passages, found), "inferred")
    candidates = []
    for one in found:
        made = _candidate(one, _anchor_of(one.passage, anchor))
        if made is not None:
            candidates.append(made)
    return candidates, anchor.day


def _scan(passage: Passage) -> Iterator[_Found]:
    """Yield the expressions of a passage, longer readings before those inside them."""
    text = passage.folded.text
    if not trigger().search(text):
        return
    taken: list[tuple[int, int]] = []
    found: list[_Found] = []
    for rule, pattern in compiled():
        for match in pattern.finditer(text):
            start, end = match.span("all")
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                found.append(_Found(passage, rule, match))
    yield from sorted(found, key=lambda f: f.span)


def _anchor_of(passage: Passage, anchor: Anchor) -> Anchor:
    post = passage.segment.post
    return Anchor(post.posted_at, "post") if post and post.posted_at else anchor


def _candidate(one: _Found, anchor: Anchor) -> Candidate | None:
    span, precision, relative = READINGS[one.rule.reads](one.match, anchor.day)
    if span is None or (relative and anchor.day is None):
        return None
    kind: DateAnchor = anchor.kind if relative else "absolute"
    start, end = one.passage.span(*one.span)
    return Candidate(
        start=start,
        end=end,
        type="date",
        confidence=0.9 if relative else 0.97,
        rule=f"date.{one.rule.id}",
        date=calendar.value(
            span, precision, anchor=kind, anchor_date=anchor.day if relative else None
        ),
    )


def _numeric(match: Match, _: dt.date | None) -> Reading:
    """Read ``2021-01-22``, ``22/1/2021`` and, where only that fits, ``1/22/2021``."""
    groups = match.groupdict()
    year = calendar.full_year(int(groups["y"]))
    if groups.get("m"):
        return calendar.day(year, int(groups["m"]), int(groups["d"])), "day", False
    first, second = int(groups["a"]), int(groups["b"])
    day_first = calendar.day(year, second, first)
    month_first = calendar.day(year, first, second)
    if groups["sep"] == "/" and match.string.isascii():
        return month_first or day_first, "day", False
    return day_first or month_first, "day", False


def _hijri(match: Match, _: dt.date | None) -> Reading:
    """Read a day of the Hijri calendar (Umm al-Qura; sightings may differ by a day)."""
    month = word_lists()["hijri"][match["m"]]
    try:
        one = Hijri(int(match["y"]), month, int(match["d"])).to_gregorian()
    except (ValueError, OverflowError):
        return None, "day", False
    day = dt.date(one.year, one.month, one.day)
    return (day, day), "day", False


def _day(match: Match, anchor: dt.date | None) -> Reading:
    month, number = month_of(match["m"]) or 0, int(match["d"])
    if match["y"]:
        return calendar.day(calendar.full_year(int(match["y"])), month, number), "day", False
    if anchor is None or not 1 <= month <= 12:
        return None, "day", True
    return calendar.day(calendar.nearest_year(anchor, month, number), month, number), "day", True


def _range(match: Match, anchor: dt.date | None) -> Reading:
    month = month_of(match["m"]) or 0
    first, last = int(match["d"]), int(match["e"])
    if match["y"] is None and anchor is None:
        return None, "day", True
    relative = match["y"] is None
    year = (
        calendar.nearest_year(anchor, month, last) if relative and anchor else int(match["y"] or 1)
    )
    start, end = calendar.day(year, month, first), calendar.day(year, month, last)
    if start is None or end is None or end < start:
        return None, "day", relative
    return (start[0], end[1]), "day", relative


def _month(match: Match, anchor: dt.date | None) -> Reading:
    groups = match.groupdict()
    month = month_of(groups.get("m") or groups.get("m2") or "") or 0
    if groups.get("y"):
        return calendar.month(int(groups["y"]), month), "month", False
    if anchor is None or not month:
        return None, "month", True
    year = anchor.year if month <= anchor.month else anchor.year - 1
    if groups.get("past") and month == anchor.month:
        year -= 1
    return calendar.month(year, month), "month", True


def _word(match: Match, anchor: dt.date | None) -> Reading:
    lists = word_lists()["day"]
    offset = lists["ar"].get(match["w"], lists["en"].get(match["w"], 0))
    if anchor is None:
        return None, "day", True
    day = calendar.shift(anchor, offset)
    name = match["wd"]
    if name and day is not None and day.weekday() != word_lists()["weekday"][name]:
        day = calendar.weekday(anchor, word_lists()["weekday"][name], way=1 if offset > 0 else 0)
    return (day, day) if day else None, "day", True


def _weekday(match: Match, anchor: dt.date | None) -> Reading:
    if anchor is None:
        return None, "day", True
    groups = match.groupdict()
    way = 1 if groups.get("next") else -1 if groups.get("past") else 0
    day = calendar.weekday(anchor, word_lists()["weekday"][match["wd"]], way=way)
    return (day, day) if day else None, "day", True


_UNITS: dict[str, DatePrecision] = {
    "الاسبوع": "week", "الشهر": "month", "العام": "year", "السنه": "year", "week": "week",
    "month": "month", "year": "year",
}  # fmt: skip


def _unit(match: Match, anchor: dt.date | None) -> Reading:
    groups = match.groupdict()
    precision = _UNITS[groups.get("u") or groups.get("u2") or "week"]
    if anchor is None:
        return None, precision, True
    by = 1 if groups.get("next") else -1 if groups.get("past") else 0
    return _shifted(anchor, precision, by), precision, True


def _shifted(anchor: dt.date, precision: DatePrecision, by: int) -> calendar.Span | None:
    if precision == "week":
        return calendar.week(anchor, by)
    if precision == "month":
        return calendar.shifted_month(anchor, by)
    if precision == "year":
        return calendar.year(anchor.year + by)
    day = calendar.shift(anchor, by)
    return (day, day) if day else None


def _ago(match: Match, anchor: dt.date | None) -> Reading:
    lists = word_lists()["unit"]
    unit = lists["ar"].get(match["u"]) or lists["en"][match["u"]]
    count = 2 if unit.endswith("2") else number_of(match["n"] or "") or 1
    precision: DatePrecision = unit.rstrip("2")
    if match["n"] in {"a few", "several"}:
        count = 3
    if anchor is None:
        return None, precision, True
    return _shifted(anchor, precision, -count), precision, True


def _year(match: Match, _: dt.date | None) -> Reading:
    return calendar.year(int(match["y"])), "year", False


READINGS: dict[str, Callable[[Match, dt.date | None], Reading]] = {
    "numeric": _numeric,
    "hijri": _hijri,
    "day": _day,
    "range": _range,
    "month": _month,
    "word": _word,
    "weekday": _weekday,
    "unit": _unit,
    "ago": _ago,
    "year": _year,
}
"""How each kind of rule is read."""


def _inferred(passages: Sequence[Passage], found: Sequence[_Found]) -> dt.date | None:
    """Return the day an undated article speaks from: the newest day it names, set by weekdays.

    Posts count first, then a dateline, then other full dates.  "Today, Friday" moves it to the
    Friday nearest that day.
    """
    posted = [p.segment.post.posted_at for p in passages if p.segment.post]
    days = [day for day in posted if day is not None]
    if not days:
        days = [v.start for v in _absolute(found) if v.precision == "day"]
    if not days:
        return None
    newest = max(days)
    today = [_weekday_of(f.match, 0) for f in found if f.rule.reads == "word"]
    for number in (n for n in today if n is not None):
        return min(
            (newest + dt.timedelta(days=d) for d in range(-1, 6)),
            key=lambda day: (day.weekday() != number, abs((day - newest).days)),
        )
    return newest


def _weekday_of(match: Match, offset: int) -> int | None:
    """Return the weekday that an expression for today gives."""
    lists = word_lists()
    given = lists["day"]["ar"].get(match["w"], lists["day"]["en"].get(match["w"]))
    if given != offset or not match["wd"]:
        return None
    return int(lists["weekday"][match["wd"]])


def _absolute(found: Sequence[_Found]) -> Iterator[DateValue]:
    for one in found:
        made = _candidate(one, Anchor(None, "absolute"))
        if made is not None and made.date is not None:
            yield made.date
