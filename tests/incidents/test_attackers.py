"""How many attackers there were."""

from __future__ import annotations

import pytest

from tests.incidents.test_extract import reports


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Three gunmen opened fire on a bus near Multan on Monday.", 3),
        ("A suicide bomber killed 12 people in Kabul on Monday.", 1),
        ("Some 20 rebels attacked a police post in Cali on Monday.", 20),
        ("فجر انتحاريان نفسيهما في سوق في بغداد أمس.", 2),
        ("هاجم ثلاثة مسلحين مجهولين نقطة تفتيش في الموصل أمس.", 3),
    ],
)
def test_attackers_are_counted_by_the_words_before_them(text: str, count: int) -> None:
    (report,) = reports(text)
    assert report.attackers is not None
    assert report.attackers.count == count
    assert any(piece.supports == "attackers" for piece in report.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed three soldiers in Mosul on Monday.",
        "Dozens of gunmen attacked a village near Jos on Monday.",
    ],
)
def test_an_unknown_number_stays_unknown(text: str) -> None:
    (report,) = reports(text)
    assert report.attackers is None
