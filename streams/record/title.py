"""The English headline of an incident, made from its fields alone."""

from __future__ import annotations

from schemas import IncidentReport


def title(record: IncidentReport) -> str:
    """Return e.g. "Suicide bombing in Baghdad, IQ: 32 killed, claimed by Islamic State"."""
    where = f" in {record.place.name}" if record.place else ""
    tolls = [f"{c.best} {c.harm}" for c in record.casualties if c.best and not c.of]
    claims = [f"claimed by {a.name}" for a in record.actors if a.role == "claimant"]
    details = ", ".join([*tolls, *claims[:1]])
    return f"{record.sub_event_type}{where}" + (f": {details}" if details else "")
