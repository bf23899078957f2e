"""The stage wrapper without Kafka: what is sent when, and what happens when it cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError

from streams.errors import StageRejected
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.pipeline import SEGMENTATION
from streams.pulse import GRACE_SECONDS, Pulse
from streams.transport.batches import Outgoing
from streams.transport.dead_letters import Limit
from streams.transport.delivery import Delivery, to_the_end
from streams.transport.ledger import Country, Staged
from streams.transport.stage import StageWorker


class Producer:
    """A producer whose acknowledgements a test decides on."""

    def __init__(self, *failures: BaseException, too_large: bytes = b"\0") -> None:
        self.failures = list(failures)
        self.too_large = too_large
        self.sent: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def partitions(self, _: str) -> int:
        """Tell how many partitions a topic has."""
        return 1

    async def send_together(self, topic: str, _: int, messages: Sequence[Outgoing]) -> None:
        """Take messages."""
        if topic == SEGMENTATION.produces.name:
            for message in messages:
                if self.too_large in (message.value or b""):
                    raise MessageSizeTooLargeError
        await self.gate.wait()
        if self.failures:
            raise self.failures.pop(0)
        self.sent += [topic] * len(messages)


class Stream:
    """A stream of bundles that notes which were acknowledged."""

    def __init__(self, *bundles: Sequence[Any]) -> None:
        self.bundles = bundles
        self.acknowledged: list[Any] = []

    async def events(self) -> AsyncIterator[Any]:
        """Yield an event for each bundle."""
        for records in self.bundles:
            yield SimpleNamespace(message=SimpleNamespace(records=records))

    async def ack(self, event: Any) -> bool:
        """Note that a bundle is done with."""
        self.acknowledged += [record.offset for record in event.message.records]
        return True


class GaveUp(Exception):
    """Raised where the process would have ended."""


def give_up(reason: str) -> None:
    raise GaveUp(reason)


def _record(value: bytes, offset: int = 0) -> Any:
    return SimpleNamespace(
        topic=SEGMENTATION.consumes.name,
        partition=1,
        offset=offset,
        timestamp=1000,
        key=b"k",
        value=value,
        headers=[("own", b"header"), ("empty", None)],
    )


def _worker(producer: Producer, *, limit: Limit | None = None) -> StageWorker:
    delivery = Delivery(lambda: producer, seconds=5.0, give_up=give_up)
    return StageWorker(
        SEGMENTATION, delivery, Metrics(), Health(), limit or Limit(share=1.0, window=1000)
    )


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


async def test_a_batch_that_is_cancelled_is_finished_and_acknowledged() -> None:
    producer = Producer()
    producer.gate.clear()
    stream = Stream([_record(b'{"text": "one"}')])
    task = asyncio.create_task(_worker(producer).consume(stream))
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
    assert stream.acknowledged == [0]


async def test_a_bundle_is_acknowledged_only_when_all_that_was_made_of_it_is() -> None:
    producer = Producer()
    producer.gate.clear()
    stream = Stream([_record(b'{"text": "one"}', 7), _record(b"{", 8)])
    task = asyncio.create_task(_worker(producer).consume(stream))
    await asyncio.sleep(0.05)
    assert stream.acknowledged == []
    producer.gate.set()
    await task
    assert stream.acknowledged == [7, 8]
    assert sorted(producer.sent) == [
        SEGMENTATION.consumes.dead_letters,
        SEGMENTATION.produces.name,
    ]


async def test_an_error_nobody_thought_of_ends_the_process() -> None:
    async def fault() -> None:
        raise ZeroDivisionError

    with pytest.raises(GaveUp, match="ZeroDivisionError"):
        await to_the_end(fault(), give_up=give_up)


async def test_what_is_too_large_becomes_a_dead_letter_and_the_rest_is_sent() -> None:
    producer = Producer(too_large=b"one")
    events = [_record(b'{"text": "one"}'), _record(b'{"text": "two"}', 1)]
    await _worker(producer).consume(Stream(events))
    assert producer.sent.count(SEGMENTATION.consumes.dead_letters) == 1
    assert SEGMENTATION.produces.name in producer.sent


async def test_a_stage_that_only_rejects_is_held_unready_but_alive() -> None:
    worker = _worker(Producer(), limit=Limit(share=0.5, window=4))
    worker.most = 4
    bad = [_record(b"{", n) for n in range(4)]
    task = asyncio.create_task(worker.consume(Stream(bad, bad)))
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
    events = [_record(b"{" if n % 3 else b'{"text": "good"}', n) for n in range(3)]
    await worker.consume(Stream(events))
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


class FullStore(dict[bytes, bytes]):
    """A store with room for one more key."""

    def __setitem__(self, key: bytes, value: bytes) -> None:
        if len(self) > 2:
            raise OSError("no space left")
        super().__setitem__(key, value)


class FullTable:
    """A table whose store fills up; its changelog does not."""

    def __init__(self) -> None:
        self.data = FullStore({b"IQ/a": b"1", b"IQ/b": b"2"})
        self.changelog: list[tuple[bytes, bytes | None]] = []
        self.get = self.data.get
        self.items = self.data.items

    def on_key_set(self, key: bytes, value: bytes) -> None:
        """Tell the changelog."""
        self.changelog.append((key, value))

    def on_key_del(self, key: bytes) -> None:
        """Tell the changelog."""
        self.changelog.append((key, None))

    async def acknowledged(self) -> None:
        """Demand that the store was not touched yet."""
        assert self.data == {b"IQ/a": b"1", b"IQ/b": b"2"}


async def test_the_changelog_holds_all_of_a_batch_before_the_store_holds_any() -> None:
    table = FullTable()
    staged = Staged(table)
    event = Stream([])
    for key, value in ((b"IQ/c", b"3"), (b"IQ/d", b"4"), (b"IQ/a", None)):
        staged.stage(key, value, event=event)
    with pytest.raises(OSError, match="no space"):
        await staged.write()
    assert table.changelog == [(b"IQ/c", b"3"), (b"IQ/d", b"4"), (b"IQ/a", None)]


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
