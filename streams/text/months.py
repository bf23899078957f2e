"""Names of the Gregorian months in the languages and dialects of the press."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from streams.text.fold import fold_name


@cache
def months() -> dict[str, int]:
    """Return the number of the month by folded name; every form of the data file."""
    text = files("streams.text").joinpath("data", "months.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {
        fold_name(form): int(row["month"])
        for row in csv.DictReader(lines, delimiter="\t")
        for form in row["forms"].split("|")
    }


def month_of(word: str) -> int | None:
    """Return the month that a folded name stands for, its final full stop left out."""
    return months().get(word.rstrip("."))


@cache
def names(*systems: str) -> tuple[str, ...]:
    """Return the folded names of months, the longest first.

    ``systems`` limits them to ids of the data file (``en``, ``ar-levant`` …); none means all.
    """
    text = files("streams.text").joinpath("data", "months.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    found = {
        fold_name(form)
        for row in csv.DictReader(lines, delimiter="\t")
        if not systems or row["id"] in systems
        for form in row["forms"].split("|")
    }
    return tuple(sorted(found, key=lambda name: (-len(name), name)))
