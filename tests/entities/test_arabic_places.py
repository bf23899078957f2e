"""Arabic places of our own sentences: found, and put where they are on the map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from schemas import AnnotatedArticle, Entity
from streams.entities import annotate
from streams.text.geometry import kilometres
from tests.entities.articles import flagged

_FILE = Path(__file__).with_name("arabic_places.txt")
_MARK = re.compile(r"\{([^|{}]+)\|(-?[\d.]+),(-?[\d.]+)(~?)\}")
TOWN_KM, REGION_KM = 40, 161


@dataclass(frozen=True)
class Marked:
    """Where a name stands in the sentence and on the map; kilometres it may be off."""

    start: int
    end: int
    point: tuple[float, float]
    tolerance: float


def read(line: str) -> tuple[str, list[Marked]]:
    text, last, found = "", 0, []
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        name, latitude, longitude, region = match.groups()
        point = (float(latitude), float(longitude))
        tolerance = REGION_KM * (3 if region and name.startswith("ال") else 1)
        found.append(
            Marked(len(text), len(text) + len(name), point, tolerance if region else TOWN_KM)
        )
        text += name
        last = match.end()
    return text + line[last:], found


def _sentences() -> list[tuple[str, list[Marked]]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [read(line) for line in lines if not line.startswith("#")]


def _places(article: AnnotatedArticle) -> list[Entity]:
    return [e for e in article.entities if e.type in {"location", "facility"}]


def _right(entity: Entity | None, marked: Marked) -> bool:
    place = entity.place if entity else None
    if place is None or place.latitude is None or place.longitude is None:
        return False
    return kilometres((place.latitude, place.longitude), marked.point) <= marked.tolerance


def test_nine_in_ten_places_of_arabic_news_are_found_and_placed() -> None:
    total = right = given = overlapping = 0
    wrong = []
    for text, marks in _sentences():
        found = _places(annotate(flagged(text)))
        total += len(marks)
        given += len(found)
        for mark in marks:
            entity = next((e for e in found if e.start < mark.end and mark.start < e.end), None)
            overlapping += entity is not None
            right += _right(entity, mark)
            if not _right(entity, mark):
                wrong.append(text[mark.start : mark.end])

    assert total >= 240
    assert overlapping / given >= 0.9, "precision"
    assert overlapping / total >= 0.9, "recall"
    assert right / total >= 0.9, wrong
