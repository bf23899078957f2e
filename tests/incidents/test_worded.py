"""An expression is sought wherever it stands: what `may` leaves out cannot match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.incidents import extract
from streams.incidents.worded import EXPRESSIONS, LONGEST, Worded, may

WORDS = """
claimed responsibility for the attack no group denied blamed held accused against over to protest
in response among those justice we our always every day since war today last night anti-war
(against) off-duty 12 U.S.
اعلنت مسووليتها عن الهجوم وتبنت اتهمت تقف وراءه من قبل قد هاجمت وقتل خمسه مسلحين على ضد قرب امام
في ب بمقر ثلاثه ايام تعرض لها غاره قوات اسراييليه محكمه للمحاكم لم لا ان كان عندما نحن وكانت قال
مصدر امني مصادر الشرطه الحكومه سيكون الاف عبوه سياره مفخخه اليوم، «قتلت» احتجاجا علي
"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join) | st.text(max_size=40))
def test_an_expression_stands_only_in_texts_that_may_hold_it(text: str) -> None:
    held = may(text.split(" "))
    for words in EXPRESSIONS:
        if words.pattern.search(text) is not None:
            assert held & words.bit


def test_every_expression_of_the_room_has_a_bit_of_its_own() -> None:
    assert callable(extract)
    assert len(EXPRESSIONS) > 20
    assert [words.bit for words in EXPRESSIONS] == [1 << n for n in range(len(EXPRESSIONS))]


def test_a_text_without_the_first_word_of_any_expression_may_hold_none_of_them() -> None:
    assert not may(["قطة", "سوداء"]) & EXPRESSIONS[0].bit


def test_words_longer_than_are_kept_are_read_all_the_same() -> None:
    long = "x" * LONGEST + "-claimed"
    with_claim = [words for words in EXPRESSIONS if words.pattern.search("claimed it")]

    assert with_claim
    assert all(may([long]) & words.bit for words in with_claim)


def test_an_expression_that_starts_with_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="start with a word"):
        Worded(r", and")
