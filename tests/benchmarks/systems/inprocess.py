"""The stages and the whole line in one process, without Kafka: answers questions on its input."""

from __future__ import annotations

import time
from typing import Any

from schemas import Article
from streams.entities.candidate import passages
from streams.entities.dates import find_dates
from streams.merging import Merger
from streams.pipeline import PIPELINE, SEGMENTATION, TRANSLATION
from streams.reception import receive
from streams.text.identity import identified
from streams.warm import settle, warm_up
from tests.benchmarks.articles import Language, message, text
from tests.benchmarks.processes import answer

_store: dict[str, bytes] = {}
_merger = Merger(_store)
"""Kept from question to question, as the worker's table is."""


def line(first: int, count: int, characters: int | None = None) -> dict[str, Any]:
    """Take articles through every stage and the merge; return the seconds of each."""
    values: list[Any] = [
        receive(message(n, characters=characters)[1]) for n in range(first, first + count)
    ]
    read = sum(len(one.text) for one in values)
    seconds: dict[str, float] = {}
    for stage in PIPELINE:
        begun = time.process_time()
        values = [made for value in values for made in stage.run(value)]
        seconds[stage.name] = time.process_time() - begun
    begun = time.process_time()
    revisions = 0
    for value in values:
        outcome = _merger.add(value)
        revisions += len(outcome.revisions)
        for name, packed in outcome.writes.items():
            if packed is None:
                _store.pop(name, None)
            else:
                _store[name] = packed
    seconds["merging"] = time.process_time() - begun
    return {"seconds": seconds, "characters": read, "reports": len(values), "revisions": revisions}


def stages(
    first: int, count: int, language: Language, upto: int, characters: int
) -> dict[str, Any]:
    """Take articles of a language through the first stages."""
    made = [text(n, characters=characters, language=language) for n in range(first, first + count)]
    begun = time.process_time()
    for body in made:
        values: list[Any] = [identified(Article(text=body))]
        for stage in PIPELINE[:upto]:
            values = [one for value in values for one in stage.run(value)]
    return {"work_seconds": time.process_time() - begun, "characters": count * characters}


def dates(first: int, count: int, language: Language, characters: int) -> dict[str, Any]:
    """Find the dates of articles; segmentation and flag before that are not counted."""
    made = [
        next(
            iter(
                TRANSLATION.run(
                    next(
                        iter(
                            SEGMENTATION.run(
                                identified(
                                    Article(text=text(n, characters=characters, language=language))
                                )
                            )
                        )
                    )
                )
            )
        )
        for n in range(first, first + count)
    ]
    begun, found = time.process_time(), 0
    for article in made:
        candidates, _ = find_dates(passages(article), published_at=None)
        found += len(candidates)
    return {
        "work_seconds": time.process_time() - begun,
        "characters": count * characters,
        "found": found,
    }


if __name__ == "__main__":
    warm_up()
    settle()
    answer({"line": line, "stages": stages, "dates": dates})
