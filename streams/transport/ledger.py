"""Keeps the packed incidents in a Faust table, and knows when they are safe in Kafka.

A key of the table is ``country/incident``: reports are keyed by country, so whatever the
number of partitions and workers, each country is merged by itself.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import faust
from faust import streams

STORE_OPTIONS = {
    "write_buffer_size": 2 << 20,
    "max_write_buffer_number": 2,
    "target_file_size_base": 8 << 20,
    "block_cache_size": 4 << 20,
    "block_cache_compressed_size": 1 << 20,
}
"""Memory of the store of each partition: 9 MB at most, where Faust lets it take 2.7 GB."""


class Ledger(faust.Table[bytes, bytes]):
    """A table that can be asked whether its changelog is acknowledged.

    Faust only logs a change that could not be written, and commits past it.
    """

    unacknowledged: list[Any]
    reached: dict[Any, int]
    """How far the changelog is acknowledged, by partition, since the store last noted it."""

    def send_changelog(self, *arguments: Any, **options: Any) -> Any:
        """Send a change and remember it until it is acknowledged."""
        sent = super().send_changelog(*arguments, **options)
        if not hasattr(self, "unacknowledged"):
            self.unacknowledged = []
        self.unacknowledged.append(sent)
        return sent

    async def acknowledged(self) -> None:
        """Wait until the broker has every change made so far.

        Raises:
            KafkaError: one could not be written.
        """
        sent, self.unacknowledged = getattr(self, "unacknowledged", []), []
        await asyncio.gather(*sent)

    def _on_changelog_sent(self, sent: Any) -> None:
        """Note how far the changelog is.

        Faust notes it in the store at once, and would not read what the store then fails to take.
        """
        done = sent.result()
        if not hasattr(self, "reached"):
            self.reached = {}
        part = done.topic_partition
        self.reached[part] = max(done.offset, self.reached.get(part, 0))

    def kept(self) -> None:
        """Note in the store how far it holds the changelog, once it has taken all of it."""
        reached, self.reached = getattr(self, "reached", {}), {}
        for part, offset in reached.items():
            self.data.set_persisted_offset(part, offset)


def enter(event: Any) -> None:
    """Tell Faust that the table is now used for an event.

    Faust does so itself only where events come one by one; a batch has none.  It is a
    variable of the context, so other tasks do not see it.
    """
    streams._current_event.set(weakref.ref(event))  # noqa: SLF001  # there is no public way


class Staged:
    """The table with changes on top that are written only when their messages are out."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._changes: dict[bytes, tuple[Any, bytes | None]] = {}

    def read(self, key: bytes) -> bytes | None:
        """Return the value of a key as the changes leave it."""
        if key in self._changes:
            return self._changes[key][1]
        value = self._table.get(key)
        return None if value is None else bytes(value)

    def stage(self, key: bytes, value: bytes | None, *, event: Any) -> None:
        """Change a key (``None`` removes it) on account of an event."""
        self._changes[key] = (event, value)

    async def write(self) -> None:
        """Write all changes, each to the partition of its event: the changelog first, whole.

        A report moves from one incident to another; were half of that kept, it would be in
        neither.  What the store then fails to take is read from the changelog at the next start.
        """
        changes = [
            (event, key, value)
            for key, (event, value) in self._changes.items()
            if value is not None or self._table.get(key) is not None
        ]
        for event, key, value in changes:
            enter(event)
            if value is None:
                self._table.on_key_del(key)
            else:
                self._table.on_key_set(key, value)
        await self._table.acknowledged()
        for event, key, value in changes:
            enter(event)
            if value is None:
                del self._table.data[key]
            else:
                self._table.data[key] = value
        self._table.kept()
        self._changes.clear()

    def countries(self) -> dict[str, dict[str, bytes]]:
        """Return every incident by country and id: one pass over the table."""
        kept = {key: bytes(value) for key, value in self._table.items()}
        kept |= {key: value or b"" for key, (_, value) in self._changes.items()}
        found: dict[str, dict[str, bytes]] = {}
        for key, value in kept.items():
            country, _, incident = key.decode().partition("/")
            if value:
                found.setdefault(country, {})[incident] = value
        return found


class Country(Mapping[str, bytes]):
    """The incidents of one country as the mapping a merger reads."""

    def __init__(self, code: str, staged: Staged, known: Mapping[str, bytes]) -> None:
        self._code = code
        self._staged = staged
        self._known = known
        """What stood when the merger was made; it iterates then and never again."""

    def key(self, incident: str) -> bytes:
        """Return the table's key of an incident."""
        return f"{self._code}/{incident}".encode()

    def __getitem__(self, incident: str) -> bytes:
        value = self._staged.read(self.key(incident))
        if value is None:
            raise KeyError(incident)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def items(self) -> Any:
        """Return what stood when the merger was made."""
        return self._known.items()
