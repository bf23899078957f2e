"""The whole line by hand on aiokafka: the same stages and merge, five hops in one process."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from typing import Any

from streams.merging import Merger
from streams.pipeline import PIPELINE, SEGMENTATION, Stage
from streams.reception import receive
from streams.transport.stage import key_of
from streams.warm import settle, warm_up
from tests.benchmarks.systems.aiokafka_loop import Sent, Work, hop, run


def stage_work(stage: Stage) -> Work:
    """Return what a stage makes of a message."""

    def work(record: Any) -> Iterable[Sent]:
        if stage is SEGMENTATION:
            value: Any = receive(record.value)
        else:
            value = stage.consumes.contract.from_json(record.value)
        return [(key_of(one, stage.produces), one.to_json(), []) for one in stage.run(value)]

    return work


def merge_work() -> Work:
    """Return what the merge makes of a message; its table is a dictionary."""
    store: dict[str, bytes] = {}
    merger = Merger(store)

    def work(record: Any) -> Iterable[Sent]:
        outcome = merger.add(PIPELINE[-1].produces.contract.from_json(record.value))  # type: ignore[arg-type]
        for name, value in outcome.writes.items():
            if value is None:
                store.pop(name, None)
            else:
                store[name] = value
        return [(one.incident_id.encode(), one.to_json(), []) for one in outcome.revisions]

    return work


async def main(bootstrap: str, prefix: str) -> None:
    """Run the hops; topics are ``PREFIX-0`` to ``PREFIX-6``."""
    warm_up()
    settle()
    hops = [
        hop(bootstrap, f"{prefix}-{n}", (f"{prefix}-{n + 1}",), stage_work(stage), most=200)
        for n, stage in enumerate(PIPELINE)
    ]
    out = (f"{prefix}-5", f"{prefix}-6")
    await asyncio.gather(*hops, hop(bootstrap, f"{prefix}-4", out, merge_work(), most=200))


if __name__ == "__main__":
    run(main(*sys.argv[1:3]))
