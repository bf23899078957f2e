from __future__ import annotations

import pytest

from streams.translation.plain import plain_arabic
from tests.translation.sentences import LONG


def test_letters_of_plain_arabic_are_counted_without_signs_and_marks() -> None:
    assert plain_arabic("قُتِلَ الجنديّ، والشرطي (3)!") == len("قتلالجنديوالشرطي")


@pytest.mark.parametrize("language", sorted(set(LONG) - {"ar"}))
def test_no_other_language_is_plain_arabic(language: str) -> None:
    assert plain_arabic(LONG[language]) == 0


@pytest.mark.parametrize("text", ["", "123", "مقتل جنود", "وكالة BBC في العراق", "گال الجندي"])
def test_what_is_not_plain_is_left_to_the_words(text: str) -> None:
    assert plain_arabic(text) == 0
