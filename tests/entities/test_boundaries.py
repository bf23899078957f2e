"""Where Arabic names begin and end, in sentences of our own."""

import pytest

from streams.entities import annotate
from tests.entities.articles import flagged


def named(text: str) -> dict[str, str]:
    """Return what is written for each name, and what it is called in English."""
    entities = annotate(flagged(text)).entities
    return {e.text: e.canonical.name for e in entities if e.canonical}


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("سقطت قذائف على قرى في جنوب لبنان أمس", "لبنان", "Southern Lebanon"),
        ("دخلت شاحنات إلى قطاع غزة من الجنوب", "غزة", "Gaza Strip"),
        ("وصل وفد إلى دولة قطر وعاد بعد يومين", "قطر", "Qatar"),
        ("عاد الحجاج من مكة المكرمة إلى بلدهم", "مكة", "Makkah"),
        ("شارك لاعبون من جنوب أفريقيا في السباق", "جنوب أفريقيا", "South Africa"),
        ("قتل رجل في مدينة الصدر شرقي العاصمة", "مدينة الصدر", "Sadr City"),
        ("قالت حركة حماس إن الوفد غادر", "حماس", "Hamas"),
        ("بثت قناة الجزيرة صورا من المكان", "الجزيرة", "Al Jazeera"),
        ("هاجم تنظيم داعش نقطة للجيش", "تنظيم داعش", "Islamic State"),
    ],
)
def test_words_for_a_kind_stand_outside_what_is_a_name_without_them(
    text: str, written: str, name: str
) -> None:
    assert named(text).get(written) == name
