"""From records to the bytes of a message and back, with no work done twice inside a process.

The topics of one article have the same key and as many partitions each, so the worker that
writes a record is mostly the one that reads it.  It keeps what it wrote lately and, when the very
same bytes come back from Kafka, takes the record it made them of instead of reading them again.
"""

from __future__ import annotations

from pydantic import ValidationError

from schemas import Contract
from streams.errors import ContractViolation
from streams.reception import explain, receive
from streams.topics import ARTICLES, Topic

KEPT_BYTES = 8 << 20
"""How much JSON of one topic may be on its way; the records take about four times as much."""
_BEGIN = 128
"""Bytes by which a record is looked up: its id stands there."""


class Handoff:
    """Encodes and decodes the records of a worker's topics; shared by all its stages."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._topics: dict[str, _OnTheWay] = {}

    def encode(self, record: Contract, topic: Topic) -> bytes:
        """Return the value of a message that carries the record, and remember both."""
        value = record.to_json()
        self._of(topic).keep(value, record)
        return value

    def decode(self, value: bytes | None, topic: Topic) -> Contract:
        """Return the record of a message's value, validated against the topic's contract.

        Raises:
            PermanentError: it breaks the contract.
        """
        if topic is ARTICLES:
            return receive(value)
        value = value or b""
        if (known := self._of(topic).take(value)) is not None:
            return known
        try:
            return topic.contract.from_json(value)
        except ValidationError as error:
            raise ContractViolation(explain(error)) from error

    def _of(self, topic: Topic) -> _OnTheWay:
        found = self._topics.get(topic.name)
        if found is None:
            found = self._topics[topic.name] = _OnTheWay(self._kept_bytes)
        return found


class _OnTheWay:
    """The latest records written to a topic that have not come back yet, by how they begin.

    They begin with their ids; two that begin alike are told apart by the rest of their bytes.
    """

    def __init__(self, kept_bytes: int) -> None:
        self._kept_bytes = kept_bytes
        self._bytes = 0
        self._records: dict[bytes, tuple[bytes, Contract]] = {}

    def keep(self, value: bytes, record: Contract) -> None:
        """Remember a record, and let go of the oldest when they are too much."""
        begin = value[:_BEGIN]
        if (before := self._records.pop(begin, None)) is not None:
            self._bytes -= len(before[0])
        self._records[begin] = value, record
        self._bytes += len(value)
        while self._bytes > self._kept_bytes:
            self._bytes -= len(self._records.pop(next(iter(self._records)))[0])

    def take(self, value: bytes) -> Contract | None:
        """Return the record that was written as ``value`` and forget it."""
        found = self._records.pop(value[:_BEGIN], None)
        if found is None:
            return None
        self._bytes -= len(found[0])
        return found[1] if found[0] == value else None
