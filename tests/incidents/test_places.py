"""Where incidents happened: not what they are about, not a namesake abroad."""

from __future__ import annotations

import pytest

from schemas import IncidentPlace
from tests.incidents.test_extract import reports


def _place(text: str) -> IncidentPlace:
    (report,) = reports(text)
    assert report.place is not None
    return report.place


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Students protested in Lyon on Monday against the war in Ukraine.", "FR"),
        ("Residents protested in Oslo on Monday to demand peace in Sudan.", "NO"),
        ("Gunmen killed a shopkeeper in Kita (Kita, Kayes) in Mali on Monday.", "ML"),
        ("Algerian soldiers killed two militants near Oued Sidi Belgacem on Monday.", "DZ"),
        ("Gunmen in Bolivia kidnapped three U.S. citizens on Monday.", "BO"),
        ("Gunmen kidnapped three tourists in the U.S. on Monday.", "US"),
        ("Panama's archbishop condemned the murder of six priests in Peru on Monday.", "PE"),
        ("U.S. envoy John Carter left Bolivia. Gunmen killed his three guards on Monday.", "BO"),
    ],
)
def test_the_country_is_where_it_happened(text: str, country: str) -> None:
    assert _place(text).country_code == country


def test_a_place_that_no_list_knows_keeps_its_name_without_a_point() -> None:
    place = _place("Algerian soldiers killed two militants near Oued Sidi Belgacem on Monday.")
    assert place.latitude is None
    assert "Belgacem" in place.name


def test_a_namesake_abroad_gives_way_to_the_province_that_holds_it() -> None:
    place = _place("Gunmen killed two soldiers in Santa Ana (Tucuman), Argentina, on Monday.")
    assert place.country_code == "AR"


def test_a_people_tells_the_country_where_no_place_is_named() -> None:
    place = _place("تظاهر المئات من المعلمين في العاصمة التونسية أمس للمطالبة بزيادة الأجور.")
    assert (place.country_code, place.name, place.latitude) == ("TN", "Tunisia", None)


@pytest.mark.parametrize(
    "text",
    [
        "A car bomb killed six people in the Lebanese city of Tripoli on Monday.",
        "قتل ستة أشخاص في تفجير في مدينة طرابلس اللبنانية أمس.",
    ],
)
def test_an_adjective_beside_a_town_tells_its_country(text: str) -> None:
    place = _place(text)
    assert (place.name, place.country_code, place.latitude) == ("Tripoli", "LB", None)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Rojas Paz, a 29-year-old woman from Lyon, was murdered this afternoon in Marseille.",
        "Gunmen killed a shopkeeper in Marseille on Monday, our Lyon correspondent reports.",
    ],
)
def test_where_somebody_is_from_or_reports_from_is_not_where_it_happened(text: str) -> None:
    assert _place(text).name == "Marseille"


def test_talks_elsewhere_are_not_where_the_killing_was_that_stopped_them() -> None:
    place = _place(
        "TAIZ, March 11 (Wire) -- Talks planned with the rebels in Geneva, Switzerland, have been"
        " put off given the killing of ten teachers at their school on Monday."
    )
    assert place.country_code == "YE"
