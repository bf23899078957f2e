import re

from hypothesis import given
from hypothesis import strategies as st

from streams.entities.gazetteer import gazetteer
from streams.entities.words import Words, cut, openings
from streams.text.fold import fold

TEXTS = st.text(st.sampled_from("aB9 _-'.\n،#éßأىـ\u064bﷲ٣"), max_size=40)


def _words(text: str) -> Words:
    return cut(fold(text), text)


@given(TEXTS)
def test_words_and_gaps_make_up_the_folded_text(text: str) -> None:
    folded, run = fold(text).text, _words(text)

    assert "".join(a + b for a, b in zip(run.gaps, [*run.texts, ""], strict=True)) == folded
    assert [folded[start : run.end(at)] for at, start in enumerate(run.starts)] == run.texts


@given(TEXTS, st.sets(st.integers(0, 40), max_size=4))
def test_words_in_masked_stretches_are_left_out_and_stand_in_the_gap(
    text: str, edges: set[int]
) -> None:
    masked = [(at, at + 3) for at in edges]
    run = _words(text).without(masked)

    assert not any(a <= start < b for start in run.starts for a, b in masked)
    assert (
        "".join(a + b for a, b in zip(run.gaps, [*run.texts, ""], strict=True)) == fold(text).text
    )


def test_capitals_are_those_of_the_source() -> None:
    run = _words("The UN in Đà Nẵng: بغداد")

    assert [run.capital(at) for at in range(len(run))] == [True, True, False, True, True, False]
    assert [run.upper(at) for at in range(len(run))] == [False, True, False, False, False, False]


def test_a_name_goes_on_over_a_hyphen_and_after_a_short_abbreviation_only() -> None:
    run = _words("St. Louis. Al-Anbar, Iraq")

    assert [run.joint(at) for at in range(1, len(run))] == [True, False, True, False]
    assert run.joined(4) == ""
    assert run.text(-1) == run.text(9) == ""


def test_a_pattern_need_be_tried_only_at_the_openings_of_its_forms() -> None:
    text = "killed, and they wounded 3; ووقتل ثم وقتل"
    opens = openings(["wounded", "قتل"], "و")
    pattern = re.compile(r"\bو?(?:wounded|قتل)(?!\w)")

    assert _words(text).places(opens) == [match.start() for match in pattern.finditer(text)]
    assert _words(text).places(frozenset(), digits=True) == [text.index("3")]


def test_the_gazetteer_knows_which_two_words_begin_a_longer_name() -> None:
    assert gazetteer().goes_on("san juan")
    assert not gazetteer().goes_on("juan san")
