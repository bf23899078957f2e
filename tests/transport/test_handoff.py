"""From records to bytes and back: the same record, whether it was kept or is read anew."""

from __future__ import annotations

import pytest

from schemas import Article, Contract
from streams.errors import ContractViolation, UndecodableMessage
from streams.pipeline import PIPELINE
from streams.topics import ARTICLES, SEGMENTED_ARTICLES
from streams.transport.handoff import Handoff

TEXT = (
    "قتل أربعة أشخاص في انفجار سيارة مفخخة في الموصل يوم الاثنين، بحسب الشرطة. "
    "A car bomb killed four people in Mosul on Monday, police said."
)


def _records() -> list[tuple[Contract, int]]:
    """Return a record of each stage and the stage's number."""
    values: list[Contract] = [Article(article_id="a", text=TEXT)]
    found = []
    for number, stage in enumerate(PIPELINE):
        values = [made for value in values for made in stage.run(value)]
        found += [(value, number) for value in values]
    return found


@pytest.mark.parametrize(("record", "number"), _records())
def test_what_comes_back_is_what_was_written(record: Contract, number: int) -> None:
    topic, here = PIPELINE[number].produces, Handoff()
    value = here.encode(record, topic)
    kept, read = here.decode(bytes(bytearray(value)), topic), Handoff().decode(value, topic)
    assert kept is record
    assert read == record
    assert read.to_json() == kept.to_json() == value


def test_a_record_is_taken_once_and_then_read() -> None:
    record, _ = _records()[0]
    here = Handoff()
    value = here.encode(record, SEGMENTED_ARTICLES)
    assert here.decode(value, SEGMENTED_ARTICLES) is record
    again = here.decode(value, SEGMENTED_ARTICLES)
    assert again is not record
    assert again == record


def test_a_record_written_twice_counts_once() -> None:
    record, _ = _records()[0]
    size = len(record.to_json())
    here = Handoff(kept_bytes=size)
    for _ in range(3):
        value = here.encode(record, SEGMENTED_ARTICLES)
    assert here.decode(value, SEGMENTED_ARTICLES) is record


def test_the_oldest_record_goes_when_they_are_too_much() -> None:
    made = [
        next(iter(PIPELINE[0].run(Article(article_id=str(number), text=TEXT))))
        for number in range(3)
    ]
    here = Handoff(kept_bytes=2 * len(made[0].to_json()))
    values = [here.encode(one, SEGMENTED_ARTICLES) for one in made]
    assert here.decode(values[0], SEGMENTED_ARTICLES) is not made[0]
    assert here.decode(values[1], SEGMENTED_ARTICLES) is made[1]
    assert here.decode(values[2], SEGMENTED_ARTICLES) is made[2]


def test_records_that_begin_alike_are_told_apart() -> None:
    made = [
        next(iter(PIPELINE[0].run(Article(article_id=f"{'a' * 300}{number}", text=TEXT))))
        for number in range(2)
    ]
    here = Handoff()
    values = [here.encode(one, SEGMENTED_ARTICLES) for one in made]
    assert [here.decode(value, SEGMENTED_ARTICLES) for value in values] == made


def test_a_value_of_one_topic_is_not_known_in_another() -> None:
    record, _ = _records()[0]
    here = Handoff()
    value = here.encode(record, SEGMENTED_ARTICLES)
    with pytest.raises(ContractViolation, match=r"segments\.0\.language: Field required"):
        here.decode(value, PIPELINE[1].produces)


@pytest.mark.parametrize("value", [None, b"", b"{", b'{"text": 1}'])
def test_what_breaks_the_contract_is_refused(value: bytes | None) -> None:
    with pytest.raises((ContractViolation, UndecodableMessage)):
        Handoff().decode(value, ARTICLES)
    with pytest.raises(ContractViolation):
        Handoff().decode(value, SEGMENTED_ARTICLES)
