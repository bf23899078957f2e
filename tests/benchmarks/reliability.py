"""Draws how the confidence of reports keeps its promise: of those told at 80 %, are 80 % right?

    python -m tests.benchmarks.reliability EVALUATION_KIT --svg tests/benchmarks/reliability.svg

Reads the developers' halves of the evaluation kit (`data/<suite>/dev.jsonl`), if there is one.
A report is right where its ACLED event type is the coders' (acled_notes, case2021), one of its
GTD attack types is (gtd_summaries), the document has an incident of its MUC-4 family (muc4), or
its sentence was judged to tell an assault or a protest (arabic_assault, arabic_protest).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from schemas import IncidentReport
from streams.commands.process import run
from streams.incidents.lexicon import event_type
from streams.pipeline import PIPELINE
from streams.reception import receive

BINS = 10
SIZE, EDGE = 360, 40
"""Pixels of the plot and of its margin."""

_MUC = {
    "Violence against civilians": {"attack", "kidnapping"},
    "Battles": {"attack"},
    "Explosions/Remote violence": {"bombing", "attack"},
    "Strategic developments": {"bombing", "arson", "robbery"},
    "Riots": {"attack", "arson"},
}


def _coded(gold: dict[str, Any], report: IncidentReport) -> bool | None:
    return report.event_type == gold["event_type"]


def _labelled(gold: dict[str, Any], report: IncidentReport) -> bool | None:
    return gold["label"] != "NONE" and report.event_type == event_type(gold["label"])


def _attacks(gold: dict[str, Any], report: IncidentReport) -> bool | None:
    types = set(gold["attack_types"])
    return bool(types & set(report.gtd_attack_types)) if types else None


def _templates(gold: dict[str, Any], report: IncidentReport) -> bool | None:
    if report.event_type not in _MUC or report.realis != "actual":
        return None
    told = {kind for t in gold["templates"] for kind in t["incident_type"].split(" / ")}
    return bool(told & _MUC[report.event_type])


def _event(name: str) -> Callable[[dict[str, Any], IncidentReport], bool | None]:
    def right(gold: dict[str, Any], report: IncidentReport) -> bool | None:
        if report.plover is None or report.plover.event != name:
            return None
        return bool(gold["positive"]) if report.realis in {"actual", "historical"} else None

    return right


SUITES: dict[str, Callable[[dict[str, Any], IncidentReport], bool | None]] = {
    "acled_notes": _coded,
    "case2021": _labelled,
    "gtd_summaries": _attacks,
    "muc4": _templates,
    "arabic_assault": _event("ASSAULT"),
    "arabic_protest": _event("PROTEST"),
}


def judged(kit: Path, limit: int | None) -> Iterator[tuple[str, float, bool]]:
    """Yield suite, confidence and whether it was right, for every report that can be judged."""
    for suite, right in SUITES.items():
        path = kit / "data" / suite / "dev.jsonl"
        if not path.is_file():
            continue
        rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        for row in rows[:limit]:
            made = run(receive(orjson.dumps(row["article"])), PIPELINE, {"targets": ("en",)})
            for report in (value for value in made if isinstance(value, IncidentReport)):
                answer = right(row["gold"], report)
                if answer is not None:
                    yield suite, report.confidence.overall, answer


def binned(found: list[tuple[str, float, bool]]) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share that was right, reports) of each bin with reports.

    Every suite counts the same, however many reports it has.
    """
    sizes = {suite: sum(s == suite for s, _, _ in found) for suite, _, _ in found}
    bins: list[list[tuple[float, float, bool]]] = [[] for _ in range(BINS)]
    for suite, sure, right in found:
        bins[min(BINS - 1, int(sure * BINS))].append((1 / sizes[suite], sure, right))
    return [
        (
            sum(w * sure for w, sure, _ in one) / sum(w for w, _, _ in one),
            sum(w for w, _, right in one if right) / sum(w for w, _, _ in one),
            len(one),
        )
        for one in bins
        if one
    ]


def drawn(points: list[tuple[float, float, int]]) -> str:
    """Return the reliability plot as SVG: a dot a bin, its area the number of reports."""

    def at(x: float, y: float) -> tuple[float, float]:
        return EDGE + x * SIZE, EDGE + (1 - y) * SIZE

    most = max((n for _, _, n in points), default=1)
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    full = SIZE + 2 * EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {full}" role="img">',
        "<title>Reliability of the confidence of reports</title>",
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#888" stroke-dasharray="4 4"/>',
    ]
    for sure, right, number in points:
        x, y = at(sure, right)
        radius = 3 + 12 * (number / most) ** 0.5
        lines.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#2a6f97" opacity=".8">'
            f"<title>said {sure:.2f}, right {right:.2f}, {number} reports</title></circle>"
        )
    style = 'font-family="sans-serif" font-size="13" text-anchor="middle"'
    lines += [
        f'<text x="{full / 2}" y="{full - 12}" {style}>told</text>',
        f'<text x="14" y="{full / 2}" {style} transform="rotate(-90 14 {full / 2})">right</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the bins as a table and write the plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("kit", type=Path, help="folder of the evaluation kit")
    parser.add_argument("--svg", type=Path, help="file to draw into")
    parser.add_argument("--limit", type=int, help="articles of each suite")
    given = parser.parse_args()
    found = list(judged(given.kit, given.limit))
    if not found:
        parser.exit(2, f"no developers' data in {given.kit}\n")
    points = binned(found)
    print("| told | right | reports |\n| --- | --- | --- |")
    for sure, right, number in points:
        print(f"| {sure:.2f} | {right:.2f} | {number} |")
    if given.svg:
        given.svg.write_text(drawn(points), encoding="utf-8")


if __name__ == "__main__":
    main()
