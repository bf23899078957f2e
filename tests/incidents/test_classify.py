"""Which type an incident is, by who does it to whom."""

import pytest

from tests.incidents.test_extract import reports


def types(text: str) -> list[str]:
    return [report.sub_event_type for report in reports(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Unknown gunmen shot and killed two soldiers near Nawa on 3 March 2026.", "Armed clash"),
        ("Gunmen shot and killed a retired soldier in Nawa on 3 March 2026.", "Attack"),
        ("Militants attacked an army checkpoint near Nawa on 3 March 2026.", "Armed clash"),
        ("Militants attacked a clinic near Nawa on 3 March 2026.", "Attack"),
        ("A suspected thief was beaten by locals in Gulu on 3 March 2026.", "Mob violence"),
        ("A man beat his neighbour in Gulu on 3 March 2026, injuring him.", "Attack"),
        ("Supporters of two parties clashed in Gulu on 3 March 2026.", "Mob violence"),
        ("Soldiers clashed with rebels near Gulu on 3 March 2026.", "Armed clash"),
        (
            "Rebels shot down an army helicopter near Gulu on 3 March 2026.",
            "Shelling/artillery/missile attack",
        ),
    ],
)  # fmt: skip
def test_the_type_follows_who_does_it_to_whom(text: str, expected: str) -> None:
    assert types(text) == [expected]


def test_gunmen_who_open_fire_are_who_does_it() -> None:
    (report,) = reports("Three gunmen opened fire on a bus near Multan on 3 March 2026.")
    assert {a.text for a in report.actors if a.role == "perpetrator"} == {"gunmen"}


def test_an_arrest_that_protesters_speak_of_is_no_intervention() -> None:
    about = "Students held a protest in Gulu on 3 March 2026. They demanded the arrest of a guard."
    met = "Students held a protest in Gulu on 3 March 2026. Police arrested ten protesters."
    assert types(about) == ["Peaceful protest"]
    assert types(met) == ["Protest with intervention"]
