import pytest

from schemas import Entity
from streams.entities import annotate
from streams.entities.gazetteer import gazetteer
from streams.text.geometry import kilometres
from tests.entities.articles import flagged


def places(text: str, **fields: str) -> list[Entity]:
    found = annotate(flagged(text, **fields)).entities
    return [e for e in found if e.type in {"location", "facility"}]


def ids(text: str, **fields: str) -> dict[str, str]:
    return {e.text: e.canonical.id if e.canonical else "" for e in places(text, **fields)}


def countries(text: str, **fields: str) -> dict[str, str | None]:
    return {e.text: e.place.country_code if e.place else None for e in places(text, **fields)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Police in Cairo, Illinois, arrested two men.", "Cairo", "US"),
        ("Police in Cairo arrested two men, Egypt's interior ministry said.", "Cairo", "EG"),
        ("A school bus overturned near Paris, Texas, on Monday.", "Paris", "US"),
        ("The bomb went off in Tripoli, in northern Lebanon.", "Tripoli", "LB"),
        ("Libyan forces shelled the outskirts of Tripoli, near Misrata.", "Tripoli", "LY"),
        ("قتل جندي لبناني في طرابلس شمالي لبنان", "طرابلس", "LB"),
        ("قصفت طائرات مواقع جنوب طرابلس في ليبيا قرب ترهونة", "طرابلس", "LY"),
        ("Residents of Athens and Winder, Ga., filed a complaint.", "Athens", "US"),
        (
            "Troops crossed from Georgia into South Ossetia, Tbilisi and Moscow said.",
            "Georgia",
            "GE",
        ),
        ("The mayor of Atlanta, Georgia, and officials from Macon met.", "Georgia", "US"),
        ("Shots were heard in Santa Ana (Tucuman) after the match.", "Santa Ana", "AR"),
        ("Gunmen raided a farm in El Ranchito (Valle del Cauca).", "Valle del Cauca", "CO"),
        ("Two men died in a shop in Halabero (Walabe, Rutshuru, Nord-Kivu).", "Rutshuru", "CD"),
        ("The Taliban and the Afghan army fought over Baharak.", "Baharak", "AF"),
        ("UGT called a strike of bus drivers in Valencia.", "Valencia", "ES"),
        ("Two men were shot in Santa Elena, in the west of Ecuador.", "Santa Elena", "EC"),
        ("Poland, Russia and Georgia sent envoys to the United States.", "Russia", "RU"),
    ],
)
def test_a_name_borne_by_many_places_means_the_one_the_text_leads_to(
    text: str, name: str, country: str
) -> None:
    assert countries(text)[name] == country


@pytest.mark.parametrize("text", ["Sales in the US rose by 5% last quarter.", "US troops left."])
def test_the_short_name_of_a_country_needs_no_further_evidence(text: str) -> None:
    assert ids(text)["US"] == "iso3166-1:US"


def test_initials_after_a_capital_abroad_are_of_its_district() -> None:
    found = places("A councillor was shot in Bogota, D.C., on Monday.")

    assert [(e.text, e.place.country_code) for e in found if e.place] == [("Bogota", "CO")]


def test_a_known_village_far_from_the_region_that_holds_the_named_one_is_not_it() -> None:
    text = "Shells fell on the outskirts of Bara town in Idleb countryside on Monday."

    assert set(countries(text).values()) == {"SY"}


def test_a_state_before_another_is_itself() -> None:
    found = ids("They saw a lake in Michigan, in Utah's south and in Oregon.")

    assert found["Michigan"] == "iso3166-2:US-MI"


def test_the_last_word_of_a_list_tells_the_kind_of_all_its_names() -> None:
    found = places("Floods closed roads in Greene and Hawkins counties in Tennessee on Monday.")
    names = [e.canonical.name for e in found if e.canonical]

    assert names[:2] == ["Greene County", "Hawkins County"]


def test_a_paper_in_english_is_named_for_a_town_where_english_is_spoken() -> None:
    text = "Crews put out a blaze in Athens on Monday, the Athens mayor said."

    assert countries(text)["Athens"] == "GR"
    assert countries(text, source="The Athens Courier")["Athens"] == "US"


