"""Runs a layer on the passages of each field, since offsets count anew in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from streams.entities.candidate import Candidate, Passage

Read = Callable[[Sequence[int]], Iterable[Candidate]]
"""Reads the passages of one field, given by number, and returns candidates in that field."""


def spread(found: Sequence[Passage], read: Read) -> list[list[Candidate]]:
    """Return what a layer finds, by passage; each candidate is of the passage it starts in."""
    layers: list[list[Candidate]] = [[] for _ in found]
    for field in ("title", "text"):
        numbers = [n for n, passage in enumerate(found) if passage.segment.field == field]
        if not numbers:
            continue
        starts = [found[number].start for number in numbers]
        for candidate in read(numbers):
            layers[numbers[max(0, bisect_right(starts, candidate.start) - 1)]].append(candidate)
    return layers
