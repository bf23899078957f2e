"""What decides whether two reports tell the same incident, taken from a report once."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas import IncidentReport
from streams.merging.names import Name, reduced
from streams.text.fold import fold_name
from streams.topics import UNKNOWN_COUNTRY

_UNNAMED = frozenset(
    {
        "unknown", "unidentified", "unnamed", "gunmen", "gunman", "attacker", "attackers",
        "civilian", "civilians", "people", "soldier", "soldiers", "police", "policemen",
        "protester", "protesters", "militants", "security", "forces", "troops",
        "members", "army", "مجهولون", "مسلحون", "مسلحين", "مدنيون",
        "مدنيين", "اشخاص", "جنود", "شرطه", "متظاهرون", "متظاهرين",
    }
)  # fmt: skip
"""Folded words that name nobody: sharing them says nothing."""

UNDATED_WINDOW = dt.timedelta(days=7)
NAMED_PLACE = 0.7
"""Confidence in a place from which its sentence names it; below, it was taken from elsewhere."""
_HARMED = {"victim", "target"}
_BLAMED = {"perpetrator", "claimant", "accused"}


@dataclass(frozen=True, slots=True)
class Features:
    """The comparable facts of one report; names are folded, days are inclusive."""

    key: str
    """Identity of the report: the article and the incident in it."""
    article: str
    source: str
    country: str
    admin1: str
    place: str
    """Canonical id or folded name of a place of town size or finer, else empty."""
    beside: frozenset[str]
    """The other places that the report names, countries left out, named like `place`."""
    point: tuple[float, float] | None
    fine: bool
    """Whether the place is a town or finer."""
    placed: bool
    """Whether the place is told with the incident, not taken from elsewhere in the article."""
    neighbourhood: bool
    """Whether the place is finer than a town (a square, a quarter)."""
    first: dt.date | None
    last: dt.date | None
    exact_day: bool
    dated: bool
    """Whether the report says when; else the window is the week before publication."""
    news: bool
    """Whether it says nothing of when, but tells it as the news of the day."""
    sub_type: str
    family: str
    specific: bool
    ways: frozenset[int]
    """GTD's attack types: armed assault, bombing and so on."""
    standing: str
    """``real`` for what happened, else ``hypothetical`` or ``denied``."""
    operation: str
    blamed: frozenset[str]
    harmed: frozenset[str]
    victims: frozenset[Name]
    """Names of people harmed."""
    targets: frozenset[str]
    """Words of the targets and victims that are no names."""
    killed: int | None
    injured: int | None
    weapons: frozenset[str]
    fingerprint: int | None
    published: dt.datetime | None

    def __hash__(self) -> int:
        """Return the hash of the key alone, which is all but unique."""
        return hash(self.key)


@cache
def families() -> dict[str, tuple[str, bool]]:
    """Return family and specificity of every sub-event type."""
    rows = _table("sub_event_types.tsv")
    return {row["sub_event_type"]: (row["family"], row["specific"] == "1") for row in rows}


@cache
def confusable() -> frozenset[frozenset[str]]:
    """Return the pairs of specific types that do not contradict each other."""
    return frozenset(frozenset((r["one"], r["other"])) for r in _table("confusable.tsv"))


@cache
def _common() -> frozenset[str]:
    """Return the words that many targets share, so that sharing them says nothing."""
    return frozenset(row["word"] for row in _table("common_words.tsv"))


def _table(name: str) -> Iterator[dict[str, str]]:
    text = files("streams.merging").joinpath("data", name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t")


def report_key(report: IncidentReport) -> str:
    """Return what a replay of the same report has in common with it."""
    article = report.articles[0].article_id if report.articles else ""
    return f"{article}\t{report.incident_id}"


def country_of(report: IncidentReport) -> str:
    """Return the country that a report is keyed by: ISO 3166-1 alpha-2 or ``ZZ``."""
    return (report.place and report.place.country_code) or UNKNOWN_COUNTRY


def _toll(report: IncidentReport, harm: str) -> int | None:
    counts = [c for c in report.casualties if c.harm == harm and c.best is not None]
    whole = [c.best for c in counts if not c.of and c.best is not None]
    if whole:
        return max(whole)
    return sum(c.best for c in counts if c.best is not None) if counts else None


def _names(report: IncidentReport, roles: set[str]) -> frozenset[str]:
    named = (
        a.canonical_id or fold_name(a.name)
        for a in report.actors
        if a.role in roles and a.kind in {"armed_group", "security_force", "organization", "person"}
    )
    return frozenset(name for name in named if name not in _UNNAMED)


def _victims(report: IncidentReport) -> frozenset[Name]:
    return reduced(
        fold_name(a.name)
        for a in report.actors
        if a.role in _HARMED and a.kind == "person" and a.name[:1].upper() == a.name[:1]
    )


def _targets(report: IncidentReport) -> frozenset[str]:
    words: set[str] = set()
    for actor in report.actors:
        if actor.role in _HARMED and actor.kind != "person":
            words.update(fold_name(actor.name).split())
    return frozenset(word for word in words if len(word) > 2) - _UNNAMED - _common()


def _before(published: dt.datetime | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the days that an undated report may tell of."""
    if published is None:
        return None, None
    return published.date() - UNDATED_WINDOW, published.date()


def features(report: IncidentReport) -> Features:
    """Return the facts of a report that comparing needs."""
    place, date = report.place, report.date
    family, specific = families()[report.sub_event_type]
    fine = bool(place and place.precision == 1)
    located = place and place.latitude is not None and place.longitude is not None
    reference = report.articles[0] if report.articles else None
    published = reference.published_at if reference else None
    news = date is not None and date.precision == "week" and date.start == date.end
    if date is None:
        first, last = _before(published)
    else:
        first, last = date.start - news * UNDATED_WINDOW, date.end
    return Features(
        key=report_key(report),
        article=reference.article_id if reference else "",
        source=(reference and (reference.source or reference.url)) or "",
        country=country_of(report),
        admin1=(place and (place.admin1 or fold_name(place.admin1_name or ""))) or "",
        place=(place.id or fold_name(place.name)) if place and fine else "",
        beside=frozenset(
            other.id or fold_name(other.name)
            for other in report.other_places
            if (other.feature_code or "")[:3] != "PCL"
        ),
        point=(place.latitude, place.longitude) if located else None,  # type: ignore[union-attr, arg-type]  # `located` says so
        fine=fine,
        placed=place is None or (report.confidence.place or 1.0) >= NAMED_PLACE,
        neighbourhood=bool(place and fine and (place.feature_code or "PPL")[:3] != "PPL")
        or bool(place and place.feature_code == "PPLX"),
        first=first,
        last=last,
        exact_day=first is not None and first == last,
        dated=date is not None and not news,
        news=news,
        sub_type=report.sub_event_type,
        family=family,
        specific=specific,
        ways=frozenset(report.gtd_attack_types),
        standing="real" if report.realis in {"actual", "historical"} else report.realis,
        operation=fold_name(report.operation_name or ""),
        blamed=_names(report, _BLAMED),
        harmed=_names(report, _HARMED),
        victims=_victims(report),
        targets=_targets(report),
        killed=_toll(report, "killed"),
        injured=_toll(report, "injured"),
        weapons=frozenset(fold_name(w.name) for w in report.weapons),
        fingerprint=int(reference.fingerprint, 16) if reference and reference.fingerprint else None,
        published=published,
    )


def birth(report: Features) -> tuple[bool, float, str]:
    """Return the sort key that puts the first report of an incident first."""
    published = report.published
    return published is None, published.timestamp() if published else 0.0, report.key
