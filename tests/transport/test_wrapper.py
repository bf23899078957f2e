"""The stage wrapper without Kafka: what is sent when, and what happens when it cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import Mock

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError

from streams.errors import StageRejected
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.pipeline import SEGMENTATION
from streams.pulse import GRACE_SECONDS, Pulse
from streams.transport.dead_letters import Limit
from streams.transport.delivery import Delivery, Outgoing, to_the_end
from streams.transport.ledger import Country, Staged
from streams.transport.quick import QuickConsumer
from streams.transport.stage import StageWorker


class Producer:
    """A producer whose acknowledgements a test decides on."""

    def __init__(self, *failures: BaseException, too_large: bytes = b"\0") -> None:
        self.failures = list(failures)
        self.too_large = too_large
        self.sent: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def send(self, topic: str, _: Any, value: bytes, *__: Any) -> Any:
        """Take a message."""
        if self.too_large in value and topic == SEGMENTATION.produces.name:
            raise MessageSizeTooLargeError

        async def acknowledged() -> None:
            await self.gate.wait()
            if self.failures:
                raise self.failures.pop(0)
            self.sent.append(topic)

        return acknowledged()


class GaveUp(Exception):
    """Raised where the process would have ended."""


def give_up(reason: str) -> None:
    raise GaveUp(reason)


def _event(value: bytes, offset: int = 0) -> Any:
    message = SimpleNamespace(
        topic=SEGMENTATION.consumes.name,
        partition=1,
        offset=offset,
        timestamp=1.0,
        key=b"k",
        value=value,
        headers=[("own", b"header")],
    )
    return SimpleNamespace(message=message)


def _worker(producer: Producer, *, limit: Limit | None = None) -> StageWorker:
    delivery = Delivery(lambda: producer, seconds=5.0, give_up=give_up)
    return StageWorker(
        SEGMENTATION, delivery, Metrics(), Health(), limit or Limit(share=1.0, window=1000)
    )


async def _batches(*batches: Sequence[Any]) -> AsyncIterator[Sequence[Any]]:
    for batch in batches:
        yield batch


async def test_sending_is_tried_again_until_it_is_acknowledged() -> None:
    producer = Producer(KafkaTimeoutError(), KafkaTimeoutError())
    delivery = Delivery(lambda: producer, seconds=5.0, give_up=give_up)
    await delivery.send([Outgoing("t", None, b"1"), Outgoing("t", None, b"2")])
    assert producer.sent == ["t", "t"]


async def test_the_process_ends_when_nothing_is_acknowledged_in_time() -> None:
    delivery = Delivery(lambda: Producer(*[KafkaTimeoutError()] * 99), seconds=0.0, give_up=give_up)
    with pytest.raises(GaveUp, match="unacknowledged"):
        await delivery.send([Outgoing("t", None, b"1")])


async def test_a_record_too_large_for_the_broker_is_not_tried_again() -> None:
    delivery = Delivery(lambda: Producer(MessageSizeTooLargeError()), seconds=5.0, give_up=give_up)
    with pytest.raises(StageRejected, match="larger than the broker takes"):
        await delivery.send([Outgoing("t", None, b"1")])


async def test_a_batch_that_is_cancelled_is_finished_before_faust_acknowledges_it() -> None:
    producer = Producer()
    producer.gate.clear()
    events = [_event(b'{"text": "one"}')]
    task = asyncio.create_task(_worker(producer).consume(_batches(events)))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.sleep(0.05)
    assert not task.done()
    producer.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert producer.sent == [SEGMENTATION.produces.name]


async def test_an_error_nobody_thought_of_ends_the_process() -> None:
    async def fault() -> None:
        raise ZeroDivisionError

    with pytest.raises(GaveUp, match="ZeroDivisionError"):
        await to_the_end(fault(), give_up=give_up)


async def test_what_is_too_large_becomes_a_dead_letter_and_the_rest_is_sent() -> None:
    producer = Producer(too_large=b"one")
    events = [_event(b'{"text": "one"}'), _event(b'{"text": "two"}', 1)]
    await _worker(producer).consume(_batches(events))
    assert producer.sent.count(SEGMENTATION.consumes.dead_letters) == 1
    assert SEGMENTATION.produces.name in producer.sent


async def test_a_stage_that_only_rejects_is_held_unready_but_alive() -> None:
    worker = _worker(Producer(), limit=Limit(share=0.5, window=4))
    bad = [_event(b"{", n) for n in range(4)]
    task = asyncio.create_task(worker.consume(_batches(bad, bad)))
    await asyncio.sleep(0.2)
    producer = worker.delivery.producer()
    assert isinstance(producer, Producer)
    assert producer.sent == [SEGMENTATION.consumes.dead_letters] * 4
    assert "4 of the last 4 messages were dead letters" in worker.health.unready()[-1]
    assert worker.health.dead() == []
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_few_bad_messages_hold_nothing() -> None:
    worker = _worker(Producer(), limit=Limit(share=0.5, window=4))
    events = [_event(b"{" if n % 3 else b'{"text": "good"}', n) for n in range(3)]
    await worker.consume(_batches(events))
    assert worker.limit.exceeded() is None


def test_staged_changes_are_read_before_they_are_written() -> None:
    table: dict[bytes, bytes] = {b"IQ/a": b"1", b"SY/b": b"2"}
    staged = Staged(table)
    country = Country("IQ", staged, staged.countries()["IQ"])
    staged.stage(b"IQ/a", None, event=SimpleNamespace())
    staged.stage(b"IQ/c", b"3", event=SimpleNamespace())
    assert "a" not in dict.fromkeys(k for k in ("a", "c") if staged.read(country.key(k)))
    assert country["c"] == b"3"
    assert table == {b"IQ/a": b"1", b"SY/b": b"2"}
    assert staged.countries() == {"IQ": {"c": b"3"}, "SY": {"b": b"2"}}


class Part(NamedTuple):
    """A topic partition."""

    topic: str
    partition: int


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time the test has set."""
        return self.now


