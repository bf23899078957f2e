"""Loads what the stages load lazily, before the worker says that it is ready."""

from __future__ import annotations

import gc

from schemas import Article, Contract
from streams.pipeline import PIPELINE

_TEXTS = (
    "BAGHDAD - A bomb killed three soldiers in Baghdad on Tuesday, police said.",
    "قُتل ثلاثة جنود بانفجار عبوة ناسفة في بغداد، الثلاثاء، بحسب الشرطة.",
)


def warm_up() -> None:
    """Take an article of each language through all stages and forget it.

    The first article loads gazetteers and models; on the event loop that would hold up
    everything else for seconds.
    """
    for text in _TEXTS:
        values: list[Contract] = [Article(text=text)]
        for stage in PIPELINE:
            values = [made for value in values for made in stage.run(value)]


def settle() -> None:
    """Leave what is loaded out of all later searches for garbage, and search more rarely.

    Gazetteers and models are hundreds of thousands of objects that never go; looking through
    them again and again took a fifth of the worker's time.  What an article makes lives until
    its stage's batch is sent and holds no cycles: looked through every 20,000 objects, it still
    took 4 % (by samples of the processor).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
