"""Extracts the incidents an article tells (first version: none yet)."""

from __future__ import annotations

from schemas import AnnotatedArticle, IncidentReport


def extract(article: AnnotatedArticle) -> tuple[IncidentReport, ...]:
    """Return one report for each incident the article tells, in order of first mention."""
    del article
    return ()
