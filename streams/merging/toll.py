"""Tolls over time: the number that stands, the history of it, and what sources disagree on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas import Casualty, CasualtyRecord, IncidentReport

HISTORY = 60
"""Most entries of a toll's history; the newest are kept."""

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """A toll as one report tells it."""

    casualty: Casualty
    article: str
    source: str
    time: dt.datetime | None

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """Sort key: the time of publication, then the article."""
        return self.time or _LONG_AGO, self.article


def told(reports: Iterable[IncidentReport]) -> list[Told]:
    """Return every toll of the reports, oldest first."""
    found = []
    for report in reports:
        reference = report.articles[0]
        source = reference.source or reference.url or reference.article_id
        found += [
            Told(c, reference.article_id, source, reference.published_at) for c in report.casualties
        ]
    return sorted(found, key=lambda t: (t.order, t.casualty.harm, t.casualty.of or ""))


def history(tolls: Sequence[Told]) -> tuple[CasualtyRecord, ...]:
    """Return how each toll went, oldest first; a number that is only repeated is left out."""
    kept: list[CasualtyRecord] = []
    last: dict[tuple[str, str | None], tuple[int | None, int | None, int | None]] = {}
    for one in tolls:
        casualty = one.casualty
        values = casualty.min, casualty.best, casualty.max
        key = casualty.harm, casualty.of
        if last.get(key) == values:
            continue
        last[key] = values
        fields = dict(casualty) | {"article_id": one.article, "reported_at": one.time}
        kept.append(CasualtyRecord(**fields))
    return tuple(kept[-HISTORY:])


def standing(tolls: Sequence[Told]) -> tuple[Casualty, ...]:
    """Return the toll that stands for each harm and group, whole tolls first."""
    keys = sorted({(t.casualty.harm, t.casualty.of or "") for t in tolls})
    chosen = []
    for harm, of in keys:
        series = [t for t in tolls if t.casualty.harm == harm and (t.casualty.of or "") == of]
        one = current(series)
        chosen.append(one.casualty.model_copy(update={"as_of": one.time}))
    return tuple(chosen)


def current(series: Sequence[Told]) -> Told:
    """Return the entry that stands: the newest, unless it only repeats an older, lower toll.

    A lower number replaces a higher one when the source of the higher one takes it back
    or a second source gives it too; "at least" and numbers left out never lower a toll.
    """
    best = series[0]
    for position, one in enumerate(series[1:], 1):
        if _value(one) >= _value(best):
            best = one
        elif one.casualty.best is not None and one.casualty.qualifier != "at_least":
            agreeing = {t.source for t in series[: position + 1] if _value(t) == _value(one)} - {
                best.source
            }
            if one.source == best.source or len(agreeing) > 1:
                best = one
    return best


def disagreement(series: Sequence[Told]) -> tuple[str, ...]:
    """Return the numbers that different sources give last, if they differ, lowest first.

    A number older than the first telling of the one that stands is overtaken, not contested.
    """
    newest: dict[str, Told] = {t.source: t for t in series if t.casualty.best is not None}
    stands = _value(current(series))
    first = min((t.order for t in series if _value(t) == stands), default=None)
    given = {_value(t) for t in newest.values() if first is None or t.order >= first}
    return tuple(str(value) for value in sorted(given)) if len(given) > 1 else ()


def _value(one: Told) -> int:
    casualty = one.casualty
    return casualty.best if casualty.best is not None else casualty.min or 0
