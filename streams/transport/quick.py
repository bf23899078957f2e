"""Faust's Kafka transport, quicker and without a way to lose messages at a rebalance.

Quicker: Faust carries each message by itself through its consumer, conductor, stream and
acknowledgements.  Here it carries a bundle, consecutive messages of one partition, as one
message: a stage takes a bundle, and its offsets are committed when it is done.

Safer, in four places where a rebalance or a recovery loses messages (the delivery tests show it):

- A stream that meets a message from before the rebalance skips it and acknowledges it
  (`faust.streams`, `_py_aiter`).
- Faust takes whatever lies between two messages for a gap in the topic and commits past it;
  it may be messages that were fetched and then dropped when the flow stopped.
- Going back to the committed offsets leaves a partition that has none where it is: what was
  fetched of it and dropped, while the table was being recovered, would never come again.
- An acknowledgement that comes after the consumer went back to the committed offsets counts
  for the messages that are fetched once more.

All of it is worth offering upstream.
"""

from __future__ import annotations

import asyncio
import inspect
from collections import defaultdict
from collections.abc import AsyncIterator, Coroutine, Generator, Iterator, Mapping, Sequence
from typing import Any, cast

from faust.transport.drivers.aiokafka import Consumer, Transport
from mode.services import WaitResults

from streams.transport.batches import BatchProducer
from streams.transport.bundles import Bundle, Progress, in_turn

IMPATIENCE_SECONDS = 0.02
"""Longest wait for records while partitions wait for their stage, who may soon want more."""