async def test_a_stalled_worker_fails_its_probe_and_then_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    health = Health(stall_seconds=60, clock=clock, started=True)
    part = Part(SEGMENTATION.consumes.name, 0)

    async def highwaters(*_: Any) -> dict[Any, int]:
        return {part: 9}

    consumer = SimpleNamespace(
        assignment=lambda: {part}, highwaters=highwaters, _committed_offset={part: 5}
    )
    ended: list[str] = []
    app: Any = SimpleNamespace(consumer=consumer, in_recovery=False)
    pulse = Pulse(app, health, Metrics(), end=ended.append)
    await pulse._measure_lag()
    assert (health.lag, health.dead()) == (4, [])
    clock.now = 61
    health.tick()
    assert "stalled: 4 messages wait" in health.dead()[0]
    pulse._judge()
    assert ended == []
    monkeypatch.setattr("time.monotonic", lambda: pulse._dead_since + GRACE_SECONDS + 1)
    pulse._judge()
    assert "stalled" in ended[0]


def _consumer(beginning: int = 0) -> Any:
    async def earliest_offsets(*parts: Any) -> dict[Any, int]:
        return dict.fromkeys(parts, beginning)

    return SimpleNamespace(
        app=SimpleNamespace(consumer_generation_id=7),
        _unacked_messages=set(),
        passed_over=False,
        earliest_offsets=earliest_offsets,
        log=SimpleNamespace(warning=lambda *_: None),
    )


@pytest.mark.parametrize(("tracked", "generation"), [(False, 7), (True, 6)])
def test_a_message_skipped_or_of_before_a_rebalance_is_not_acknowledged(
    tracked: bool, generation: int
) -> None:
    message = Mock(tracked=tracked, generation_id=generation, acked=False)
    consumer = _consumer()
    consumer._unacked_messages.add(message)
    assert QuickConsumer.ack(consumer, message) is False
    assert message.acked is False
    assert consumer._unacked_messages == set()


async def test_messages_passed_over_are_no_gap_and_are_fetched_once_more() -> None:
    consumer = _consumer(beginning=0)
    await QuickConsumer._add_gap(consumer, Part("t", 0), 100, 299)
    assert consumer.passed_over
