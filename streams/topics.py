"""Every Kafka topic, declared once: Faust, docs, manifests and access lists are made from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import schemas

DEAD_LETTER_SUFFIX = "-dlt"
_DAY = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic: what its messages are, how they are keyed, and how long they are kept."""

    name: str
    contract: type[schemas.Contract]
    key: Literal["article_id", "country_code", "incident_id"]
    cleanup: Literal["delete", "compact"] = "delete"
    retention_ms: int = 7 * _DAY
    """How long messages are kept; for a compacted topic, how long a tombstone is."""
    written_by: str
    purpose: str

    @property
    def dead_letters(self) -> str:
        """Name of the topic that takes what a reader of this one could not process."""
        return self.name + DEAD_LETTER_SUFFIX


ARTICLES = Topic(
    name="news.article.v1",
    contract=schemas.Article,
    key="article_id",
    written_by="collectors, `send`",
    purpose="input",
)
SEGMENTED_ARTICLES = Topic(
    name="news.segmented-article.v1",
    contract=schemas.SegmentedArticle,
    key="article_id",
    written_by="segmentation",
    purpose="internal",
)
FLAGGED_ARTICLES = Topic(
    name="news.flagged-article.v1",
    contract=schemas.FlaggedArticle,
    key="article_id",
    written_by="translation",
    purpose="internal; translators may subscribe",
)
ANNOTATED_ARTICLES = Topic(
    name="news.annotated-article.v1",
    contract=schemas.AnnotatedArticle,
    key="article_id",
    written_by="entities",
    purpose="internal; entity search may subscribe",
)
INCIDENT_REPORTS = Topic(
    name="news.incident-report.v1",
    contract=schemas.IncidentReport,
    key="country_code",
    written_by="incidents",
    purpose="internal",
)
INCIDENTS = Topic(
    name="news.incident.v1",
    contract=schemas.Incident,
    key="incident_id",
    cleanup="compact",
    retention_ms=_DAY,
    written_by="merging",
    purpose="dashboards; newest revision of each incident, null value = withdrawn",
)
INCIDENT_REVISIONS = Topic(
    name="news.incident-revision.v1",
    contract=schemas.IncidentRevision,
    key="incident_id",
    retention_ms=365 * _DAY,
    written_by="merging",
    purpose="dashboards, audit; every revision",
)

TOPICS = (
    ARTICLES,
    SEGMENTED_ARTICLES,
    FLAGGED_ARTICLES,
    ANNOTATED_ARTICLES,
    INCIDENT_REPORTS,
    INCIDENTS,
    INCIDENT_REVISIONS,
)
CONSUMED = TOPICS[:5]
"""Topics that a stage reads; each has a dead-letter topic beside it."""

UNKNOWN_COUNTRY = "ZZ"
"""Key of a report whose country is not known."""


def dead_letter_topics() -> Iterator[str]:
    """Yield the name of every dead-letter topic."""
    for topic in CONSUMED:
        yield topic.dead_letters
