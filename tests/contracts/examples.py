"""Writes `schemas/examples/`: one message of each topic, made by the stages themselves.

Run with ``python -m tests.contracts.examples`` when the contracts or the rules have changed,
then ``incident-streams schemas export``, which puts them into the AsyncAPI document.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from schemas import Article, IncidentReport
from schemas.asyncapi import EXAMPLES
from schemas.contract import Contract
from schemas.publish import PUBLISHED
from streams.commands.process import run
from streams.merging import Merger
from streams.pipeline import PIPELINE
from streams.transport.merging import current

TOLD = (
    Article(
        article_id="ramadi-1",
        url="https://news.example/ramadi-1",
        source="وكالة الفرات للأنباء",
        title="قتلى بتفجير انتحاري في الرمادي",
        published_at="2026-03-10T09:40:00Z",
        text="قُتل خمسة أشخاص وأصيب 12 آخرون، اليوم الثلاثاء، بتفجير انتحاري في الرمادي.",
    ),
    Article(
        article_id="ramadi-2",
        url="https://news.example/ramadi-2",
        source="Gulf Wire",
        title="Toll rises to nine in Ramadi suicide bombing",
        published_at="2026-03-10T16:05:00Z",
        text="Nine people were killed in a suicide bombing in Ramadi on Tuesday, police said.",
    ),
)
"""Two invented articles of one incident; the second raises the toll."""


def examples() -> dict[str, Contract]:
    """Return a message for each contract."""
    made = [run(article, PIPELINE, {}) for article in TOLD]
    reports = [value for values in made for value in values if isinstance(value, IncidentReport)]
    store: dict[str, bytes] = {}
    merger = Merger(store)
    for one in reports:
        outcome = merger.add(one)
        store |= {name: kept for name, kept in outcome.writes.items() if kept}
    kinds = {type(value): value for value in made[0]}
    revision = outcome.revisions[-1]
    incident = current(revision)
    kinds |= {type(reports[0]): reports[0], type(revision): revision, type(incident): incident}
    return {name: kinds[contract] for name, contract in PUBLISHED.items()}


def main(folder: Path = EXAMPLES) -> None:
    """Write them."""
    folder.mkdir(exist_ok=True)
    for name, value in examples().items():
        content = orjson.loads(value.to_json())
        path = folder / f"{name}.json"
        path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
