import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.text.fold import fold, fold_lines, fold_name, join_folds

TRICKY = st.text(st.sampled_from("aZéİßابتأإآىةّـ\u200f\u202bﷲﻻ١۲９ 👍\ud800\u0301"), max_size=40)


@settings(deadline=None)
@given(st.one_of(st.text(), TRICKY))
def test_every_folded_character_maps_into_the_source_in_order(text: str) -> None:
    folded = fold(text)
    starts = [folded.source(i) for i in range(len(folded.text))]

    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)


@settings(deadline=None)
@given(st.one_of(st.text(), TRICKY))
def test_the_source_of_a_span_folds_to_the_span(text: str) -> None:
    folded = fold(text)
    for start in range(0, len(folded.text), 3):
        begin, end = folded.source_span(start, start + 1)

        assert folded.text[start] in fold(text[begin:end]).text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُكافحة الإرهاب", "مكافحه الارهاب"),
        ("آذار", "اذار"),
        ("مـــستشفى", "مستشفي"),
        ("٢٠٢١ ۱۲ １５", "2021 12 15"),
        ("ﷲ ﻻ", "الله لا"),
        ("São José", "sao jose"),
        ("Al\u00a0-\u200fShabaab", "al -shabaab"),
    ],
)
def test_spelling_variants_fold_together(written: str, folded: str) -> None:
    assert fold(written).text == folded


def test_a_name_is_folded_with_single_spaces() -> None:
    assert fold_name("  تنظيم   الدولة\n") == "تنظيم الدوله"


def test_a_match_across_removed_marks_slices_the_source_exactly() -> None:
    text = "باسم “ثأر الشُهداء”"
    folded = fold(text)
    at = folded.text.index("ثار الشهداء")

    assert text[slice(*folded.source_span(at, at + len("ثار الشهداء")))] == "ثأر الشُهداء"


LINES = st.lists(TRICKY.map(lambda text: text.replace("\n", " ")), max_size=5)


@settings(deadline=None)
@given(LINES)
def test_lines_fold_together_as_each_does_alone(lines: list[str]) -> None:
    for line, folded in zip(lines, fold_lines(lines), strict=True):
        alone = fold(line)

        assert folded.text == alone.text
        for start in range(len(alone.text)):
            assert folded.source_span(start, start + 1) == alone.source_span(start, start + 1)


@settings(deadline=None)
@given(LINES)
def test_folds_joined_are_the_fold_of_the_lines_joined(lines: list[str]) -> None:
    joined = join_folds([fold(line) for line in lines], [len(line) for line in lines])
    whole = fold("\n".join(lines))

    assert joined.text == whole.text
    for start in range(len(whole.text)):
        assert joined.source_span(start, start + 1) == whole.source_span(start, start + 1)


@settings(deadline=None)
@given(TRICKY)
def test_the_way_into_the_folded_text_and_back_stays_in_place(text: str) -> None:
    folded = fold(text)
    for position in range(len(folded.text)):
        source = folded.source(position)

        assert folded.source(folded.folded(source)) == source
