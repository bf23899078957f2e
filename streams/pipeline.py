"""READ FIRST: how an article becomes incidents, one line per stage.

Each stage is a pure function from one frozen value to the next.  The Faust worker
(`streams.app`), the command `process`, the tests and the benchmarks run these same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from schemas import AnnotatedArticle, Article, Contract, FlaggedArticle, IncidentReport
from schemas.segment import SegmentedArticle
from streams import topics
from streams.entities import annotate
from streams.incidents import extract
from streams.segmentation import segment
from streams.text.identity import identified
from streams.topics import Topic
from streams.translation import flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the line: what it reads, what it writes, and the function between."""

    name: str
    consumes: Topic
    produces: Topic
    run: Callable[..., Iterable[Contract]]
    """``run(value, **options)`` gives the values to send on, in order."""


def _segmentation(article: Article, **_: Any) -> Iterable[SegmentedArticle]:
    yield segment(identified(article))


def _translation(
    article: SegmentedArticle, *, targets: tuple[str, ...] = ("en",), **_: Any
) -> Iterable[FlaggedArticle]:
    yield flag(article, targets=targets)


def _entities(
    article: FlaggedArticle, *, name_model: Any = None, **_: Any
) -> Iterable[AnnotatedArticle]:
    yield annotate(article, name_model=name_model)


def _incidents(article: AnnotatedArticle, **_: Any) -> Iterable[IncidentReport]:
    yield from extract(article)


SEGMENTATION = Stage(
    name="segmentation",
    consumes=topics.ARTICLES,
    produces=topics.SEGMENTED_ARTICLES,
    run=_segmentation,
)
TRANSLATION = Stage(
    name="translation",
    consumes=topics.SEGMENTED_ARTICLES,
    produces=topics.FLAGGED_ARTICLES,
    run=_translation,
)
ENTITIES = Stage(
    name="entities",
    consumes=topics.FLAGGED_ARTICLES,
    produces=topics.ANNOTATED_ARTICLES,
    run=_entities,
)
INCIDENTS = Stage(
    name="incidents",
    consumes=topics.ANNOTATED_ARTICLES,
    produces=topics.INCIDENT_REPORTS,
    run=_incidents,
)

PIPELINE = (SEGMENTATION, TRANSLATION, ENTITIES, INCIDENTS)
"""The stateless stages in order; `streams.merging` takes the reports from there."""
