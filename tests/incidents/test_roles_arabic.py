"""Roles in Arabic sentences: verbs before and after their subjects, agents, nouns of action."""

from __future__ import annotations

import pytest

from schemas.events import Role
from tests.incidents.test_extract import reports


def _texts(text: str, role: Role) -> list[str]:
    return [a.text for r in reports(text) for a in r.actors if a.role == role]


@pytest.mark.parametrize(
    ("text", "does", "suffers"),
    [
        ("قتلت قوات الأمن ثلاثة مسلحين في مداهمة قرب الرمادي أمس.", "قوات", "مسلحين"),
        ("وقال شهود إن مسلحين مجهولين خطفوا مهندسا في البصرة أمس.", "مسلحين", "مهندسا"),
        ("استهدف انتحاري حافلة تقل موظفين في كابول أمس.", "انتحاري", "حافلة"),
        ("قتل جندي برصاص مسلحين في الموصل أمس.", "مسلحين", "جندي"),
        ("اختطف صحافي من قبل مجهولين في بغداد أمس.", "مجهولين", "صحافي"),
    ],
)
def test_subject_and_object_are_told_apart(text: str, does: str, suffers: str) -> None:
    assert any(does in found for found in _texts(text, "perpetrator"))
    harmed = [*_texts(text, "victim"), *_texts(text, "target")]
    assert any(suffers in found for found in harmed)
    assert not any(does in found for found in harmed)


def test_the_adjective_of_a_strike_tells_whose_it_is() -> None:
    actors = [
        a
        for r in reports("أدت غارة إسرائيلية على بلدة في جنوب لبنان أمس إلى مقتل شخصين.")
        for a in r.actors
        if a.role == "perpetrator"
    ]
    assert [a.canonical_id for a in actors] == ["iso3166-1:IL"]


def test_people_who_are_only_counted_are_victims() -> None:
    assert any("شخصا" in t for t in _texts("انفجرت سيارة في دمشق أمس وقتل 12 شخصا.", "victim"))


def test_a_name_after_its_office_is_who_was_killed() -> None:
    text = (
        "اغتال مسلحون مجهولون على متن دراجة نارية القيادي في حركة فتح محمد العرموشي في مخيم "
        "عين الحلوة جنوب لبنان أمس."
    )
    assert _texts(text, "victim") == ["محمد العرموشي"]
    assert _texts(text, "perpetrator") == ["مسلحون مجهولون"]


def test_forces_with_a_possessive_act() -> None:
    text = "أعلن التحالف أن قواته دمرت المقر وأن قواتها قتلت قياديا في غارة في ريف إدلب أمس."
    assert "قوات" in " ".join(_texts(text, "perpetrator"))


@pytest.mark.parametrize(
    "text",
    [
        "Missiles hit a flat in Kramatorsk on Monday, injuring 18, governor Pavlo Kyr said.",
        "قال مسؤولون إن قنبلة انفجرت في سوق في كابل أمس وقتل ثلاثة أشخاص.",
    ],
)
def test_who_tells_the_news_is_no_party_to_it(text: str) -> None:
    told = [a.text for r in reports(text) for a in r.actors]
    assert not {"Pavlo Kyr", "مسؤولون"} & set(told)


def test_the_sides_of_a_clash_are_told_apart() -> None:
    text = "قتل ثلاثة أشخاص في اشتباكات بين قوات الدعم السريع والجيش السوداني في الفاشر أمس."
    assert _texts(text, "perpetrator") == ["قوات الدعم السريع"]
    assert "الجيش السوداني" in _texts(text, "target")


def test_the_dead_and_wounded_are_no_parties_by_themselves() -> None:
    text = "سقط ثلاثة قتلى وعشرون جريحا في انفجار سيارة مفخخة في بغداد أمس."
    assert _texts(text, "victim") == []
