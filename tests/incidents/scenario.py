"""Reads the stories of `scenarios/`, runs the whole line on them, and judges what comes out.

A story is a TOML file: ``articles`` as collectors send them, and the ``incidents`` that a
careful reader of those articles would write down.  An incident is found by its articles;
the other keys are the fields that are judged.  ``place``, ``sub_event_type`` and
``claimed_by`` may list names that are all right.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemas import Article, Incident, IncidentReport
from streams.merging import merge_all
from streams.pipeline import PIPELINE
from streams.text.fold import fold_name

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True, slots=True)
class Story:
    """Articles and the incidents they tell."""

    name: str
    articles: tuple[Article, ...]
    incidents: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one field of one incident came out."""

    incident: str
    field: str
    wanted: object
    found: object
    right: bool


@cache
def stories() -> tuple[Story, ...]:
    """Return every story, in order of name."""
    return tuple(_story(path) for path in sorted(FOLDER.glob("*.toml")))


def _story(path: Path) -> Story:
    data = tomllib.loads(path.read_text("utf-8"))
    articles = tuple(
        Article.model_validate({"article_id" if k == "id" else k: v for k, v in one.items()})
        for one in data["articles"]
    )
    return Story(path.stem, articles, tuple(data.get("incidents", ())))


@cache
def reports(name: str) -> tuple[IncidentReport, ...]:
    """Return what the line extracts from the articles of a story."""
    (story,) = (one for one in stories() if one.name == name)
    made: list[IncidentReport] = []
    for article in story.articles:
        values: list[Any] = [article]
        for stage in PIPELINE:
            values.extend(stage.run(values[-1]))
        made += [value for value in values if isinstance(value, IncidentReport)]
    return tuple(made)


def merged(all_reports: Sequence[IncidentReport]) -> list[Incident]:
    """Return the incidents that stand."""
    return list(merge_all(all_reports))


def orders(
    all_reports: Sequence[IncidentReport], *, shuffles: int = 3
) -> list[list[IncidentReport]]:
    """Return the reports backwards and in some other orders, each with one of them repeated."""
    found = [list(reversed(all_reports))]
    chance = random.Random(len(all_reports))
    for _ in range(shuffles):
        order = list(all_reports)
        chance.shuffle(order)
        found.append(order + order[:1])
    return found


def substance(incidents: Sequence[Incident]) -> list[dict[str, Any]]:
    """Return incidents without what tells in which order their reports came."""
    return [i.model_dump(mode="json", exclude={"revision", "status"}) for i in incidents]


def judged(story: Story, incidents: Sequence[Incident]) -> list[Verdict]:
    """Return a verdict for each field of each incident that the story tells."""
    verdicts: list[Verdict] = []
    left = list(incidents)
    for wanted in story.incidents:
        names = set(wanted["articles"])
        found = max(left, key=lambda i: len(names & _articles(i)), default=None)
        if found is not None:
            left.remove(found)
        verdicts += [_verdict(wanted, field, found) for field in wanted]
    return verdicts


def _articles(incident: Incident) -> set[str]:
    return {one.article_id for one in incident.articles}


def _verdict(wanted: dict[str, Any], field: str, found: Incident | None) -> Verdict:
    expected = wanted[field]
    value = _value(found, field) if found is not None else None
    if field == "place":
        given = [expected] if isinstance(expected, str) else expected
        right = fold_name(str(value)) in {fold_name(name) for name in given}
    elif field in {"sub_event_type", "claimed_by"}:
        right = value in ([expected] if isinstance(expected, str) else expected)
    elif field == "conflicts":
        right = set(expected) <= set(value or ())
    else:
        right = value == expected
    return Verdict("+".join(wanted["articles"]), field, expected, value, right)


def _value(found: Incident, field: str) -> Any:  # noqa: PLR0911  # one return for each field
    match field:
        case "articles":
            return sorted(_articles(found))
        case "place":
            return found.place and found.place.name
        case "country":
            return found.place and found.place.country_code
        case "date":
            return found.date and found.date.start == found.date.end and str(found.date.start)
        case "killed" | "injured":
            whole = [c.best for c in found.casualties if c.harm == field and not c.of]
            return whole[0] if whole else None
        case "history":
            series = [c for c in found.casualty_history if c.harm == "killed" and not c.of]
            return [c.best for c in series]
        case "claimed_by":
            return next((a.name for a in found.actors if a.role == "claimant"), None)
        case "conflicts":
            return sorted(one.field for one in found.conflicts)
        case _:
            return getattr(found, field)
