"""The English headline of an incident, made from its fields alone."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from schemas import Casualty, IncidentReport

_WORDS = {
    "Suicide bomb": "Suicide bombing",
    "Air/drone strike": "Air strike",
    "Shelling/artillery/missile attack": "Shelling",
    "Remote explosive/landmine/IED": "Bombing",
    "Grenade": "Grenade attack",
    "Chemical weapon": "Chemical attack",
    "Abduction/forced disappearance": "Abduction",
    "Looting/property destruction": "Property destroyed or looted",
    "Disrupted weapons use": "Weapons seized or defused",
    "Headquarters or base established": "Base established",
    "Change to group/activity": "Change of a group",
    "Non-state actor overtakes territory": "Armed group takes territory",
    "Non-violent transfer of territory": "Transfer of territory",
    "Other": "Other development",
}
"""What a headline calls a sub-event type where ACLED's name does not read as one."""

_STAGES = {"foiled": "Foiled: ", "attempted": "Attempted: ", "threatened": "Threatened: "}
_REALIS = {"denied": "Denied: ", "hypothetical": "Feared: ", "historical": "Earlier: "}
_MODES = {"drone": "Drone strike", "strike": "Strike", "hunger": "Hunger strike"}


@cache
def countries() -> dict[str, str]:
    """Return English names of countries by ISO 3166-1 alpha-2 code."""
    text = files("streams.record").joinpath("data", "countries.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: row["name"] for row in csv.DictReader(lines, delimiter="\t")}


def title(record: IncidentReport) -> str:
    """Return e.g. "Suicide bombing in Baghdad, Iraq: 32 killed, claimed by Islamic State"."""
    words = _WORDS.get(record.sub_event_type, record.sub_event_type)
    if record.plover and record.plover.mode in _MODES:
        words = _MODES[record.plover.mode]
    lead = _STAGES.get(record.stage) or _REALIS.get(record.realis, "")
    if lead:
        words = words[0].lower() + words[1:]
    details = ", ".join([*map(_toll, _whole(record)), *_claim(record)])
    return f"{lead}{words}{_where(record)}" + (f": {details}" if details else "")


def _where(record: IncidentReport) -> str:
    place = record.place
    if place is None:
        return ""
    country = countries().get(place.country_code or "", "")
    near = "in" if place.precision != 2 or place.feature_code != "PPL" else "near"
    if not country or country in place.name:
        return f" {near} {place.name}"
    return f" {near} {place.name}, {country}"


def _whole(record: IncidentReport) -> list[Casualty]:
    """Return the whole tolls above zero, the dead first."""
    order = ("killed", "injured", "missing", "abducted", "detained", "displaced")
    found = [c for c in record.casualties if not c.of and (c.best or c.min)]
    return sorted(found, key=lambda c: order.index(c.harm))


def _toll(casualty: Casualty) -> str:
    number = casualty.best if casualty.best is not None else casualty.min
    least = "at least " if casualty.qualifier == "at_least" or casualty.best is None else ""
    return f"{least}{number} {casualty.harm}"


def _claim(record: IncidentReport) -> list[str]:
    names = [a.name for a in record.actors if a.role == "claimant"]
    return [f"claimed by {names[0]}"] if names else []
