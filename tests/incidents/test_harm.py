"""Tolls of incidents: who is counted once, on top of others, earlier, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas import Article
from streams.entities import annotate
from streams.incidents import extract
from streams.segmentation import segment
from streams.translation import flag
from tests.incidents.test_extract import reports


def _killed(text: str) -> int | None:
    """Return the whole toll of the dead of the text's one incident."""
    (report,) = reports(text)
    return next((c.best for c in report.casualties if c.harm == "killed" and c.of is None), None)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            (
                "A gunman shot and killed two students at a school in Denver on Monday before "
                "shooting and killing himself."
            ),
            3,
        ),
        (
            (
                "A bomb in Jos killed Amina Bello on Monday. Her husband, Musa Bello, died in "
                "hospital."
            ),
            2,
        ),
        (
            (
                "Rebels attacked a base near Goma on Monday. Five soldiers were killed. "
                "Additionally, three soldiers were killed at a nearby checkpoint."
            ),
            8,
        ),
        (
            (
                "Militants attacked a convoy near Gao on Monday in retaliation for the killing of "
                "six villagers. Two soldiers were killed."
            ),
            2,
        ),
        ("A bomb exploded in a market in Quetta on Monday. There were no fatalities.", 0),
    ],
)
def test_the_dead_are_counted_once_and_only_where_they_died(text: str, killed: int) -> None:
    assert _killed(text) == killed


def test_a_protest_does_not_kill_those_whom_it_is_about() -> None:
    (report,) = reports("Students protested in Lahore on Monday over the murder of two girls.")
    assert not [c for c in report.casualties if c.harm == "killed"]


def test_deaths_among_protesters_count() -> None:
    assert (
        _killed("Police opened fire on protesters in Conakry on Monday, killing two people.") == 2
    )


def test_children_among_the_dead_are_told_beside_the_total() -> None:
    (report,) = reports("A bomb killed 15 people, including five children, in Herat on Monday.")
    killed = {c.of: c.best for c in report.casualties if c.harm == "killed"}
    assert killed == {None: 15, "children": 5}


@pytest.mark.parametrize(
    ("title", "text", "killed"),
    [
        (
            "Eight killed in Peshawar blast",
            "A bomb killed eight policemen in Peshawar on Monday.",
            8,
        ),
        (
            "Eight killed in Peshawar blast",
            "A bomb killed eight policemen in Peshawar on Monday. Two civilians were killed too.",
            10,
        ),
    ],
)
def test_a_title_tells_the_same_dead_as_its_text(title: str, text: str, killed: int) -> None:
    article = Article(
        article_id="a",
        title=title,
        text=text,
        published_at=dt.datetime(2026, 11, 27, tzinfo=dt.UTC),
    )
    (report,) = extract(annotate(flag(segment(article))))
    whole = [c.best for c in report.casualties if c.harm == "killed" and c.of is None]
    assert whole == [killed]
