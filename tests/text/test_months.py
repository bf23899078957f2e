import re

import pytest

from streams.text.fold import fold_name
from streams.text.months import alternatives, month_of, months


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("January", 1),
        ("Sept.", 9),
        ("كانون الثاني", 1),
        ("آذار", 3),
        ("إبريل", 4),
        ("جويلية", 7),
        ("غشت", 8),
        ("août", 8),
        ("Şubat", 2),
        ("März", 3),
        ("ژانویه", 1),
        ("जनवरी", None),
    ],
)
def test_a_month_is_known_by_its_names_in_many_languages(name: str, month: int | None) -> None:
    assert month_of(fold_name(name)) == month


def test_every_month_has_a_number_of_the_year() -> None:
    assert set(months().values()) == set(range(1, 13))


def test_the_longest_name_is_tried_first() -> None:
    pattern = re.compile(alternatives())

    assert pattern.match(fold_name("تشرين الثاني 2026"))[0] == fold_name("تشرين الثاني")  # type: ignore[index] - it matches


def test_names_can_be_limited_to_calendars() -> None:
    assert "january" in alternatives("en").split("|")
    assert "يناير" not in alternatives("en").split("|")
