"""The contracts: what goes in, what travels between the stages, what comes out.

Import the records from here; one module per topic family holds them.
"""

from schemas.article import MAXIMUM_TEXT_BYTES, Article
from schemas.contract import Contract, Span
from schemas.entity import AnnotatedArticle, Canonical, Count, DateValue, Entity, Place
from schemas.flag import FlaggedArticle, FlaggedSegment, LanguageShare, LanguageSpan
from schemas.incident import (
    Actor,
    ArticleReference,
    Attackers,
    Casualty,
    CasualtyRecord,
    Claim,
    Confidence,
    Conflict,
    Evidence,
    Incident,
    IncidentDate,
    IncidentPlace,
    IncidentReport,
    IncidentRevision,
    Plover,
    Weapon,
)
from schemas.segment import Hashtag, Post, Quote, Segment, SegmentedArticle, Url

__all__ = [
    "MAXIMUM_TEXT_BYTES",
    "Actor",
    "AnnotatedArticle",
    "Article",
    "ArticleReference",
    "Attackers",
    "Canonical",
    "Casualty",
    "CasualtyRecord",
    "Claim",
    "Confidence",
    "Conflict",
    "Contract",
    "Count",
    "DateValue",
    "Entity",
    "Evidence",
    "FlaggedArticle",
    "FlaggedSegment",
    "Hashtag",
    "Incident",
    "IncidentDate",
    "IncidentPlace",
    "IncidentReport",
    "IncidentRevision",
    "LanguageShare",
    "LanguageSpan",
    "Place",
    "Plover",
    "Post",
    "Quote",
    "Segment",
    "SegmentedArticle",
    "Span",
    "Url",
    "Weapon",
]
