"""How sure a report is: voice, strength of the words, agreement, and what is known."""

from __future__ import annotations

from schemas import Confidence, IncidentDate
from streams.incidents.gather import Gathered


def confidence(one: Gathered, *, date: IncidentDate | None, located: bool) -> Confidence:
    """Return how sure the report is: voice, strength of the words, agreement, what is known."""
    best = 0.0
    for telling in one.tellings:
        lead = telling.lead
        voice = {"own": 0.3, "quote": 0.2, "post": 0.05}.get(lead.voice, 0.0)
        best = max(best, voice + (0.25 if lead.trigger.strong else 0.1))
    score = best + 0.05 * min(3, len(one.tellings) - 1) + (0.1 if located else 0.0)
    score += 0.1 if date is not None and date.precision == "day" else 0.0
    score += 0.1 if one.tolls() else 0.0
    return Confidence(
        overall=round(min(0.97, score + 0.1), 3),
        event=round(min(0.97, best + 0.3), 3),
        date=0.9 if date is not None and date.precision == "day" else 0.4 if date else None,
        place=0.85 if located else None,
    )
