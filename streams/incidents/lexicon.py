"""Triggers, classes, cue words and nouns from the data files, compiled once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from schemas.entity import Harm
from schemas.events import ActorKind, EventType, PloverEvent, SubEventType
from streams.incidents.scan import Scanner

Says = Literal[
    "hypothetical",
    "denied",
    "historical",
    "foiled",
    "attempted",
    "threatened",
    "ongoing",
    "general",
    "accident",
]


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of events and what it implies in the code lists."""

    name: str
    sub_event_type: SubEventType
    plover_event: PloverEvent
    plover_mode: str | None
    gtd: int | None
    weapon: int | None
    rank: int
    violent: bool
    words: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell an event of a class; ``strong`` where they suffice alone."""

    id: str
    cls: EventClass
    pos: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words near a trigger that change what it says."""

    id: str
    says: Says
    side: str
    words: int
    order: int


@dataclass(frozen=True, slots=True)
class Noun:
    """Nouns for parties without a name."""

    id: str
    order: int
    """Its line in the file: where two overlap, the earlier is meant."""
    kind: ActorKind
    interaction: int | None
    side: str


_EVENT_TYPES: dict[str, EventType] = {}
for _event, _subs in zip(
    get_args(EventType),
    (
        ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
        (
            "Chemical weapon", "Air/drone strike", "Suicide bomb",
            "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
        ),
        ("Sexual violence", "Attack", "Abduction/forced disappearance"),
        ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
        ("Violent demonstration", "Mob violence"),
        (
            "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
            "Headquarters or base established", "Looting/property destruction",
            "Non-violent transfer of territory", "Other",
        ),
    ),
    strict=True,
):  # fmt: skip
    _EVENT_TYPES |= dict.fromkeys(_subs, _event)


def event_type(sub_event_type: str) -> EventType:
    """Return the ACLED event type that a sub-event type belongs to."""
    return _EVENT_TYPES[sub_event_type]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a data file as dictionaries, comments left out."""
    text = files("streams.incidents").joinpath("data", name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t")


@cache
def classes() -> dict[str, EventClass]:
    """Return the event classes by name."""
    return {
        row["class"]: EventClass(
            name=row["class"],
            sub_event_type=row["sub_event_type"],  # type: ignore[arg-type]  # the file's column
            plover_event=row["plover_event"],  # type: ignore[arg-type]  # the file's column
            plover_mode=row["plover_mode"] or None,
            gtd=int(row["gtd"]) if row["gtd"] else None,
            weapon=int(row["weapon"]) if row["weapon"] else None,
            rank=int(row["rank"]),
            violent=row["violent"] == "1",
            words=row["words"],
        )
        for row in rows("classes.tsv")
    }


_OWNERS = {"en": "", "ar": "(?:ها|هم|هما|نا)?"}


@cache
def triggers(language: str) -> Scanner[Trigger]:
    """Return the triggers of a language, ready to read sentences."""
    return Scanner(
        (
            (
                Trigger(
                    id=row["id"],
                    cls=classes()[row["class"]],
                    pos=row["pos"],
                    strong=row["strong"] == "1",
                ),
                _gaps(row["forms"]),
            )
            for row in rows(f"triggers_{language}.tsv")
        ),
        clitics="all" if language == "ar" else "none",
        tail=r"(?!\w)",
    )


def _gaps(forms: str) -> str:
    """Let words between the parts of a trigger hold hyphens and apostrophes."""
    return forms.replace(r"(?:\w+ )", r"(?:[\w'’-]+ )").replace(r"(?: \w+)", r"(?: [\w'’-]+)")


@cache
def cues(language: str) -> Scanner[Cue]:
    """Return the cues of realis and stage of a language, ready to read the words at a trigger."""
    mine = [row for row in rows("realis.tsv") if row["language"] == language]
    return Scanner(
        (
            (
                Cue(
                    id=row["id"],
                    says=row["says"],  # type: ignore[arg-type]  # the file's column
                    side=row["side"],
                    words=int(row["words"]),
                    order=order,
                ),
                row["forms"],
            )
            for order, row in enumerate(mine)
        ),
        clitics="conjunction" if language == "ar" else "none",
        tail=r"(?!\w)",
    )


@cache
def nouns(language: str) -> Scanner[Noun]:
    """Return the nouns for parties of a language, to look for in folded sentences."""
    return Scanner(
        (
            (
                Noun(
                    id=row["id"],
                    order=order,
                    kind=row["kind"],  # type: ignore[arg-type]  # the file's column
                    interaction=int(row["interaction"]) if row["interaction"] else None,
                    side=row["side"],
                ),
                row["forms"],
            )
            for order, row in enumerate(rows(f"nouns_{language}.tsv"))
        ),
        clitics="all" if language == "ar" else "none",
        tail=rf"{_OWNERS[language]}(?![\w-])",
    )


HARMS: tuple[Harm, ...] = get_args(Harm)
