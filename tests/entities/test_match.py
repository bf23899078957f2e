from pathlib import Path

import pytest

from streams.entities.candidate import passages
from streams.entities.gazetteer import gazetteer
from streams.entities.lexicon import Lexicon, Sense, entry_of, lexicon, read_rows
from streams.entities.match import Matcher, prefixes
from tests.entities.articles import flagged


def _matcher(**names: str) -> Matcher:
    made = Lexicon()
    for number, (name, kind) in enumerate(names.items()):
        row = {"id": f"local:{number}", "type": kind, "name": name}
        made.add(name, Sense(entry_of(row, "lexicon.test")))
    return Matcher(made, gazetteer())


def _found(matcher: Matcher, text: str) -> list[str]:
    (passage,) = passages(flagged(text))
    return [text[m.start : m.end] for m in matcher.matches(passage, passage.words) if m.senses]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وصل لبغداد وفد", ["بغداد"]),
        ("في ولبغداد", ["بغداد"]),
        ("عاد من الموصل وبالموصل", ["الموصل", "الموصل"]),
        ("توجه للموصل", ["موصل"]),
        ("بغدادي الأصل", []),
    ],
)
def test_arabic_prefixes_stand_outside_the_span(text: str, names: list[str]) -> None:
    assert _found(_matcher(بغداد="location", الموصل="location"), text) == names


def test_a_word_that_is_itself_a_name_is_not_cut() -> None:
    matcher = _matcher(بلال="person", لال="location")

    assert _found(matcher, "قال بلال") == ["بلال"]


def test_prefixes_chain_in_the_order_arabic_writes_them() -> None:
    readings = dict(prefixes("وبالعراق"))

    assert readings["و"] == "بالعراق"
    assert readings["وب"] == "العراق" or "وب" in readings
    assert not any(prefix.startswith("لو") for prefix, _ in prefixes("لوكالة"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the United Nations' envoy, United-Nations staff", ["United Nations", "United-Nations"]),
        ("united nations of readers", []),
        ("United. Nations", []),
        ("the UNITED NATIONS said", ["UNITED NATIONS"]),
    ],
)
def test_english_names_keep_their_capitals_and_their_joints(text: str, names: list[str]) -> None:
    assert _found(_matcher(**{"United Nations": "organization"}), text) == names


def test_an_abbreviation_counts_in_capitals_only() -> None:
    assert _found(_matcher(WHO="organization"), "The WHO knows who it is") == ["WHO"]


def test_a_dotted_abbreviation_needs_its_full_stop() -> None:
    assert _found(_matcher(**{"Ky.": "location"}), "Paris, Ky. and Ky") == ["Ky."]


def test_marks_inside_a_name_are_part_of_the_span() -> None:
    assert _found(_matcher(**{"مكافحة الإرهاب": "security_force"}), "جهاز مُكافحة الإرهـاب") == [
        "مُكافحة الإرهـاب"
    ]


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("id\tname\nlocal:a\tA\textra\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"names\.tsv:2"):
        list(read_rows(path))


def test_demonyms_are_known_in_their_inflections() -> None:
    senses = lexicon().senses

    for form in ("عراقيه", "عراقيين", "iraqis", "كوري شمالي", "كوريه شماليه", "لبنانيون"):
        assert any(s.entry.type == "nationality" for s in senses[form]), form
