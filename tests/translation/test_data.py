from __future__ import annotations

import re
from collections import Counter

import pytest

from streams.translation.evidence import evidence, listed, scripts_of_languages
from streams.translation.scripts import NONE, UNKNOWN, script_of, scripts, word_pattern
from streams.translation.tables import rows

CODE = re.compile(r"[a-z]{2,3}\Z")


@pytest.mark.parametrize("name", ["words.tsv", "cues.tsv"])
def test_every_row_has_an_id_of_its_own(name: str) -> None:
    ids = Counter(row["id"] for row in rows(name))
    assert max(ids.values()) == 1


def test_every_listed_word_speaks_for_its_language() -> None:
    for row in rows("words.tsv"):
        assert CODE.match(row["language"])
        for word in row["words"].split():
            pieces = word_pattern().findall(word)
            if pieces == [word]:
                assert row["language"] in evidence(word), (row["id"], word)


def test_every_cue_names_a_script_and_languages_of_the_tables() -> None:
    for row in rows("cues.tsv"):
        assert row["script"] in scripts()
        assert 0 < float(row["weight"]) <= 3.0
        re.compile(row["pattern"])
        assert all(CODE.match(language) for language in row["languages"].split(","))


def test_languages_are_written_in_the_script_of_their_words() -> None:
    written = scripts_of_languages()
    assert [written[code] for code in ("ckb", "kmr", "ru", "hi", "am", "zh")] == [
        "Arab",
        "Latn",
        "Cyrl",
        "Deva",
        "Ethi",
        "Hani",
    ]


def test_shared_words_stand_under_each_of_their_languages() -> None:
    assert {"es", "fr", "pt", "nl"} <= listed()["de"].keys()


@pytest.mark.parametrize(
    ("char", "script"),
    [("a", "Latn"), ("ئ", "Arab"), ("я", "Cyrl"), ("人", "Hani"), ("の", "Kana"), ("Ꮳ", UNKNOWN)],
)
def test_a_letter_has_a_script(char: str, script: str) -> None:
    assert script_of(char) == script


def test_no_script_of_the_table_is_the_code_for_none() -> None:
    assert not {NONE, UNKNOWN} & scripts().keys()


def test_words_are_cut_where_the_script_changes() -> None:
    assert word_pattern().findall("قالBBC、東京タワー привет, d'État") == [
        "قال",
        "BBC",
        "東京",
        "タワー",
        "привет",
        "d",
        "État",
    ]


def test_a_capitalised_word_weighs_less_than_a_plain_one() -> None:
    assert evidence("Verwaltung")["de"] < evidence("verwaltung")["de"]
