"""Language work beside other tools on the same text, a process for each tool."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.benchmarks.articles import SEED_CHARACTERS
from tests.benchmarks.processes import RIVALS, Child
from tests.benchmarks.whole import inprocess

ALL = "incident-streams, every layer, English"
ROWS: dict[str, tuple[str, dict[str, Any], int]] = {
    ALL: ("stages", {"language": "english", "upto": 4}, 30),
    "spaCy en_core_web_sm": ("tool", {"language": "english"}, 4),
    "incident-streams, segmentation + flag": ("stages", {"language": "mixed", "upto": 2}, 60),
    "blingfire + pycld2": ("tool", {"language": "mixed"}, 60),
    "pysbd + lingua": ("tool", {"language": "mixed"}, 2),
    "incident-streams, dates": ("dates", {"language": "mixed"}, 60),
    "dateparser": ("tool", {"language": "mixed"}, 1),
}
"""What is asked, with what, and how many articles a round takes."""
SPACY = "spaCy en_core_web_sm"


def measure(folder: Path, *, rounds: int, share: float, say: Any) -> dict[str, list[float]]:
    """Return characters per CPU second of each row; the rounds are interleaved."""
    ours = inprocess(folder)
    others: dict[str, Child] = {}
    found: dict[str, list[float]] = {}
    missing: set[str] = set()
    program = ["-m", "tests.benchmarks.systems.language"]
    try:
        for number in range(-1, rounds):
            for row, (work, options, most) in ROWS.items():
                if row in missing:
                    continue
                count = max(1, int(most * share))
                question = {"work": work, "first": number * count + most, "count": count}
                question |= {"characters": SEED_CHARACTERS, **options}
                try:
                    child = ours
                    if work == "tool":
                        question["name"] = row
                        if row not in others:
                            others[row] = Child.start(
                                row, program, folder=folder, python=RIVALS, answers=True
                            )
                        child = others[row]
                    told = child.ask(**question)
                except (OSError, RuntimeError) as error:
                    say(f"{row}: left out: {error}")
                    missing.add(row)
                    continue
                if number >= 0:
                    found.setdefault(row, []).append(told["characters"] / told["work_seconds"])
    finally:
        for child in (ours, *others.values()):
            child.stop()
    return found
