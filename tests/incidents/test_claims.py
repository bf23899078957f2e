"""Claims and accusations: who, how sure, through which channel, where they stand alone."""

from __future__ import annotations

import pytest

from schemas import Actor
from schemas.events import Role
from tests.incidents.test_extract import reports


def _actors(text: str, role: Role) -> list[Actor]:
    return [a for r in reports(text) for a in r.actors if a.role == role]


@pytest.mark.parametrize(
    ("text", "name", "channel"),
    [
        (
            (
                "A bomb killed four people in Quetta on Monday. The Islamic State claimed "
                "responsibility in a statement on Telegram."
            ),
            "Islamic State",
            "Telegram",
        ),
        (
            "قتل أربعة أشخاص بتفجير في بغداد أمس. وتبنى تنظيم داعش الهجوم في بيان.",
            "Islamic State",
            "statement",
        ),
    ],
)
def test_a_claim_in_a_sentence_of_its_own_belongs_to_the_incident_before_it(
    text: str, name: str, channel: str
) -> None:
    (claimant,) = _actors(text, "claimant")
    assert claimant.name == name
    assert claimant.claim is not None
    assert (claimant.claim.confidence, claimant.claim.channel) == ("claimed", channel)


def test_who_denies_or_nobody_claims_nothing() -> None:
    text = "A bomb killed four people in Quetta on Monday. No group claimed responsibility."
    assert _actors(text, "claimant") == []


def test_who_is_blamed_is_accused() -> None:
    text = "A bomb killed four people in Quetta on Monday. Police blamed the Pakistani Taliban."
    assert [a.claim.confidence for a in _actors(text, "accused") if a.claim] == ["accused"]


def test_the_words_of_a_claim_are_its_evidence() -> None:
    text = "A bomb killed four people in Quetta on Monday. The Islamic State claimed the attack."
    (report,) = reports(text)
    (piece,) = [p for p in report.evidence if p.supports == "actors.claimant"]
    assert text[piece.start : piece.end] == piece.text == "Islamic State"
