"""Tolls: two hundred expressions in both languages, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.entities.candidate import Candidate
from streams.entities.casualties import find_casualties
from tests.entities.read_tables import passage, rows

TABLE = rows("tolls.tsv")


def _number(candidate: Candidate) -> str:
    count = candidate.count
    assert count is not None
    if count.best is None:
        least = "?" if count.min is None else f"{count.min}+"
        return least if count.max is None else f"..{count.max}"
    ranged = count.max is not None and count.max != count.best
    return f"{count.best}..{count.max}" if ranged else f"{count.best}"


def _said(text: str, candidate: Candidate) -> str:
    count = candidate.count
    assert count is not None
    words = [
        text[candidate.start : candidate.end], "=", count.harm, _number(candidate), count.of or "",
        "part" if count.part_of else "", "more" if count.cumulative else "",
    ]  # fmt: skip
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:60] for text, _ in TABLE])
def test_an_expression_says_its_toll(text: str, expected: list[str]) -> None:
    assert [_said(text, c) for c in find_casualties([passage(text)])] == expected


def test_the_table_holds_two_hundred_expressions() -> None:
    assert sum(max(1, len(expected)) for _, expected in TABLE) >= 200


@pytest.mark.parametrize(
    ("text", "least", "best", "most", "qualifier"),
    [
        ("At least 5 people were killed.", 5, 5, None, "at_least"),
        ("Up to 5 people were killed.", None, 5, 5, "at_most"),
        ("About 5 people were killed.", 5, 5, 5, "about"),
        ("Exactly 5 people were killed.", 5, 5, 5, "exactly"),
        ("5 people were killed.", 5, 5, 5, "unspecified"),
        ("Dozens were killed.", 24, None, None, "about"),
        ("مقتل ما لا يقل عن خمسة أشخاص", 5, 5, None, "at_least"),
        ("مقتل خمسة أشخاص على الأقل", 5, 5, None, "at_least"),
        ("مقتل قرابة خمسة أشخاص", 5, 5, 5, "about"),
    ],
)
def test_a_qualifier_opens_or_closes_the_range(
    text: str, least: int | None, best: int | None, most: int | None, qualifier: str
) -> None:
    (found,) = find_casualties([passage(text)])
    assert found.count is not None
    count = found.count
    assert (count.min, count.best, count.max, count.qualifier) == (least, best, most, qualifier)


@pytest.mark.parametrize("text", ["مقتل وإصابة 15 شخصا", "15 people were killed or wounded."])
def test_a_number_of_dead_and_injured_together_has_no_best(text: str) -> None:
    found = find_casualties([passage(text)])
    assert {c.count.harm for c in found if c.count} == {"killed", "injured"}
    assert [c.count and (c.count.best, c.count.max) for c in found] == [(None, 15), (None, 15)]


def test_a_part_points_to_the_start_of_its_total() -> None:
    text = "The blast killed 14 people, including five women."
    total, part = find_casualties([passage(text, start=30)])
    assert part.count is not None
    assert part.count.part_of == f"@{total.start}"


PIECES = st.lists(
    st.sampled_from([
        "two", "soldiers", "were", "killed", "and", "3", "wounded", "no", "casualties", "including",
        "children", "death toll", "to", "40", "A", "man", "Salim", "Haddad", "dead", ",", ".", "(",
        ")", "قتل", "مقتل", "ثلاثة", "جنود", "جنديان", "و", "وإصابة", "بينهم", "طفل", "قتيلا",
        "عشرات", "القتلى", "والجرحى", "دون", "لم", "يصب", "أحد", "من", "إلى", "حصيلة", "من", "لقي",
        "مصرعهم", "ـ", "\u200f", "\u064b", "\ud800", "99999999999999", "between", "or", "'s", "'",
        "at least", "another", "a", "نحو", "على الأقل", "آخرين", "U.S.", "death", "which", "of",
    ]),
    max_size=16,
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), PIECES.map(" ".join), PIECES.map("".join)))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_the_same_twice_and_sliced_exactly(text: str) -> None:
    one = passage(text, start=5)
    found = find_casualties([one])
    assert found == find_casualties([one])
    assert [c.start for c in found] == sorted(c.start for c in found)
    for candidate in found:
        assert 5 <= candidate.start < candidate.end <= 5 + len(text)
        assert candidate.count is not None
        numbers = [n for n in (candidate.count.min, candidate.count.best, candidate.count.max) if n]
        assert numbers == sorted(numbers)