class _Rest:
    """The rest of a coroutine that has already been stepped once."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], yielded: Any) -> None:
        self._coroutine = coroutine
        self._yielded = yielded

    def __await__(self) -> Generator[Any, Any, Any]:
        value = self._yielded
        while True:
            try:
                sent = yield value
            except BaseException as error:  # noqa: BLE001  # handed on to the coroutine
                try:
                    value = self._coroutine.throw(error)
                except StopIteration as stop:
                    return stop.value
            else:
                try:
                    value = self._coroutine.send(sent)
                except StopIteration as stop:
                    return stop.value


async def _rest(coroutine: Coroutine[Any, Any, Any], yielded: Any) -> Any:
    return await _Rest(coroutine, yielded)


class QuickConsumer(Consumer):
    """A consumer that hands on bundles and knows which offsets they settle."""

    epoch = 0
    """Grows when the consumer begins and ends to go back to the committed offsets."""

    passed_over = False
    """Whether messages were fetched and dropped, so that they must be fetched once more."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._progress: dict[Any, Progress] = defaultdict(lambda: Progress(None))
        self._doubted: dict[Any, int] = {}
        self._room = asyncio.Event()
        self._seeking = asyncio.Lock()
        super().__init__(*arguments, **options)

    async def perform_seek(self) -> None:
        """Go back to the committed offsets; what was handed on before counts no more.

        Nothing is handed on meanwhile: the consumer would stand beyond what counts.
        """
        async with self._seeking:
            self.epoch += 1
            self.passed_over = False
            await super().perform_seek()
            begins = await self._seek_to_beginnings()
            self._progress.clear()
            for tp, offset in {**self._committed_offset, **begins}.items():
                if offset is not None:
                    self._progress[tp] = Progress(offset)
            self.epoch += 1

    async def _seek_to_beginnings(self) -> Mapping[Any, int]:
        """Go back to the beginning of the partitions of which nothing is committed."""
        new = [
            tp
            for tp in self.assignment()
            if not self._committed_offset.get(tp) and not self._is_changelog_tp(tp)
        ]
        begins = dict(await self.earliest_offsets(*new)) if new else {}
        if begins:
            await self.seek_wait(begins)
        return begins

    def on_buffer_full(self, tp: Any) -> None:
        """Fetch nothing more of a topic whose stage has enough, whichever partition it was."""
        self._room.clear()
        for other in [one for one in self._get_active_partitions() if one.topic == tp.topic]:
            super().on_buffer_full(other)

    def on_buffer_drop(self, tp: Any) -> None:
        """Fetch from the topic's partitions again."""
        for other in [one for one in self._buffered_partitions if one.topic == tp.topic]:
            super().on_buffer_drop(other)
        self._room.set()

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[Any, Any]]:  # noqa: ASYNC109
        """Fetch records and yield them as bundles, each partition in turn.

        The changelog stays as Faust knows it: recovery seeks by itself and counts messages.
        """
        if not await self._may_fetch():
            return
        stamp = self._stamp()
        wait = IMPATIENCE_SECONDS if self._buffered_partitions else timeout
        records, active = await self._wait_next_records(wait)
        if not records or self.should_stop:
            return
        for tp, part in in_turn(records, cast(QuickTransport, self.transport).bundle_size):
            wanted = active is None or tp in active or tp in self._buffered_partitions
            if wanted:
                self.app.monitor.track_tp_end_offset(tp, self.highwater(tp))
            if self._is_changelog_tp(tp):
                for record in part if wanted else ():
                    yield tp, self._to_message(tp, record)
            elif not wanted or self._stamp() != stamp or not self.flow_active:
                self.passed_over = True
            elif (bundle := await self._bundle(tp, part)) is not None:
                yield tp, bundle

    async def _may_fetch(self) -> bool:
        """Wait until there may be something to fetch; go back first for what was passed over."""
        if not self.flow_active:
            await self.wait(self.can_resume_flow)  # type: ignore[arg-type]  # as Faust does
        if self._seeking.locked():
            await asyncio.sleep(IMPATIENCE_SECONDS)
            return False
        if self.passed_over:
            await self.perform_seek()
        if self._buffered_partitions and not self._get_active_partitions():
            await self.wait(self._room, timeout=IMPATIENCE_SECONDS)  # type: ignore[arg-type]  # as above
            return False
        return True

    def _stamp(self) -> tuple[int, int]:
        return self.epoch, self.app.consumer_generation_id

    async def _bundle(self, tp: Any, records: Sequence[Any]) -> Bundle | None:
        """Return what to hand on of records; ``None`` if that must be fetched once more."""
        progress = self._progress[tp]
        following = progress.next
        if following is None:
            following = progress.upto = records[0].offset
        records = [record for record in records if record.offset >= following]
        if not records:
            return None
        if records[0].offset > following and not await self._is_gap(tp, following, records):
            self.passed_over = True
            return None
        progress.next = records[-1].offset + 1
        return Bundle(
            records,
            tp,
            follows=following,
            epoch=self.epoch,
            generation=self.app.consumer_generation_id,
        )

    async def _is_gap(self, tp: Any, start: int, records: Sequence[Any]) -> bool:
        """Tell whether a partition has no messages from an offset up to some records.

        Kafka deletes messages at the beginning, and transactions leave holes.  What is not
        deleted is believed when it is missing a second time, and from then on.
        """
        if tp in self._doubted and self._doubted[tp] <= start:
            return True
        begins = await self.earliest_offsets(tp)
        if begins.get(tp, 0) >= records[0].offset:
            return True
        self.log.warning("passed over %r: %r to %r", tp, start, records[0].offset)
        self._doubted[tp] = start
        return False

    async def _add_gap(self, tp: Any, offset_from: int, offset_to: int) -> None:
        """Do nothing: between the last messages of two bundles there is the second bundle."""

    def ack(self, message: Any) -> bool:
        """Settle a bundle, unless it was skipped or has been fetched once more since."""
        if not isinstance(message, Bundle):
            return bool(super().ack(message))
        self._unacked_messages.discard(message)
        current = self.epoch, self.app.consumer_generation_id
        if message.acked or not message.tracked:
            return False
        if (message.epoch, message.generation_id) != current:
            return False
        message.acked = True
        self._progress[message.tp].done[message.follows] = message.offset + 1
        return True

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[Any]:
        for tp, progress in self._progress.items():
            if progress.done and (topics is None or tp in topics or tp.topic in topics):
                yield tp

    def _new_offset(self, tp: Any) -> int | None:
        return self._progress[tp].advance()

    async def wait_first(  # the signature is mode's
        self,
        *coros: Any,
        timeout: Any = None,  # noqa: ASYNC109
    ) -> WaitResults:
        """Wait for the first of some coroutines; the first one gets a step before.

        Faust hands on a message together with a wait for the flow to stop, and makes a task
        of both.  Nearly always the message is handed on at its first step.
        """
        first, *others = coros
        if timeout is not None or not others or not inspect.iscoroutine(first):
            return await super().wait_first(*coros, timeout=timeout)
        try:
            yielded = first.send(None)
        except StopIteration as stop:
            for other in others:
                if inspect.iscoroutine(other):
                    other.close()
            return WaitResults([first], [stop.value], stopped=False)
        rest = _rest(first, yielded)
        found = await super().wait_first(rest, *others)
        self.passed_over = self.passed_over or rest not in found.done
        return found


class QuickTransport(Transport):
    """Faust's aiokafka transport with bundles and batches; ``bundle_size`` is the most of one."""

    Consumer = QuickConsumer
    Producer = BatchProducer

    def __init__(self, *arguments: Any, bundle_size: int = 64, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.bundle_size = bundle_size
