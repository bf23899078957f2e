"""Incidents as the compacted topic holds them, for the tests of feeds and page."""

from __future__ import annotations

from schemas import Incident, IncidentReport
from streams.merging import merge_all
from tests.merging.stories import report

ARABIC = "قُتل خمسة أشخاص بتفجير انتحاري في الرمادي"


def merged(*reports: IncidentReport) -> Incident:
    """Return the one incident that the reports tell."""
    (incident,) = merge_all(reports)
    return incident


def bombing(killed: int = 5, **more: object) -> Incident:
    """Return a bombing told in Arabic, with evidence in its sentence."""
    one = report("a1", killed=killed, claimed_by="Islamic State")
    start = ARABIC.index("خمسة أشخاص")
    piece = one.trigger.model_copy(
        update={
            "supports": "casualties.killed",
            "start": start,
            "end": start + len("خمسة أشخاص"),
            "text": "خمسة أشخاص",
            "language": "ar",
            "needs_translation": True,
            "context": ARABIC,
            "context_start": 0,
        }
    )
    evidence = (piece, *one.evidence)
    incident = merged(one.model_copy(update={"evidence": evidence}))
    return incident.model_copy(
        update={"title": f"Suicide bombing in Ramadi: {killed} killed"} | more
    )


def unlocated() -> Incident:
    """Return an incident whose place is not known."""
    return merged(report("b1", town=None, sub_type="Attack", day=12))
