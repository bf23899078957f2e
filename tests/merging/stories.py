"""Builders of incident reports for the tests of merging."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from schemas import (
    Actor,
    ArticleReference,
    Casualty,
    Confidence,
    Evidence,
    IncidentDate,
    IncidentPlace,
    IncidentReport,
)

TOWNS = {
    "Ramadi": ("IQ", "iso3166-2:IQ-AN", 33.42, 43.30),
    "Fallujah": ("IQ", "iso3166-2:IQ-AN", 33.35, 43.78),
    "Mosul": ("IQ", "iso3166-2:IQ-NI", 36.34, 43.12),
    "Idlib": ("SY", "iso3166-2:SY-ID", 35.93, 36.63),
}
MARCH = dt.date(2026, 3, 1)


def report(  # a builder names what a story varies
    article: str,
    *,
    day: int | None = 10,
    town: str | None = "Ramadi",
    sub_type: str = "Suicide bomb",
    killed: int | None = None,
    source: str = "wire",
    hour: int = 12,
    published: int | None = None,
    realis: str = "actual",
    claimed_by: str | None = None,
    speaker: str | None = None,
    victim: str | None = None,
    fingerprint: str | None = None,
    **more: Any,
) -> IncidentReport:
    """Return a report as extraction would make it; days are in March 2026."""
    when = dt.datetime.combine(MARCH, dt.time(hour), dt.UTC) + dt.timedelta(
        days=(published or day or 1) - 1
    )
    span = {
        "article_id": article,
        "start": 0,
        "end": 5,
        "text": "blast",
        "language": "en",
        "needs_translation": False,
        "segment_kind": "paragraph",
        "speaker": speaker,
        "rule": "test",
    }
    evidence = [Evidence(supports="trigger", **span)]
    place = date = None
    if town:
        country, admin1, latitude, longitude = TOWNS[town]
        place = IncidentPlace(
            id=f"geonames:{town}", name=town, latitude=latitude, longitude=longitude,
            admin1=admin1, country_code=country, precision=1, feature_code="PPL",
        )  # fmt: skip
        evidence.append(Evidence(supports="place", **span))
    if day:
        value = MARCH + dt.timedelta(days=day - 1)
        date = IncidentDate(
            start=value, end=value, precision="day", anchor="published_at", time_precision=1
        )
        evidence.append(Evidence(supports="date", **span))
    casualties = (Casualty(harm="killed", best=killed, min=killed),) if killed is not None else ()
    actors = (
        (Actor(role="claimant", name=claimed_by, kind="armed_group", text=claimed_by),)
        if claimed_by
        else ()
    )
    if victim:
        actors += (Actor(role="victim", name=victim, kind="person", text=victim),)
    reference = ArticleReference(
        article_id=article, source=source, published_at=when, fingerprint=fingerprint
    )
    values = {
        "incident_id": f"r-{article}",
        "title": "",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": sub_type,
        "stage": "completed",
        "realis": realis,
        "trigger": evidence[0],
        "date": date,
        "place": place,
        "actors": actors,
        "casualties": casualties,
        "evidence": tuple(evidence),
        "articles": (reference,),
        "confidence": Confidence(overall=0.8),
        "pipeline_version": "test",
    }
    return IncidentReport.model_validate(values | more)


@st.composite
def reports(draw: st.DrawFn) -> list[IncidentReport]:
    """Return some reports that agree, nearly agree and contradict each other."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        day = draw(st.sampled_from([9, 10, 10, 10, 11, None]))
        made.append(
            report(
                f"a{number}",
                day=day,
                town=draw(
                    st.sampled_from(["Ramadi", "Ramadi", "Fallujah", "Mosul", "Idlib", None])
                ),
                sub_type=draw(st.sampled_from(["Suicide bomb", "Attack", "Air/drone strike"])),
                killed=draw(st.sampled_from([None, 3, 5, 5, 40])),
                source=draw(st.sampled_from(["wire", "paper", "radio"])),
                published=(day or 10) + draw(st.integers(0, 3)),
                hour=draw(st.integers(0, 23)),
                realis=draw(st.sampled_from(["actual", "actual", "historical", "denied"])),
                victim=draw(st.sampled_from([None, None, "Salim Haddad", "Rana Khoury"])),
                operation_name=draw(st.sampled_from([None, None, None, "Clear Sky"])),
                fingerprint=draw(st.sampled_from([None, "00000000000000ff", "ffff000000000000"])),
            )
        )
    return made
