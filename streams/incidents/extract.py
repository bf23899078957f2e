"""Extracts the incidents an article tells: the door of the room."""

from __future__ import annotations

from schemas import AnnotatedArticle, IncidentReport
from streams.incidents.assemble import report
from streams.incidents.detect import mentions
from streams.incidents.gather import gather, tellings
from streams.incidents.reading import sentences
from streams.incidents.telling import Gathered


def extract(article: AnnotatedArticle) -> tuple[IncidentReport, ...]:
    """Return one report for each incident the article tells, in order of first mention.

    What is only feared, planned or talked about is no incident; a threat with its own words
    and a denial are reported as such (`realis`).
    """
    read = sentences(article)
    told = tellings(read, mentions(read, article.anchor_date))
    reports = [report(article, one) for one in gather(told, read) if _worth(one)]
    return tuple(reports)


def _worth(one: Gathered) -> bool:
    """Tell whether anything was told that happened, was threatened or was denied."""
    said = {m.realis for m in one.mentions}
    if said & {"actual", "historical"}:
        return True
    if any(m.stage == "threatened" for m in one.mentions):
        return True
    strong = one.tellings[0].sentence.arabic or any(m.trigger.strong for m in one.mentions)
    return "denied" in said and strong
