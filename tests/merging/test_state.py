"""What is kept of an open incident, measured on reports as the line makes them."""

from __future__ import annotations

import random

import pytest

from schemas import Article, IncidentReport
from streams.merging import Merger
from streams.merging.state import MAXIMUM_BYTES, unpack
from streams.pipeline import PIPELINE
from tests.merging.stories import report

_SPEAKERS = ("the governor", "a police colonel", "the Health Ministry", "a hospital doctor")
_DETAILS = (
    "Ambulances took the wounded to three hospitals, and residents were asked to give blood.",
    "The blast shattered windows along the street and set eleven cars on fire.",
    "Soldiers closed the bridges over the river and searched vehicles until the evening.",
    "وقال شهود إن ألسنة اللهب ارتفعت من السيارات المحترقة في موقع الانفجار.",
    "Islamic State said in a statement on Telegram that one of its members carried it out.",
    "A spokesman named the dead officer as Captain Haidar Salman of the Federal Police.",
    "The prime minister condemned the attack and ordered an investigation.",
    "وأعلنت وزارة الداخلية تشكيل لجنة للتحقيق في التفجير الانتحاري.",
)


def _article(number: int) -> Article:
    chance = random.Random(number)
    killed, injured = 10 + number // 4, 25 + number // 2
    lead = (
        f"A suicide bomber killed {killed} people and wounded {injured} others outside a bakery in "
        f"Kirkuk, Iraq, on Tuesday, {chance.choice(_SPEAKERS)} said."
    )
    if number % 3 == 0:
        lead = (
            f"قتل {killed} شخصا وأصيب {injured} بجروح في تفجير انتحاري أمام مخبز في مدينة كركوك "
            "اليوم الثلاثاء، بحسب مصدر في الشرطة."
        )
    return Article.model_validate(
        {
            "article_id": f"https://outlet-{number % 29}.example/world/2026/03/10/kirkuk-{number}",
            "url": f"https://outlet-{number % 29}.example/world/2026/03/10/kirkuk-{number}",
            "source": f"Outlet {number % 29}",
            "title": f"Kirkuk bakery bombing: {killed} dead",
            "published_at": f"2026-03-10T{8 + number // 15:02}:{number % 15 * 4:02}:00Z",
            "text": "\n\n".join([lead, *chance.sample(_DETAILS, 5)]),
        }
    )


@pytest.fixture(scope="module")
def kirkuk() -> list[IncidentReport]:
    """Reports of sixty articles on one bombing."""
    made: list[IncidentReport] = []
    for number in range(60):
        values: list[object] = [_article(number)]
        for stage in PIPELINE:
            values.extend(stage.run(values[-1]))
        made += [v for v in values if isinstance(v, IncidentReport)]
    return made


def test_real_looking_reports_of_one_incident_stay_within_eight_kilobytes(
    kirkuk: list[IncidentReport],
) -> None:
    store: dict[str, bytes] = {}
    merger = Merger(store)
    largest = 0
    for one in kirkuk:
        for name, value in merger.add(one).writes.items():
            if value is None:
                store.pop(name, None)
            else:
                store[name] = value
                largest = max(largest, len(value))
    biggest = max(store.values(), key=lambda value: len(unpack(value).members))

    assert len(unpack(biggest).members) > 20
    assert largest <= MAXIMUM_BYTES


def test_reports_full_of_evidence_fit_too() -> None:
    chance = random.Random(3)
    store: dict[str, bytes] = {}
    merger = Merger(store)
    for number in range(12):
        one = report(f"a{number}", source=f"outlet-{number}", killed=5)
        pieces = tuple(
            one.evidence[0].model_copy(
                update={"start": n, "end": n + 5, "context": f"{chance.getrandbits(1200):x}"}
            )
            for n in range(30)
        )
        writes = merger.add(one.model_copy(update={"evidence": pieces})).writes
        store |= {name: value for name, value in writes.items() if value is not None}

    (value,) = store.values()
    assert len(value) <= MAXIMUM_BYTES
    assert len(unpack(value).members) == 12