def test_small_towns_name_their_state_together() -> None:
    found = countries("Crews from Palestine, Crockett and Athens met near Tyler and Lufkin, Texas.")

    assert found["Palestine"] == found["Athens"] == "US"


def test_a_village_abroad_is_not_believed_where_nothing_leads_to_it() -> None:
    text = "قال ضابط في شرطة ديالى إن عبوة انفجرت في المنصورية قرب بعقوبة في العراق"
    entity = next(e for e in places(text) if e.text == "المنصورية")

    assert entity.place is not None
    assert entity.place.country_code == "IQ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في محافظة بغداد", "iso3166-2:IQ-BG"),
        ("في مدينة بغداد", "geonames:98182"),
        ("انفجار في بغداد", "geonames:98182"),
        ("in the state of New York", "iso3166-2:US-NY"),
        ("a blast in Anbar province", "iso3166-2:IQ-AN"),
    ],
)
def test_the_word_beside_a_name_tells_a_division_from_its_town(text: str, expected: str) -> None:
    assert expected in ids(text).values()


def test_the_span_leaves_out_the_word_for_the_division() -> None:
    assert [e.text for e in places("في محافظة الأنبار")] == ["الأنبار"]


@pytest.mark.parametrize(
    ("text", "precision"),
    [("في مدينة الفلوجة", 1), ("in Laurel County", 2), ("في العراق", 3), ("في محافظة نينوى", 3)],
)
def test_precision_is_acled_s(text: str, precision: int) -> None:
    (entity,) = places(text)

    assert entity.place is not None
    assert entity.place.precision == precision


def test_a_phone_number_tells_the_state() -> None:
    text = "Athens police ask anyone with information to call 903-555-0142."

    assert countries(text)["Athens"] == "US"


def test_an_outlet_s_domain_tells_the_country() -> None:
    text = "Police in Cambridge are looking for a man who robbed a shop on Monday."

    assert countries(text, source="examplenews.co.uk")["Cambridge"] == "GB"


def test_a_street_lies_in_the_town_named_with_it() -> None:
    found = places("A man was shot on Elmhurst Avenue in Springfield, Ill., police said.")
    street = next(e for e in found if e.text == "Elmhurst Avenue")

    assert street.place is not None
    assert street.place.latitude is not None
    assert street.place.longitude is not None
    assert kilometres((street.place.latitude, street.place.longitude), (39.8, -89.65)) < 15


def test_a_place_that_nothing_places_has_no_coordinates() -> None:
    found = places("They met in Zorvanesh to talk.")

    assert all(e.place is None or e.place.latitude is None for e in found)


@pytest.mark.parametrize(
    "text",
    [
        "The reading list was nice, and mobile phones rang.",
        "قال علي إن بيان الدليل كان معلومات بين الناس",
        "Mr. Jackson said Charlotte Austin would speak.",
        "وكان كل شيء على ما يرام في المدينة",
        "Thousands came to the St. Anne's Day parade.",
        "PLEASE GIVE US MORE TIME, their banner read.",
        "قادت فرقة من المتطوعين حملة لتنظيف الشوارع بوتيرة سريعة",
        "فاز الفريق في الدورة الثانية بعد خسارته في الدورة الماضية",
    ],
)
def test_words_and_people_are_no_places(text: str) -> None:
    assert places(text) == []


def test_a_postal_code_counts_only_after_a_place() -> None:
    assert "OR" not in ids("Sign up OR call")
    assert ids("He lives in Portland, OR with his dog")["OR"] == "iso3166-2:US-OR"


def test_the_gazetteer_tells_where_its_places_lie() -> None:
    book = gazetteer()
    number = book.number("baghdad")
    assert number is not None
    baghdad = next(s for s in book.spots(number) if s.id == "geonames:98182")

    assert (baghdad.country, baghdad.admin1) == ("IQ", "iso3166-2:IQ-BG")
    assert baghdad.native_name == "بغداد"
    assert book.number("no such place") is None
    assert book.longest("new") > 1
    assert len(book.countries()) > 240
