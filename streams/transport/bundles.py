"""Bundles: consecutive messages of one partition that go through Faust as one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from faust.types.tuples import ConsumerMessage


class Bundle(ConsumerMessage):
    """Consecutive messages of one partition; ``offset`` is that of the last."""

    def __init__(
        self, records: Sequence[Any], tp: Any, *, follows: int, epoch: int, generation: int
    ) -> None:
        last = records[-1]
        super().__init__(
            tp.topic,
            tp.partition,
            last.offset,
            last.timestamp / 1000.0,
            last.timestamp_type,
            None,
            None,
            b"",
            None,
            0,
            0,
            tp,
            generation_id=generation,
        )
        self.records = records
        self.follows = follows
        """The offset from which on it says what became of the partition."""
        self.epoch = epoch


class Progress:
    """How far a partition was handed on, and how far it is done."""

    __slots__ = ("done", "next", "upto")

    def __init__(self, following: int | None) -> None:
        self.next = following
        """The offset that should come next; ``None``: whichever comes first."""
        self.upto = following
        """All before this offset is done."""
        self.done: dict[int, int] = {}
        """Bundles that are done while one before them is not: from where, up to where."""

    def advance(self) -> int | None:
        """Return the offset up to which all is done, if that is news."""
        before = self.upto
        while self.upto in self.done:
            self.upto = self.done.pop(self.upto)
        return self.upto if self.upto != before else None


def in_turn(records: Any, size: int) -> Iterable[tuple[Any, Sequence[Any]]]:
    """Yield parts of at most ``size`` records, each partition in turn and topics mixed."""
    by_topic = sorted(records, key=lambda tp: (tp.partition, tp.topic))
    longest = max((len(found) for found in records.values()), default=0)
    for start in range(0, longest, size):
        for tp in by_topic:
            if part := records[tp][start : start + size]:
                yield tp, part
