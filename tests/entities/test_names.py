"""Names that no list has, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.flag import FlaggedSegment
from streams.entities.candidate import Candidate, Passage
from streams.entities.names import find_names
from streams.entities.names_whole import cut_beforehand, whole_words
from streams.text.fold import fold


def passage(text: str, language: str = "en", start: int = 0) -> Passage:
    segment = FlaggedSegment(
        index=0, kind="paragraph", start=start, end=start + len(text), language=language,
        script="Arab" if language == "ar" else "Latn", language_confidence=1,
        needs_translation=language != "en", translation_reason="target_language",
    )  # fmt: skip
    return Passage(segment, text, start, fold(text))


def found(text: str, language: str = "en", least: float = 0.5) -> set[tuple[str, str]]:
    names = find_names([passage(text, language)])
    return {(text[c.start : c.end], c.type) for c in names if c.confidence >= least}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Police Chief Orla Venkat said the road was shut.", "Orla Venkat", "person"),
        ("The suspect, Dervin Kostal, 34, was released.", "Dervin Kostal", "person"),
        ("Khalil bin Sarhan denied the report.", "Khalil bin Sarhan", "person"),
        ("Maria Oxenfeld walked home.", "Maria Oxenfeld", "person"),
        ("He works for the Ministry of Rural Roads.", "Ministry of Rural Roads", "organization"),
        ("She joined Kestrel Airlines in May.", "Kestrel Airlines", "organization"),
        ("Two men drowned near Vostermund on Sunday.", "Vostermund", "location"),
        ("The family moved to Pellworth, Texas, last year.", "Pellworth", "location"),
        ("Rain fell over northern Quendaria.", "Quendaria", "location"),
        ("Floods hit the town of Marrick Bend.", "Marrick Bend", "location"),
        ("A truck burned on Tannery Street.", "Tannery Street", "facility"),
        ("The Ardwick-based firm closed.", "Ardwick", "location"),
        ("Crews searched Osprey Lake for hours.", "Osprey Lake", "location"),
    ],
)
def test_english_names_are_read_by_their_words_and_neighbours(
    text: str, name: str, kind: str
) -> None:
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "However, nobody was hurt on Monday.",
        "The president spoke on Friday, May 3.",
        "There were no reports of damage.",
    ],
)
def test_capitals_at_the_start_of_sentences_and_calendar_words_are_no_names(text: str) -> None:
    assert found(text) == set()


def test_a_surname_is_known_once_the_person_was_named_in_full() -> None:
    text = "Maria Oxenfeld walked home. Later Oxenfeld called the clinic."
    names = [c for c in find_names([passage(text)]) if c.type == "person"]
    assert [text[c.start : c.end] for c in names] == ["Maria Oxenfeld", "Oxenfeld"]


def test_a_possessive_ending_is_no_part_of_the_name() -> None:
    assert ("Dervin Kostal", "person") in found("Mr. Dervin Kostal's car was found.")


def test_an_office_splits_a_place_from_a_person() -> None:
    names = found("On Sunday Brackwater Mayor Linda Foss resigned.", least=0.3)
    assert ("Linda Foss", "person") in names
    assert ("Brackwater", "location") in names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("وقال العقيد سامر الخطيب إن الطريق مغلق.", "سامر الخطيب", "person"),
        ("زار وزير الخارجية التونسي محمود النجار العاصمة.", "محمود النجار", "person"),
        ("انتقل اللاعب إلى نادي الشعلة في مدينة صفاقس.", "صفاقس", "location"),
        ("وصل الوفد إلى دمشق مساء اليوم.", "دمشق", "location"),
    ],
)
def test_arabic_names_are_found(text: str, name: str, kind: str) -> None:
    assert (name, kind) in found(text, "ar")


def test_prefixes_stay_outside_a_name_in_running_text() -> None:
    assert ("بيروت", "location") in found("سافر الوزير من دمشق وبيروت إلى عمّان، ثم عاد.", "ar")


def test_in_text_cut_into_words_a_name_covers_whole_words() -> None:
    text = "سافر الوزير من دمشق وبيروت ، ثم زار عمان ، وعاد إلى بغداد ."
    assert ("وبيروت", "location") in found(text, "ar")


def test_only_names_are_widened_and_only_in_text_cut_into_words() -> None:
    text = "وصل إلى وبغداد ، ثم عاد ، وقال ."
    cut, running = passage(text, "ar"), passage(text.replace(" ،", "،").replace(" .", "."), "ar")
    name = Candidate(start=9, end=14, type="location", confidence=0.9, rule="test")
    day = Candidate(start=9, end=14, type="date", confidence=0.9, rule="test")
    assert cut_beforehand([cut])
    assert not cut_beforehand([running])
    assert [c.start for c in whole_words([cut], [[name, day]])[0]] == [8, 9]
    assert [c.start for c in whole_words([running], [[name]])[0]] == [9]


def test_the_tagger_leaves_latin_names_to_the_patterns() -> None:
    text = "كتب Dervin Kostal من بغداد أن الوضع هادئ."
    arabic = [c for c in find_names([passage(text, "ar")]) if c.rule.startswith("model.")]
    assert all(not text[c.start : c.end].isascii() for c in arabic)


def test_masked_stretches_are_not_read() -> None:
    text = "Maria Oxenfeld saw #Maria Oxenfeld"
    names = find_names([passage(text)], [[(19, 34)]])
    assert {(c.start, c.end) for c in names} == {(0, 14)}


WORDS = st.sampled_from(
    [
        *("Mr.", "the", "of", "in", "said", "Texas", "Kestrel", "Airlines", "County", "U.S.", "x"),
        *("وقال", "الرئيس", "بغداد", "محمد", "\n", ".", "،", "-", "'s", "\u200f", "\ud800", "12"),
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map(" ".join)))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_names_inside_it_always_the_same(text: str) -> None:
    one = passage(text, "ar", start=7)
    names = find_names([one])
    assert names == find_names([one])
    for name in names:
        assert 7 <= name.start < name.end <= 7 + len(text)
        assert 0 < name.confidence <= 1
