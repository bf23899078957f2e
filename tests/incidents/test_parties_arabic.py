"""Arabic parties as phrases, with the names that English gives them."""

from __future__ import annotations

import pytest

from streams.incidents.lexicon import rows
from streams.incidents.parties_arabic import english, parties_of
from streams.incidents.reading import sentences
from tests.incidents.test_extract import annotated, reports


def _texts(text: str) -> list[str]:
    return [p.text for s in sentences(annotated(text)) for p in parties_of(s)]


def test_a_noun_and_its_adjective_are_one_party() -> None:
    assert "مسلحين مجهولين" in _texts("قال شهود إن مسلحين مجهولين خطفوا مهندسا.")


@pytest.mark.parametrize(
    "text", ["وقع هجوم انتحاري قرب السفارة.", "انفجرت سيارة مفخخة في السوق.", "وقع هجوم مسلح."]
)
def test_deeds_and_means_are_no_parties(text: str) -> None:
    assert not {"انتحاري", "سيارة", "مسلح"} & set(_texts(text))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("مسلحون", "gunmen"),
        ("المسلحين", "gunmen"),
        ("مسلحون مجهولون", "unknown gunmen"),
        ("جنديا", "soldier"),
        ("الحافلة", "bus"),
        ("بلا اسم", None),
    ],
)
def test_common_nouns_have_english_names(words: str, name: str | None) -> None:
    assert english(words) == name


def test_a_report_names_arabic_gunmen_in_english_and_keeps_their_words() -> None:
    (report,) = reports("قتل جندي برصاص مسلحين في الموصل أمس.")
    actor = next(a for a in report.actors if a.role == "perpetrator")
    assert (actor.name, actor.native_name, actor.text) == ("gunmen", "مسلحين", "مسلحين")


def test_every_name_has_an_id_of_its_own() -> None:
    ids = [row["id"] for row in rows("party_names_ar.tsv")]
    assert len(ids) == len(set(ids))


def test_a_person_after_a_noun_for_people_is_one_party_with_it() -> None:
    (report,) = reports("خطف مسلحون مجهولون الصحافي أحمد العلي من منزله في البصرة أمس.")
    assert [a.text for a in report.actors if a.role == "victim"] == ["أحمد العلي"]


def test_gunmen_who_abduct_are_not_abducted() -> None:
    (report,) = reports("خطف مسلحون مجهولون الصحافي أحمد العلي من منزله في البصرة أمس.")
    assert not [c for c in report.casualties if c.harm == "abducted" and (c.best or c.min or 0) > 1]


def test_a_nation_after_a_noun_is_part_of_it() -> None:
    (report,) = reports("قتل سبعة جنود عراقيين في هجوم شنه مسلحون مجهولون شمال الموصل أمس.")
    roles = {a.role: a.name for a in report.actors}
    assert roles == {"perpetrator": "unknown gunmen", "victim": "soldiers"}
