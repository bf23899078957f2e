"""Words that settle a language without a vote name the one that a vote would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.translation.evidence import evidence
from streams.translation.identify import SURE, guess, kept, settled, vote
from streams.translation.margins import margin_of
from streams.translation.scripts import word_pattern, words_of
from tests.translation.sentences import LONG, flagged

WORDS = sorted({word for text in LONG.values() for word in words_of(text)})


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=40), st.sampled_from(sorted(LONG)))
def test_no_vote_overrules_words_that_settle_a_language(words: list[str], language: str) -> None:
    if settled(sum(map(margin_of(language), words)), len(words)):
        for script in ("Latn", "Arab"):
            votes = vote(" ".join(words), len(words), script)
            best = guess([evidence(word) for word in words], votes, {})

            assert best.language == language
            assert best.lead >= SURE


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=40), st.sampled_from(sorted(LONG)))
def test_no_vote_makes_another_language_sure_beside_words_that_keep_theirs(
    words: list[str], language: str
) -> None:
    if kept(sum(map(margin_of(language), words)), len(words)):
        for script in ("Latn", "Arab"):
            votes = vote(" ".join(words), len(words), script)
            best = guess([evidence(word) for word in words], votes, {})

            assert best.language == language or best.lead < SURE


@given(st.text())
def test_words_are_the_same_whatever_finds_them(text: str) -> None:
    assert words_of(text) == word_pattern().findall(text)


def test_a_foreign_sentence_among_many_is_told_apart() -> None:
    (one,) = flagged(" ".join([*[LONG["en"]] * 3, LONG["fr"]])).segments

    assert [span.language for span in one.spans] == ["en", "fr"]
