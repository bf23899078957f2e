"""Numbers in words and digits, Arabic in every case ending and English."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.entities.numbers import ARABIC, DIGITS, ENGLISH, value
from streams.text.fold import fold


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ثلاثة", 3), ("ثلاث", 3), ("أحد عشر", 11), ("إحدى عشرة", 11), ("اثنا عشر", 12),
        ("اثني عشر", 12), ("خمسة عشر", 15), ("عشرون", 20), ("عشرين", 20), ("واحد وعشرون", 21),
        ("اثنين وثلاثين", 32), ("مئة", 100), ("مائة", 100), ("مئة واثنان", 102),
        ("مئة واثنان وثلاثون", 132), ("مئتان", 200), ("مئتي", 200), ("مائتين وخمسين", 250),
        ("ثلاثمئة", 300), ("خمسمائة", 500), ("ألف", 1000), ("ألفان", 2000), ("ألفين", 2000),
        ("ألف ومئتان", 1200), ("ثلاثة آلاف", 3000), ("خمسة عشر ألفا", 15000),
        ("مئة ألف", 100_000), ("خمسة وعشرين ألفا", 25_000), ("مليون", 1_000_000),
        ("ألفان وثلاثمئة وأربعة", 2304), ("٣٢", 32), ("۳۲", 32), ("1٬250", 1250),
    ],
)  # fmt: skip
def test_arabic_words_and_digits_are_numbers(words: str, number: int) -> None:
    folded = fold(words).text
    assert value(folded) == number
    assert re.fullmatch(f"{DIGITS}|{ARABIC}", folded)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one", 1), ("twelve", 12), ("nineteen", 19), ("twenty", 20), ("twenty-one", 21),
        ("forty five", 45), ("a hundred", 100), ("one hundred", 100), ("two hundred", 200),
        ("one hundred and twenty", 120), ("one hundred twenty-three", 123), ("a dozen", 12),
        ("two dozen", 24), ("a thousand", 1000), ("three thousand", 3000),
        ("two thousand five hundred", 2500), ("fifteen thousand", 15_000),
        ("one million", 1_000_000), ("1,250", 1250), ("7", 7), ("1,000,000", 1_000_000),
    ],
)  # fmt: skip
def test_english_words_and_digits_are_numbers(words: str, number: int) -> None:
    assert value(words) == number
    assert re.fullmatch(f"{DIGITS}|{ENGLISH}", words)


@pytest.mark.parametrize("words", ["", "soldiers", "ten men", "جنود", "عشر رجال", "and"])
def test_other_words_are_no_numbers(words: str) -> None:
    assert value(fold(words).text) is None


@given(st.integers(1, 9_999_999))
def test_digits_read_back_as_they_were_written(number: int) -> None:
    assert value(f"{number}") == value(f"{number:,}") == number


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    assert value(text) is None or value(text) >= 0  # type: ignore[operator]  # checked before
