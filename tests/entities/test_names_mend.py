"""Spans of Arabic names, mended by rules of the language."""

from __future__ import annotations

from functools import partial

from streams.entities.names_mend import kunyas, mended, remembered
from streams.entities.tagger import Tagged, tagger
from streams.entities.tagger_words import stem


def spans(text: str, label: str, first: int, last: int, written: str = "") -> list[str]:
    words = text.split()
    spelt = (written or text).split()
    found = mended(words, Tagged(first, last, label, 0.9), tagger().table, spelt.__getitem__)
    return [" ".join(words[name.first : name.last]) for name in found]


def test_people_joined_by_and_are_two_names() -> None:
    assert spans("زار سامي عمر ونادر حسن", "PERS", 1, 5) == ["سامي عمر", "ونادر حسن"]


def test_a_name_that_begins_with_waw_stays_whole() -> None:
    assert spans("زار سامي وليد حسن", "PERS", 1, 4) == ["سامي وليد حسن"]


def test_a_prefix_inside_a_name_begins_the_next() -> None:
    assert spans("مرر سامي لنادر حسن", "PERS", 1, 4) == ["سامي", "لنادر حسن"]


def test_a_name_of_people_that_looks_prefixed_begins_no_other() -> None:
    assert spans("زار سامي بلال حسن", "PERS", 1, 4) == ["سامي بلال حسن"]


def test_an_organisation_takes_in_all_that_it_is_for() -> None:
    assert spans("الهييه العامه للغذاء والدواء قالت", "ORG", 0, 3) == [
        "الهييه العامه للغذاء والدواء"
    ]


def test_marks_at_the_ends_are_no_part_of_a_name() -> None:
    assert spans("« بيروت »", "LOC", 0, 3) == ["بيروت"]
    assert spans("« »", "LOC", 0, 2) == []


def test_the_preposition_is_told_from_the_name_ali_by_its_spelling() -> None:
    assert spans("علي نادر حسن", "PERS", 0, 3, "على نادر حسن") == ["نادر حسن"]
    assert spans("علي نادر حسن", "PERS", 0, 3, "علي نادر حسن") == ["علي نادر حسن"]


def test_names_in_latin_letters_are_left_out() -> None:
    assert spans("قال Dervin Kostal", "PERS", 1, 3) == []


def remember(text: str, *names: Tagged) -> list[tuple[str, str]]:
    words = text.split()
    table = tagger().table
    found = remembered(words, names, partial(stem, table=table), table)
    return sorted((" ".join(words[n.first : n.last]), n.label) for n in found)


def test_a_surname_is_remembered_over_the_article() -> None:
    text = "وصل نادر الكرملاني . ثم عاد الكرملاني"
    assert ("الكرملاني", "PERS") in remember(text, Tagged(1, 3, "PERS", 0.9))


def test_everyday_words_and_titles_are_not_remembered() -> None:
    text = "وصل نادر السلام . ثم عاد السلام ."
    assert remember(text, Tagged(1, 3, "PERS", 0.9)) == [("نادر السلام", "PERS")]
    text = "وصل نادر الوزير . ثم عاد الوزير ."
    assert remember(text, Tagged(1, 3, "PERS", 0.9)) == [("نادر الوزير", "PERS")]


def test_a_lone_name_is_labelled_as_elsewhere() -> None:
    text = "فاز الكرملاني ثم الكرملاني ثم الكرملاني"
    names = [Tagged(1, 2, "ORG", 0.9), Tagged(3, 4, "ORG", 0.9), Tagged(5, 6, "PERS", 0.6)]
    assert remember(text, *names) == [("الكرملاني", "ORG")] * 3


def test_a_kunya_is_a_person_with_or_without_a_surname() -> None:
    words = ["نفي", "ابو", "علي", "العسكري", "ثم", "عاد", "ابو", "نادر", "الي", "البيت"]
    found = [" ".join(words[n.first : n.last]) for n in kunyas(words, set(), tagger().table)]
    assert found == ["ابو علي العسكري", "ابو نادر"]
    assert list(kunyas(words, {1, 7}, tagger().table)) == []


def test_a_kunya_needs_a_name() -> None:
    assert list(kunyas(["وصل", "ابو", "الوزير"], set(), tagger().table)) == []
