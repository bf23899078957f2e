import pytest

from streams.text.fold import fold_name
from streams.text.months import month_of, months, names


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


def test_the_longest_name_comes_first() -> None:
    assert list(map(len, names())) == sorted(map(len, names()), reverse=True)


def test_names_can_be_limited_to_calendars() -> None:
    assert "january" in names("en")
    assert "يناير" not in names("en")
