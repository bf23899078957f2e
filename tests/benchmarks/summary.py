"""From what was measured to the named figures, and the table that people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks import language, latency, passing
from tests.benchmarks.feeding import Passed
from tests.benchmarks.processes import median, percentile

Figures = dict[str, float]
Rows = list[tuple[str, str]]
Shown = tuple[str, list[str], list[list[str]]]
"""A heading, the columns and the rows."""
STAGES = ("segmentation", "translation", "entities", "incidents", "merging")


def of_line(found: Mapping[str, Any], count: int) -> tuple[Figures, Shown]:
    """Return figures and rows of the whole line."""
    beside = [(sum(a["seconds"].values()) / count, b.cpu / b.count) for a, b in found["beside"]]
    work = [sum(one["seconds"].values()) / count for one in found["inside"]]
    outside = [one.cpu / one.count for one in found["outside"]]
    figures = {
        "inprocess_articles_per_second": 1 / median(work),
        "topics_articles_per_cpu_second": 1 / median(outside),
        "topics_over_inprocess": median([a / b for a, b in zip(work, outside, strict=True)]),
        "topics_over_inprocess_at_once": median([a / b for a, b in beside]),
        "topics_articles_per_second": median([one.rate for one in found["outside"]]),
        "resident_mb": median([one["resident_mb"] for one in found["inside"]]),
        "worker_resident_mb": median([one.resident_mb for one in found["outside"]]),
        "live_p99_ms": found["live_p99_ms"],
        "reports_per_article": median([one["reports"] / count for one in found["inside"]]),
    }
    rows = []
    for stage in STAGES:
        cost = median([one["seconds"][stage] / count for one in found["inside"]])
        figures[f"{stage}_articles_per_second"] = 1 / cost
        rows.append([stage, f"{1000 * cost:.2f}", f"{1 / cost:,.0f}", ""])
    rows.append(
        ["whole line, in process", f"{1000 * median(work):.2f}", f"{1 / median(work):,.0f}",
         f"{figures['resident_mb']:.0f}"]
    )  # fmt: skip
    rows.append(
        ["whole line, five hops on Kafka", f"{1000 * median(outside):.2f}",
         f"{1 / median(outside):,.0f}", f"{figures['worker_resident_mb']:.0f}"]
    )  # fmt: skip
    for name, cost in zip(
        ("in process", "five hops on Kafka"), map(median, zip(*beside, strict=True)), strict=True
    ):
        rows.append([f"{name}, both at once", f"{1000 * cost:.2f}", f"{1 / cost:,.0f}", ""])
    columns = ["work, articles of 3,300 characters", "CPU ms", "articles per CPU second", "MB"]
    return figures, ("The whole line", columns, rows)


def of_passing(found: Mapping[str, Sequence[Passed]]) -> tuple[Figures, Shown]:
    """Return figures and rows of the transport."""
    figures: Figures = {}
    if passing.OURS in found and passing.AIOKAFKA in found:
        figures["transport_over_aiokafka"] = passing.ratio(
            found[passing.OURS], found[passing.AIOKAFKA]
        )
    if passing.OURS in found and passing.PLAIN in found:
        figures["plain_faust_over_transport"] = passing.ratio(
            found[passing.PLAIN], found[passing.OURS]
        )
    rows = []
    for name, rounds in found.items():
        figures[f"transport_cpu_ms {name}"] = cost = median([one.cpu_ms for one in rounds])
        spread = f"{min(o.cpu_ms for o in rounds):.3f} to {max(o.cpu_ms for o in rounds):.3f}"
        rate = median([one.rate for one in rounds])
        rows.append([name, f"{cost:.3f}", spread, f"{rate:,.0f}", f"{rounds[-1].resident_mb:.0f}"])
    columns = ["three hops, stages that pass on", "CPU ms a message", "least to most",
               "messages/s", "MB"]  # fmt: skip
    return figures, ("Transport alone", columns, rows)


def of_latency(
    found: Mapping[tuple[str, float], Sequence[Sequence[float]]],
) -> tuple[Figures, Shown]:
    """Return figures and rows of the latency."""
    figures: Figures = {}
    ours, theirs = (found.get((n, 0.5), []) for n in (latency.OURS, latency.BY_HAND))
    ratios = [percentile(a, 0.99) / percentile(b, 0.99) for a, b in zip(ours, theirs, strict=False)]
    if ratios:
        figures["latency_p99_over_aiokafka"] = median(ratios)
    rows = []
    for (name, share), rounds in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        every = [one for each in rounds for one in each]
        p50, p99, p999 = (percentile(every, q) for q in (0.5, 0.99, 0.999))
        middle = median([percentile(each, 0.99) for each in rounds])
        rows.append([name, f"{share:.0%}", str(len(every)), f"{p50:.0f}", f"{p99:.0f}",
                     f"{p999:.0f}", f"{middle:.0f}"])  # fmt: skip
        figures[f"latency_p99_ms {name} {share}"] = middle
    columns = ["article in to incident out, ms", "of the maximum", "articles", "p50", "p99",
               "p99.9", "median of the rounds' p99"]  # fmt: skip
    return figures, ("Latency", columns, rows)


def of_scaling(found: Mapping[str, Sequence[Passed]]) -> tuple[Figures, Shown]:
    """Return figures and rows of workers, partitions and lengths."""
    figures: Figures = {}
    for partitions, suffix in ((4, ""), (16, "_16_partitions")):
        one, two = (found.get(f"{n}, {partitions} partitions") for n in ("1 worker", "2 workers"))
        if one and two:
            pairs = list(zip(one, two, strict=True))
            figures["two_workers_over_one" + suffix] = median([b.rate / a.rate for a, b in pairs])
            figures["two_workers_over_one_by_cpu" + suffix] = median(
                [2 * a.cpu_ms / b.cpu_ms for a, b in pairs]
            )
    rows = [
        [
            name,
            f"{median([p.cpu_ms for p in rounds]):.2f}",
            f"{median([p.rate for p in rounds]):,.0f}",
        ]
        for name, rounds in found.items()
    ]
    return figures, ("Scaling", ["case", "CPU ms an article", "articles/s"], rows)


def of_backlogs(found: Mapping[int, Sequence[float]]) -> tuple[Figures, Shown]:
    """Return figures and rows of what waits."""
    costs = {waiting: median(each) for waiting, each in found.items()}
    figures = {f"backlog_cpu_ms {waiting}": cost for waiting, cost in costs.items()}
    large = [cost for waiting, cost in costs.items() if waiting >= 1000]
    if large:
        figures["backlog_most_over_least"] = max(large) / min(large)
    rows = [[f"{waiting:,}", f"{cost:.2f}"] for waiting, cost in costs.items()]
    return figures, ("Backlog", ["articles of 1,000 characters waiting", "CPU ms an article"], rows)


def of_language(found: Mapping[str, Sequence[float]]) -> tuple[Figures, Shown]:
    """Return figures and rows of the language work."""
    figures: Figures = {}
    ours, spacy = found.get(language.ALL), found.get(language.SPACY)
    if ours and spacy:
        figures["characters_over_spacy"] = median(ours) / median(spacy)
    figures |= {f"characters_per_second {name}": median(each) for name, each in found.items()}
    rows = [[name, f"{median(each):,.0f}"] for name, each in found.items()]
    return figures, ("Language work", ["tool", "characters per CPU second"], rows)


def markdown(shown: Sequence[Shown], head: str) -> str:
    """Return the report as Markdown."""
    parts = [head]
    for title, columns, rows in shown:
        lines = [" | ".join(row) for row in (columns, ["---"] * len(columns), *rows)]
        parts.append(f"## {title}\n\n" + "\n".join(f"| {line} |" for line in lines))
        parts.append(f"![{title}]({name_of(title)})")
    return "\n\n".join(parts) + "\n"


def name_of(title: str) -> str:
    """Return the name of a section's plot."""
    return title.lower().replace(" ", "-") + ".svg"
