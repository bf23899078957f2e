"""Speed of the merge against tens of thousands of open incidents, and how it grows with them.

Run with ``python -m tests.benchmarks.merging [PLOT.svg]``.  Incidents are spread over sixty
countries of forty towns each and the thirty days that an incident stays open.  Of the reports
measured, a third tell of a new incident and the others of one that is open.  One process, one
core; the time is that of the process: packing and unpacking the state and making the revisions
included, Kafka not.
"""

from __future__ import annotations

import datetime as dt
import gc
import math
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas import IncidentReport
from streams.merging import Merger
from tests.merging.stories import report

OPEN = (1_000, 5_000, 10_000, 50_000)
COUNTRIES, TOWNS, DAYS = 60, 40, 30
MEASURED = 6_000
ROUNDS = 3
KINDS = ("Suicide bomb", "Attack", "Air/drone strike", "Armed clash", "Grenade")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one report costs against a number of open incidents."""

    incidents: int
    microseconds: float
    """The mean, in the median round."""
    slowest: float
    """The 99th percentile."""

    @property
    def rate(self) -> float:
        """Reports a second on one core."""
        return 1e6 / self.microseconds


def told(number: int, *, incident: int) -> IncidentReport:
    """Return a report of an incident; the incident's number says where, when and what."""
    chance = random.Random(incident)
    country, town = chance.randrange(COUNTRIES), chance.randrange(TOWNS)
    made = report(
        f"article-{number}",
        day=1 + chance.randrange(DAYS),
        sub_type=chance.choice(KINDS),
        killed=chance.randrange(1, 40),
        source=f"outlet-{number % 23}",
        hour=number % 24,
        claimed_by=chance.choice((None, "Front of the Hills", "Army of the Plain")),
    )
    assert made.place is not None
    row, column = divmod(town, 8)
    place = {
        "id": f"geonames:{country}/{town}",
        "name": f"Town {town} of {country}",
        "country_code": f"{chr(65 + country // 26)}{chr(65 + country % 26)}",
        "latitude": round(-30 + country // 10 * 12 + row * 1.1, 3),
        "longitude": round(-90 + country % 10 * 18 + column * 1.1, 3),
    }
    return made.model_copy(update={"place": made.place.model_copy(update=place)})


class Feed:
    """A merger with its store."""

    def __init__(self) -> None:
        self.store: dict[str, bytes] = {}
        self.merger = Merger(self.store, silence=dt.timedelta(days=3 * DAYS))

    def send(self, one: IncidentReport) -> None:
        """Merge a report and keep what it writes, as the worker does."""
        for name, value in self.merger.add(one).writes.items():
            if value is None:
                self.store.pop(name, None)
            else:
                self.store[name] = value


def fill(feed: Feed, incidents: int, *, known: int) -> int:
    """Let reports of new incidents in until so many are open; return how many are told of."""
    while len(feed.store) < incidents:
        feed.send(told(known, incident=known))
        known += 1
    return known


def measure(feed: Feed, *, known: int, number: int) -> list[float]:
    """Return the microseconds of each report of a round."""
    chance = random.Random(number)
    told_of = [known + n if n % 3 == 0 else chance.randrange(known) for n in range(MEASURED)]
    reports = [told(number + n, incident=incident) for n, incident in enumerate(told_of)]
    gc.collect()
    gc.disable()  # or it runs through the reports made ahead, which no worker holds
    spent = []
    for one in reports:
        begun = time.process_time_ns()
        feed.send(one)
        spent.append((time.process_time_ns() - begun) / 1000)
    gc.enable()
    return spent


def costs(steps: Sequence[int] = OPEN) -> list[Cost]:
    """Return the cost of a report at each number of open incidents."""
    found = []
    for incidents in steps:
        rounds = []
        for number in range(ROUNDS if incidents < 20_000 else 1):
            feed = Feed()
            known = fill(feed, incidents, known=0)
            rounds.append(measure(feed, known=known, number=10_000_000 * (number + 1)))
        middle = sorted(rounds, key=statistics.fmean)[len(rounds) // 2]
        slowest = statistics.quantiles(middle, n=100)[98]
        found.append(Cost(incidents, statistics.fmean(middle), slowest))
    return found


def logarithmic(found: Sequence[Cost]) -> bool:
    """Tell whether the cost grows by no larger a factor than the logarithm of the incidents."""
    first, last = found[0], found[-1]
    allowed = math.log(last.incidents) / math.log(first.incidents)
    return last.microseconds <= first.microseconds * allowed


def plot(found: Sequence[Cost]) -> str:
    """Return an SVG of the cost over the number of open incidents, on a logarithmic axis."""
    low, high = math.log10(found[0].incidents), math.log10(found[-1].incidents)
    top = 1.15 * max(500.0, *(cost.microseconds for cost in found))
    spots = [
        (
            70 + 500 * (math.log10(cost.incidents) - low) / (high - low),
            280 - 240 * cost.microseconds / top,
            cost,
        )
        for cost in found
    ]
    goal = 280 - 240 * 500 / top
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/>'
        f'<text x="{x:.0f}" y="{y - 10:.0f}">{cost.microseconds:.0f} µs</text>'
        f'<text x="{x:.0f}" y="300">{cost.incidents:,}</text>'
        for x, y, cost in spots
    )
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in spots)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 340" '
        'font-family="sans-serif" font-size="12" text-anchor="middle">'
        '<rect width="640" height="340" fill="white"/>'
        '<path d="M70 40V280H600" fill="none" stroke="black"/>'
        f'<path d="M70 {goal:.0f}H600" stroke="#b00" stroke-dasharray="4"/>'
        f'<text x="540" y="{goal - 6:.0f}" fill="#b00">2,000 reports a second</text>'
        f'<polyline points="{line}" fill="none" stroke="#036"/>{marks}'
        '<text x="320" y="325">open incidents</text>'
        '<text x="320" y="24">CPU of one report in the merge</text></svg>\n'
    )


def main() -> None:
    """Print the table; write the plot if a file is named."""
    found = costs()
    print(f"{'open incidents':>15}{'µs a report':>13}{'99 %':>8}{'reports/s':>11}")
    for cost in found:
        print(f"{cost.incidents:15,}{cost.microseconds:13.0f}{cost.slowest:8.0f}{cost.rate:11.0f}")
    print(f"no worse than logarithmic: {'yes' if logarithmic(found) else 'no'}")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(plot(found), "utf-8")


if __name__ == "__main__":
    main()
