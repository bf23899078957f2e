"""Writes the page on sizing: measured costs and what follows from them, put into a template."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.capacity import (
    BROKER_BYTES,
    COPIES,
    LOAD,
    SHORT_HOURS,
    Assumed,
    Measured,
    plan,
    revisions_a_year,
    skew,
)

TEMPLATE = Path(__file__).parent / "sizing.template.md"
RATES = (1.0, 100.0, 10_000.0)
PARTITIONS = (8, 64, 512)
EXPONENTS = (0.8, 1.0, 1.3)
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def page(measured: Measured) -> str:
    """Return the page."""
    return TEMPLATE.read_text("utf-8").format(
        **_costs(measured),
        **_assumed(),
        needs=_lines(_needs(measured)),
        skewed=_lines(_skewed(measured)),
    )


def size(count: float) -> str:
    """Return bytes as people write them, in powers of a thousand."""
    power = 0
    while count >= 1000 and power < len(_UNITS) - 1:
        count, power = count / 1000, power + 1
    return f"{number(count)} {_UNITS[power]}"


def number(count: float) -> str:
    """Return a number by its three leading digits."""
    return f"{float(f'{count:.3g}'):,.10g}"


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _each(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _costs(measured: Measured) -> dict[str, str]:
    inside, through = sum(measured.stage_seconds.values()), measured.line_seconds
    stages = ((name, _each(seconds)) for name, seconds in measured.stage_seconds.items())
    topics = ((f"`{n}`", f"{size(c)} an article") for n, c in measured.article_bytes.items())
    return {
        "machine": measured.machine,
        "characters": f"{measured.characters:,}",
        "stages": _lines(stages),
        "inside": f"{_each(inside)}: {number(1 / inside)}",
        "through": f"{_each(through)}: {number(1 / through)}",
        "merge": _each(measured.merge_seconds),
        "crowded": _each(measured.crowded_seconds),
        "resident": size(measured.resident_bytes),
        "state": size(measured.state_bytes),
        "topics": _lines(topics),
        "report": size(measured.report_bytes),
        "revision": size(measured.revision_bytes),
        "zstd": f"{measured.zstd:.0%}",
    }


def _assumed() -> dict[str, str]:
    assumed = Assumed()
    return {
        "reports_per_article": f"{assumed.reports_per_article:g}",
        "articles_per_incident": f"{assumed.articles_per_incident:g}",
        "silence": f"{assumed.silence_days:g}",
        "load": f"{LOAD:.0%}",
        "copies": str(COPIES),
        "broker": size(BROKER_BYTES),
    }


def _needs(measured: Measured) -> Iterable[Iterable[str]]:
    plans = [plan(measured, rate) for rate in RATES]
    short = f"Kafka's disks, zstd, internal topics kept {SHORT_HOURS} hours"
    return (
        ("articles a second", *(number(p.rate) for p in plans)),
        ("cores, to be loaded so", *(number(p.cores) for p in plans)),
        ("workers (one core each, never fewer than two)", *(number(p.workers) for p in plans)),
        ("partitions of every topic", *(number(p.partitions) for p in plans)),
        ("memory of all workers", *(size(p.memory_bytes) for p in plans)),
        ("open incidents", *(number(p.open_incidents) for p in plans)),
        ("their table, on the disks of all workers", *(size(p.state_bytes) for p in plans)),
        ("written to Kafka, before copies", *(f"{size(p.written)}/s" for p in plans)),
        ("brokers, with zstd", *(number(p.brokers) for p in plans)),
        ("Kafka's disks, retention as declared, no zstd", *(size(p.stored) for p in plans)),
        (short, *(size(p.stored_short) for p in plans)),
        ("a year of revisions, zstd", *(size(revisions_a_year(measured, p.rate)) for p in plans)),
    )


def _skewed(measured: Measured) -> Iterable[Iterable[str]]:
    for exponent in EXPONENTS:
        for partitions in PARTITIONS:
            one = skew(measured, exponent=exponent, partitions=partitions)
            shares = [f"{share:.0%}" for share in (one.median, one.worst)]
            rates = [number(rate) for rate in (one.rate, one.crowded)]
            yield (str(exponent), f"{one.first:.0%}", str(partitions), *shares, *rates)
