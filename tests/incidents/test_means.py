"""What an incident was done with: weapons named, used, found, or implied by the deed."""

from __future__ import annotations

import pytest

from schemas import IncidentReport
from tests.incidents.test_extract import reports


def _only(text: str) -> IncidentReport:
    found = reports(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "gtd"),
    [
        ("Unknown assailants bombed a bank in Lima on Monday.", "explosives", 6),
        ("Masked men burned down a school in Kandahar on Monday.", "incendiary", 8),
        ("A man was stabbed to death in Marseille on Monday.", "blade", 9),
    ],
)
def test_a_deed_implies_its_means_where_no_weapon_is_named(text: str, name: str, gtd: int) -> None:
    (weapon,) = _only(text).weapons
    assert (weapon.name, weapon.gtd_weapon_type) == (name, gtd)
    assert weapon.text in text


def test_an_implied_weapon_has_the_deed_as_evidence() -> None:
    report = _only("Unknown assailants bombed a bank in Lima on Monday.")
    rules = [piece.rule for piece in report.evidence if piece.supports == "weapons"]
    assert rules == ["means.bombing"]


def test_a_bomb_that_was_placed_counts_though_it_was_found() -> None:
    report = _only(
        "Guards found the bomb that men had planted in a bank in Lima; it exploded on Monday."
    )
    assert [weapon.gtd_weapon_type for weapon in report.weapons] == [6]


def test_being_shot_names_no_weapon() -> None:
    assert _only("Two officers were shot dead in Cali on Monday.").weapons == ()
