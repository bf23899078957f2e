"""Finds tolls: how many people came to which harm, in words or digits, and who they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas import Count
from streams.entities import casualties_arabic, casualties_english
from streams.entities.candidate import Candidate, Passage
from streams.entities.casualties_english import Toll

LARGEST = 10_000_000
"""Greater numbers are no tolls of incidents."""


def find_casualties(passages: Sequence[Passage]) -> list[Candidate]:
    """Return the tolls of the passages in order.

    A count that is part of another ("including three children") has ``part_of`` set to ``@``
    and the start of the total, which `annotate` turns into its id.
    """
    return [candidate for passage in passages for candidate in _found(passage)]


def _found(passage: Passage) -> Iterator[Candidate]:
    text = passage.folded.text
    arabic = any("\u0600" <= c <= "\u06ff" for c in text[:200])
    grammar = casualties_arabic if arabic else casualties_english
    for toll in sorted(grammar.tolls(text), key=lambda t: (t.group.start, t.word.harm)):
        if toll.group.best is None or toll.group.best <= LARGEST:
            yield _candidate(passage, toll)


def _candidate(passage: Passage, toll: Toll) -> Candidate:
    group = toll.group
    start, end = passage.span(group.start, group.end)
    total = None if toll.part_of is None else f"@{passage.span(toll.part_of, toll.part_of + 1)[0]}"
    return Candidate(
        start=start,
        end=end,
        type="casualty",
        confidence=0.9 if group.counted else 0.7,
        rule=f"casualty.{toll.word.id}",
        count=Count(
            harm=toll.word.harm,
            min=group.least,
            best=group.best,
            max=group.most,
            qualifier=group.qualifier,
            of=group.of,
            part_of=total,
            cumulative=toll.cumulative,
        ),
    )
