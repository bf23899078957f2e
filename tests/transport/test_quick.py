"""Bundles: what is handed on, what is fetched once more, and which offsets are committed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from faust.transport.drivers.aiokafka import Consumer
from hypothesis import given
from hypothesis import strategies as st

from streams.transport.bundles import Bundle, Progress, in_turn
from streams.transport.quick import QuickConsumer


class Part(NamedTuple):
    """A topic partition."""

    topic: str
    partition: int


PART = Part("t", 0)


def _records(*offsets: int) -> list[Any]:
    return [SimpleNamespace(offset=n, timestamp=1000, timestamp_type=0) for n in offsets]


@pytest.fixture
def consumer() -> QuickConsumer:
    """A consumer without Kafka, whose topic begins at offset 5."""

    async def earliest_offsets(*parts: Any) -> dict[Any, int]:
        return dict.fromkeys(parts, 5)

    made = QuickConsumer.__new__(QuickConsumer)
    made._progress = {PART: Progress(None)}  # type: ignore[assignment]  # one partition
    made._doubted = {}
    made._unacked_messages = set()
    made._committed_offset = {}
    made._seeking = asyncio.Lock()
    made._buffered_partitions = set()
    made.flow_active = True
    made.app = SimpleNamespace(consumer_generation_id=7)
    made.earliest_offsets = earliest_offsets  # type: ignore[method-assign]  # the fake
    made.log = SimpleNamespace(warning=lambda *_: None)
    return made


async def _bundle(consumer: QuickConsumer, *offsets: int) -> Bundle:
    bundle = await consumer._bundle(PART, _records(*offsets))
    assert bundle is not None
    bundle.tracked = True
    return bundle


async def test_what_is_done_is_committed_only_up_to_what_is_not(consumer: QuickConsumer) -> None:
    bundles = [await _bundle(consumer, *offsets) for offsets in ((10, 11), (12,), (13, 14))]
    assert consumer.ack(bundles[2])
    assert consumer._new_offset(PART) is None
    assert consumer.ack(bundles[0])
    assert consumer._new_offset(PART) == 12
    assert consumer.ack(bundles[1])
    assert list(consumer._filter_tps_with_pending_acks()) == [PART]
    assert consumer._new_offset(PART) == 15
    assert list(consumer._filter_tps_with_pending_acks()) == []


@pytest.mark.parametrize("change", ["epoch", "generation", "skipped"])
async def test_a_bundle_skipped_or_of_before_a_rebalance_settles_nothing(
    consumer: QuickConsumer, change: str
) -> None:
    bundle = await _bundle(consumer, 10)
    if change == "epoch":
        consumer.epoch += 2
    elif change == "generation":
        consumer.app.consumer_generation_id = 8
    else:
        bundle.tracked = False
    assert not consumer.ack(bundle)
    assert consumer._new_offset(PART) is None


async def test_what_was_handed_on_before_is_left_out(consumer: QuickConsumer) -> None:
    await _bundle(consumer, 10, 11)
    again = await _bundle(consumer, 10, 11, 12)
    assert [record.offset for record in again.records] == [12]
    assert await consumer._bundle(PART, _records(11, 12)) is None


async def test_messages_passed_over_are_no_gap_and_are_fetched_once_more(
    consumer: QuickConsumer,
) -> None:
    await _bundle(consumer, 10)
    assert await consumer._bundle(PART, _records(300)) is None
    assert consumer.passed_over


async def test_going_back_begins_anew_where_nothing_is_committed(
    consumer: QuickConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed, new, changelog = Part("t", 1), PART, Part("changelog", 0)
    sought: dict[Any, int] = {}

    async def seek(self: Consumer) -> None:
        self._committed_offset.update({committed: 40})

    async def seek_wait(offsets: dict[Any, int]) -> None:
        sought.update(offsets)

    monkeypatch.setattr(Consumer, "perform_seek", seek)
    consumer.assignment = lambda: {committed, new, changelog}  # type: ignore[method-assign]  # the fake
    consumer.seek_wait = seek_wait  # type: ignore[method-assign]  # the fake
    consumer.app.tables = SimpleNamespace(changelog_topics={"changelog"})
    consumer.passed_over = True
    await consumer.perform_seek()

    assert sought == {new: 5}
    assert not consumer.passed_over
    assert {tp: one.upto for tp, one in consumer._progress.items()} == {committed: 40, new: 5}
    assert await consumer._bundle(new, _records(10)) is None
    assert consumer.passed_over


async def test_nothing_is_fetched_while_the_consumer_goes_back(
    consumer: QuickConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[bool] = []

    async def seek(self: Consumer) -> None:
        del self
        fetched.append(await consumer._may_fetch())

    monkeypatch.setattr(Consumer, "perform_seek", seek)
    consumer.assignment = set  # type: ignore[method-assign]  # the fake
    await consumer.perform_seek()

    assert fetched == [False]
    assert await consumer._may_fetch()


async def test_what_is_missing_a_second_time_was_never_there(consumer: QuickConsumer) -> None:
    first = await _bundle(consumer, 10)
    assert await consumer._bundle(PART, _records(12)) is None
    consumer._progress[PART] = Progress(10)
    first = await _bundle(consumer, 10)
    second = await _bundle(consumer, 12)
    assert consumer.ack(first)
    assert consumer.ack(second)
    assert consumer._new_offset(PART) == 13


async def test_what_kafka_has_deleted_is_a_gap(consumer: QuickConsumer) -> None:
    consumer._progress[PART] = Progress(2)
    bundle = await _bundle(consumer, 5, 6)
    assert not consumer.passed_over
    assert consumer.ack(bundle)
    assert consumer._new_offset(PART) == 7


@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), st.lists(st.integers())),
    st.integers(1, 5),
)
def test_parts_hold_every_record_once_and_in_order(
    found: dict[tuple[str, int], list[int]], size: int
) -> None:
    records: dict[Part, Sequence[int]] = {Part(*tp): values for tp, values in found.items()}
    parts = list(in_turn(records, size))
    assert all(0 < len(part) <= size for _, part in parts)
    for tp, values in records.items():
        assert [one for other, part in parts if other == tp for one in part] == values
