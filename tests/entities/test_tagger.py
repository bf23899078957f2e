"""The Arabic tagger: its chain, its words, and what it must keep to."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.entities.tagger import BREAK, LABELS, PATH, tagger
from streams.entities.tagger_chain import chain
from streams.entities.tagger_features import describe
from streams.entities.tagger_words import stem


def _scores(seed: int, rows: int, length: int, labels: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(0, 2, (rows, length, labels))
    return drawn.astype(np.float32)


def _total(scores: np.ndarray, steps: np.ndarray, path: tuple[int, ...]) -> float:
    total = steps[0, path[0]] + steps[path[-1], 0] + sum(scores[np.arange(len(path)), path])
    return float(total + sum(steps[a, b] for a, b in pairwise(path)))


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_the_chain_finds_the_best_path_and_its_chances(seed: int) -> None:
    scores, steps = _scores(seed, 2, 4, 3), _scores(seed + 1, 1, 3, 3)[0]
    best, chance = chain(scores, np.ones((2, 4), dtype=bool), steps)
    for row in range(2):
        paths = list(product(range(3), repeat=4))
        totals = np.array([_total(scores[row], steps, path) for path in paths])
        assert tuple(best[row]) == paths[int(totals.argmax())]
        weights = np.exp(totals - totals.max())
        for at in range(4):
            same = [path[at] == best[row, at] for path in paths]
            assert np.isclose(chance[row, at], weights[same].sum() / weights.sum(), atol=1e-4)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_padding_changes_nothing(seed: int) -> None:
    scores, steps = _scores(seed, 1, 7, 3), _scores(seed + 1, 1, 3, 3)[0]
    alone = chain(scores[:, :3], np.ones((1, 3), dtype=bool), steps)
    best, chance = chain(scores, np.arange(7)[None] < 3, steps)
    assert (best[0, :3] == alone[0][0]).all()
    assert np.allclose(chance[0, :3], alone[1][0], atol=1e-4)


def test_a_name_never_starts_inside() -> None:
    text = "قال وزير الماليه سامر الحداد في مدينه الكرمه ان شركه النور للمقاولات وقعت العقد"
    words = text.split()
    for tagged in tagger().tag(words):
        assert tagged.label in {label[2:] for label in LABELS[1:]}
        assert 0 <= tagged.first < tagged.last <= len(words)
        assert 0 < tagged.confidence <= 1


def test_one_word_gets_the_same_vector_whatever_came_before() -> None:
    fresh = type(tagger())(dict(_weights()))
    words = ["زار", "الرييس", "بغداد"]
    first = fresh.emissions(words)
    fresh.tag(["كلمه", "اخري", BREAK, BREAK, "لندن"])
    assert (fresh.emissions(words) == first).all()


def _weights() -> dict[str, np.ndarray]:
    with np.load(PATH) as file:
        return {name: file[name] for name in file.files}


def test_a_long_text_is_read_in_pieces_as_its_parts_are() -> None:
    sentence = [*["زار", "الرييس", "بغداد", "ثم", "عاد", "الي", "دمشق"], BREAK, BREAK]
    once = [(t.first, t.last, t.label) for t in tagger().tag(sentence)]
    assert once
    many = tagger().tag(sentence * 600)
    assert [(t.first, t.last, t.label) for t in many] == [
        (first + n * len(sentence), last + n * len(sentence), label)
        for n in range(600)
        for first, last, label in once
    ]


def test_more_new_words_than_are_kept_are_read_all_the_same() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = ["".join(name) for name in product(letters, repeat=3)][:12_500]
    assert all(t.last <= len(words) for t in tagger().tag(words))
    assert [t.label for t in tagger().tag(["في", "بغداد"])] == ["LOC"]


def test_prefixes_are_cut_only_before_known_words() -> None:
    table = tagger().table
    assert stem("وبغداد", table) == "بغداد"
    assert stem("للصين", table) == "الصين"
    assert stem("وليد", table) == "وليد"
    assert stem("لبنان", table) == "لبنان"


@given(st.text(min_size=1).filter(lambda w: not w.isspace()))
@settings(max_examples=200, deadline=None)
def test_any_word_has_features_always_the_same(word: str) -> None:
    table = tagger().table
    assert describe(word, table)
    assert describe(word, table) == describe(word, table)
