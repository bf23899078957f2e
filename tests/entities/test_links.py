import pytest

from schemas import Entity
from streams.entities import annotate
from streams.entities.inflect import english_plurals, nisba_forms
from streams.entities.links import named
from streams.entities.romanise import romanise
from tests.entities.articles import flagged


def people(text: str) -> list[Entity]:
    return [e for e in annotate(flagged(text)).entities if e.type == "person"]


def test_a_later_surname_is_the_person_named_in_full() -> None:
    text = (
        "قال رئيس الوزراء مصطفى الشمري إن التحقيق مستمر.\nوأضاف الشمري أن النتائج قريبة.\n"
        "وعاد للشمري وفد من البلدة."
    )
    found = people(text)

    assert [e.text for e in found] == ["مصطفى الشمري", "الشمري", "شمري"]
    assert len({e.canonical.id for e in found if e.canonical}) == 1


def test_an_everyday_word_at_the_end_of_a_name_is_no_surname() -> None:
    text = "قال رئيس الوزراء مصطفى الأول إن التحقيق مستمر.\nوفاز الفريق الأول بالكأس."

    assert "الأول" not in [e.text for e in people(text)]


def test_half_of_a_compound_name_is_no_surname() -> None:
    text = "قال رئيس الوزراء مصطفى سعد الله إن التحقيق مستمر.\nويذكر الأهالي أن الله كلمة تتردد."

    assert [e.text for e in people(text)] == ["مصطفى سعد الله"]


def test_an_arabic_person_has_a_latin_name_and_the_native_one() -> None:
    canonical = named("person", "مصطفى الشمري")

    assert canonical.name.isascii()
    assert canonical.name.startswith("Mustafa al-")
    assert canonical.native_name == "مصطفى الشمري"
    assert canonical.id.startswith("local:person-mustafa-al-")


def test_a_latin_person_has_no_native_name() -> None:
    assert named("person", "Jane Doe").native_name is None


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("صدام حسين", "Saddam Hussein"),
        ("عبد الله", "Abd Allah"),
        ("بوتين", "Butin"),
        ("Jane", "Jane"),
        ("", ""),
    ],
)
def test_names_are_romanised(name: str, latin: str) -> None:
    assert romanise(name) == latin


def test_demonyms_inflect() -> None:
    assert {"عراقي", "عراقية", "عراقيين"} <= set(nisba_forms("عراقي"))
    assert nisba_forms("أفغان") == ["أفغان"]
    assert english_plurals("Iraqi") == ["Iraqi", "Iraqis"]
    assert english_plurals("Chinese") == ["Chinese"]
