"""Words of violence that tell no violence."""

import pytest

from tests.incidents.test_extract import reports


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers searched a truck in Hit on Monday and found rifles, 16 fragmentation grenades.",
        "Customs officers in Basra confiscated two pistols, a radio and four sticks of dynamite.",
        "Analysts call the queue at the bakeries of Basra a social time bomb.",
    ],
)
def test_weapons_that_only_lie_somewhere_are_no_bombing(text: str) -> None:
    types = {report.sub_event_type for report in reports(text)}
    assert not types & {"Grenade", "Remote explosive/landmine/IED"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen threw two grenades at a patrol in Basra on Monday.",
        "Police found that a car bomb exploded near the bank in Basra on Monday, killing two.",
    ],
)
def test_weapons_that_went_off_are_an_attack(text: str) -> None:
    types = {report.sub_event_type for report in reports(text)}
    assert types & {"Grenade", "Remote explosive/landmine/IED"}


def test_a_deed_in_the_infinitive_of_an_aim_did_not_happen() -> None:
    assert reports("The minister sent arms to the militia to massacre villagers near Basra.") == ()


def test_a_deed_that_was_begun_or_led_to_did_happen() -> None:
    (report,) = reports("Gunmen began to shell the market of Basra on Monday, killing two people.")
    assert report.realis == "actual"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Youths threw a petrol bomb at the town hall of Basra on Monday.", 7),
        ("A man armed with a knife attacked a guard in Basra on Monday.", 2),
        ("A letter laced with ricin was sent to the mayor of Basra on Monday.", 8),
        ("Vandals set two fires in the library of Basra on Monday.", 7),
    ],
)
def test_the_attack_type_is_the_codebooks(text: str, code: int) -> None:
    assert code in {c for report in reports(text) for c in report.gtd_attack_types}


def test_talks_about_an_attack_are_no_attack() -> None:
    told = reports(
        "The government and the rebels signed a ceasefire in Basra on Monday after attacks."
    )
    assert [report.gtd_attack_types for report in told] == [()]


def test_a_threat_with_weak_words_is_reported_as_a_threat() -> None:
    told = reports("The cartel threatened to kill two judges in Cali on Monday.")
    assert {(r.realis, r.stage) for r in told} == {("hypothetical", "threatened")}


def test_who_condemns_the_attack_tells_of_an_attack() -> None:
    told = reports(
        "The minister condemned the attack on a school in Hit on Monday that killed two."
    )
    assert [r.realis for r in told] == ["actual"]
    assert reports("The minister condemned attacks on schools.") == ()


def test_what_a_question_takes_as_known_did_happen() -> None:
    told = reports("What does the army say of the two bombs that were detonated in Hit on Monday?")
    assert [r.realis for r in told] == ["actual"]
