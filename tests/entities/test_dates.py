"""Dates: two hundred expressions, the day the article speaks from, and what always holds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contract import Span
from schemas.segment import Post
from streams.entities.candidate import Candidate
from streams.entities.dates import dates_by_passage, find_dates
from tests.entities.read_tables import passage, rows

WEDNESDAY = dt.datetime(2023, 5, 17, 12, tzinfo=dt.UTC)
TABLE = rows("dates.tsv")


def _said(text: str, candidate: Candidate) -> str:
    date = candidate.date
    assert date is not None
    days = f"{date.start}" if date.start == date.end else f"{date.start}..{date.end}"
    exactly = "" if date.precision == "day" else f" {date.precision}"
    return f"{text[candidate.start : candidate.end]} = {days}{exactly}"


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:60] for text, _ in TABLE])
def test_an_expression_means_its_days(text: str, expected: list[str]) -> None:
    found, _ = find_dates([passage(text)], published_at=WEDNESDAY)
    assert [_said(text, candidate) for candidate in found] == expected


def test_the_table_holds_two_hundred_expressions() -> None:
    assert sum(len(expected) for _, expected in TABLE) >= 200


def test_relative_words_count_from_publication_and_say_so() -> None:
    (found,), anchor = find_dates([passage("It burned yesterday.")], published_at=WEDNESDAY)
    assert found.date is not None
    assert (found.date.anchor, found.date.anchor_date) == ("published_at", dt.date(2023, 5, 17))
    assert anchor == dt.date(2023, 5, 17)


def test_an_absolute_date_needs_no_anchor() -> None:
    (found,), _ = find_dates([passage("It burned on 3 May 2020.")], published_at=WEDNESDAY)
    assert found.date is not None
    assert (found.date.anchor, found.date.anchor_date) == ("absolute", None)


def test_inside_a_post_words_count_from_the_posts_own_day() -> None:
    post = Post(posted_at=dt.date(2021, 3, 9))
    (found,), _ = find_dates(
        [passage("It burned yesterday.", kind="social_post", post=post)], published_at=WEDNESDAY
    )
    assert found.date is not None
    assert (found.date.start, found.date.anchor) == (dt.date(2021, 3, 8), "post")


def test_an_undated_article_speaks_from_its_newest_post_and_weekday() -> None:
    texts = [
        passage("أعلن المتحدث اليوم السبت أن السوق أغلقت يوم أمس."),
        passage("Terrible news", kind="social_post", post=Post(posted_at=dt.date(2021, 3, 5))),
        passage("More news", kind="social_post", post=Post(posted_at=dt.date(2021, 3, 4))),
    ]
    layers, anchor = dates_by_passage(texts, published_at=None)
    assert anchor == dt.date(2021, 3, 6)
    assert [c.date and c.date.start for c in layers[0]] == [anchor, dt.date(2021, 3, 5)]
    assert all(c.date and c.date.anchor == "inferred" for c in layers[0])


def test_an_undated_article_speaks_from_its_dateline() -> None:
    text = "CAIRO, 6 June 2019 (AP) - A van exploded yesterday, as one did on 1 July 2018."
    found, anchor = find_dates([passage(text, dateline=Span(start=0, end=25))], published_at=None)
    assert anchor == dt.date(2019, 6, 6)
    assert [_said(text, c) for c in found][1] == "yesterday = 2019-06-05"


def test_without_any_day_a_relative_word_is_found_but_not_placed() -> None:
    (found,), anchor = find_dates([passage("It burned yesterday.")], published_at=None)
    assert (found.date, anchor) == (None, None)


def test_other_dates_of_the_article_decide_the_order_of_digits() -> None:
    first = passage("Seen on 4/3/2020 and on 25/3/2020.")
    found, _ = find_dates([first], published_at=None)
    assert [c.date and c.date.start for c in found] == [dt.date(2020, 3, 4), dt.date(2020, 3, 25)]
    found, _ = find_dates([passage("Seen on 4/3/2020 and on 3/25/2020.")], published_at=None)
    assert [c.date and c.date.start for c in found] == [dt.date(2020, 4, 3), dt.date(2020, 3, 25)]


def test_a_weekday_that_disagrees_moves_today_by_days() -> None:
    (found,), _ = find_dates([passage("وقع اليوم الثلاثاء انفجار")], published_at=WEDNESDAY)
    assert found.date is not None
    assert found.date.start == dt.date(2023, 5, 16)


PIECES = st.lists(
    st.sampled_from([
        "3", "31", "May", "مايو", "آذار", "/", "2020", "٢٠٢٠", "يوم", "أمس", "اليوم", "الخميس",
        "الماضي", "ago", "years", "قبل", "ثلاثة", "أيام", "last", "(", ")", "-", "to", "و", "من",
        "1442", "رمضان", "yesterday", "the", "13th", "Y", "31/2/2020", "0000-00-00", "9999", "سنة",
        "ـ", "\u200f", "\u064b", "\ud800", "1 ",
    ]),
    max_size=14,
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), PIECES.map(" ".join), PIECES.map("".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_the_same_twice_and_sliced_exactly(text: str) -> None:
    for published in (None, WEDNESDAY, WEDNESDAY.replace(year=1), WEDNESDAY.replace(year=9999)):
        one = passage(text, start=7)
        first = find_dates([one], published_at=published)
        assert first == find_dates([one], published_at=published)
        ends = 7
        for candidate in first[0]:
            assert ends <= candidate.start < candidate.end <= 7 + len(text)
            ends = candidate.start
            if candidate.date is not None:
                assert candidate.date.start <= candidate.date.end


def test_title_and_text_speak_from_one_day() -> None:
    title = passage("Market burned yesterday", field="title", kind="title")
    post = Post(posted_at=dt.date(2021, 3, 5))
    layers, anchor = dates_by_passage(
        [title, passage("Smoke", kind="social_post", post=post)], published_at=None
    )
    (found,) = layers[0]
    assert found.date is not None
    assert (found.date.start, anchor) == (dt.date(2021, 3, 4), dt.date(2021, 3, 5))
