"""A report as lines that a person reads: its fields, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from schemas import Casualty, Evidence, IncidentReport

LABEL = 13
"""Columns of a field's name."""


def lines_of(report: IncidentReport, number: int, *, style: str) -> Iterator[Text]:
    """Yield the lines of a report: its title, its fields, and its evidence with the rules."""
    yield Text(f"{number} {report.title}", style=f"bold {style}")
    for name, value in _fields(report):
        yield Text(f"  {name:<{LABEL}}", style="dim").append(value, style="not dim")
    for pieces in _by_words(report):
        piece = pieces[0]
        line = Text(f"  {', '.join(dict.fromkeys(p.supports for p in pieces))} ← ", style="dim")
        line.append(_own(" ".join(piece.text.split())), style="not dim")
        voice = f", {_own(piece.speaker)}" if piece.speaker else ""
        yield line.append(f" [{piece.start}:{piece.end}] {piece.rule}{voice}", style="dim")
    yield Text()


def _by_words(report: IncidentReport) -> Iterable[list[Evidence]]:
    """Return the evidence in order, the fields that the same words support together."""
    told: dict[tuple[str, int, int, str], list[Evidence]] = {}
    for piece in (report.trigger, *report.evidence):
        told.setdefault((piece.field, piece.start, piece.end, piece.rule), []).append(piece)
    return told.values()


def _fields(report: IncidentReport) -> Iterator[tuple[str, str]]:
    yield "type", f"{report.event_type} / {report.sub_event_type}"
    yield "codes", " ".join(_codes(report))
    yield "reality", f"{report.realis}, {report.stage}"
    if report.date is not None:
        last = f" to {report.date.end}" if report.date.end != report.date.start else ""
        yield "date", f"{report.date.start}{last} ({report.date.precision}, {report.date.anchor})"
    if report.place is not None:
        place = report.place
        where = ", ".join(p for p in (place.name, place.admin1, place.country_code) if p)
        yield "place", f"{where} (precision {place.precision})"
    if report.operation_name:
        yield "operation", _own(report.operation_name)
    for actor in report.actors:
        native = f" {_own(actor.native_name)}" if actor.native_name else ""
        claim = f", {actor.claim.confidence}" if actor.claim else ""
        yield actor.role, f"{_own(actor.name)}{native} ({actor.kind}{claim})"
    for toll in report.casualties:
        yield toll.harm, _number(toll)
    for weapon in report.weapons:
        yield "weapon", f"{weapon.name} {_own(weapon.text)}"
    sure = report.confidence
    parts = [f"overall {sure.overall:.2f}"]
    parts += [
        f"{name} {value:.2f}"
        for name in ("event", "date", "place")
        if (value := getattr(sure, name)) is not None
    ]
    yield "confidence", ", ".join(parts)


def _codes(report: IncidentReport) -> Iterator[str]:
    if report.plover is not None:
        yield f"PLOVER {report.plover.event}" + (
            f"/{report.plover.mode}" if report.plover.mode else ""
        )
    if report.gtd_attack_types:
        yield "GTD " + ",".join(map(str, report.gtd_attack_types))


def _own(words: str) -> str:
    """Return words in an isolate, so that they turn nothing around them."""
    return f"\u2068{words}\u2069"


def _number(toll: Casualty) -> str:
    known = [n for n in (toll.min, toll.best, toll.max) if n is not None]
    if not known:
        return "some"
    told = str(known[0]) if len(set(known)) == 1 else f"{min(known)} to {max(known)}"
    of = f" of {_own(toll.of)}" if toll.of else ""
    exact = "" if toll.qualifier in {"exact", "unspecified"} else f" ({toll.qualifier})"
    return f"{told}{of}{exact}"
