import datetime as dt

import pytest

from tests.incidents.test_extract import reports


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Officials said on Tuesday that gunmen killed two men in Hit on Monday.", 9),
        ("Gunmen killed two men in Hit on Monday, the army said on Tuesday.", 9),
        ("Police reported on Tuesday that gunmen killed two men in Hit.", 10),
    ],
)
def test_the_day_of_saying_is_not_the_day_of_the_deed_where_both_are_told(
    text: str, day: int
) -> None:
    (report,) = reports(text)
    assert report.date is not None
    assert report.date.start == dt.date(2026, 3, day)


def test_words_inside_a_hashtag_tell_nothing() -> None:
    assert reports("A shop in Basra sold shirts with #bombing on them on Monday.") == ()
