"""The newest revision of every incident, kept in memory from the compacted topic."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

Record = dict[str, Any]

WITHDRAWN_REMEMBERED = 2000
"""Withdrawn incidents remembered, so that a client that reconnects can take them off its map."""

REVISIONS_KEPT = 100
"""Newest revisions of one incident kept for its page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident as its newest message tells it; ``value`` is ``None`` once withdrawn."""

    incident_id: str
    value: bytes | None
    record: Record
    partition: int
    offset: int


class Position:
    """How far a client has read: the next offset of each partition, as text ``0:12,1:7``."""

    def __init__(self, text: str = "") -> None:
        """Read the text of a position; what does not parse counts as the beginning."""
        self._next: dict[int, int] = {}
        for part in text.split(","):
            partition, _, offset = part.partition(":")
            if partition.isdecimal() and offset.isdecimal():
                self._next[int(partition)] = int(offset)

    def __str__(self) -> str:
        return ",".join(f"{p}:{o}" for p, o in sorted(self._next.items()))

    def pass_by(self, entry: Entry) -> None:
        """Move beyond an entry."""
        self._next[entry.partition] = max(self._next.get(entry.partition, 0), entry.offset + 1)

    def reached(self, entry: Entry) -> bool:
        """Tell whether the entry lies before the position."""
        return entry.offset < self._next.get(entry.partition, 0)


class View:
    """All incidents of all partitions, newest revision each; one per worker."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._withdrawn: OrderedDict[str, Entry] = OrderedDict()
        self._revisions: dict[str, deque[bytes]] = {}
        self.position = Position()

    def __len__(self) -> int:
        return len(self._entries)

    def apply(
        self, key: bytes | None, value: bytes | None, *, partition: int, offset: int
    ) -> Entry | None:
        """Take in a message of the incident topic and return what changed.

        A merged or withdrawn incident leaves the view.  A message that is not a JSON object
        is skipped: ``None``.
        """
        name = (key or b"").decode("utf-8", "replace")
        record = _object(value)
        if not name or (value is not None and record is None):
            return None
        gone = record is None or record.get("status") in {"withdrawn", "merged"}
        entry = Entry(name, None if gone else value, record or {}, partition, offset)
        self.position.pass_by(entry)
        if gone:
            self._entries.pop(name, None)
            self._withdrawn[name] = entry
            if len(self._withdrawn) > WITHDRAWN_REMEMBERED:
                self._withdrawn.popitem(last=False)
        else:
            self._withdrawn.pop(name, None)
            self._entries[name] = entry
        return entry

    def note_revision(self, key: bytes | None, value: bytes | None) -> None:
        """Take in a message of the revision topic."""
        if key and value:
            name = key.decode("utf-8", "replace")
            self._revisions.setdefault(name, deque(maxlen=REVISIONS_KEPT)).append(value)

    def get(self, incident_id: str) -> Entry | None:
        """Return an incident, or where it was merged into; ``None`` if it is not known."""
        return self._entries.get(incident_id) or self._withdrawn.get(incident_id)

    def revisions(self, incident_id: str) -> list[Record]:
        """Return the revisions of an incident that are known, oldest first, once each."""
        found = {
            r["revision"]: r for v in self._revisions.get(incident_id, ()) if (r := _object(v))
        }
        return [found[number] for number in sorted(found)]

    def newest_first(self) -> list[Entry]:
        """Return all incidents, the latest day first."""
        return sorted(self._entries.values(), key=_day, reverse=True)

    def since(self, position: Position) -> Iterator[Entry]:
        """Yield what a client at ``position`` has not seen, withdrawn incidents included."""
        seen = [*self._entries.values(), *self._withdrawn.values()]
        yield from sorted(
            (e for e in seen if not position.reached(e)), key=lambda e: (e.partition, e.offset)
        )


def _day(entry: Entry) -> tuple[str, str, str]:
    date = entry.record.get("date") or {}
    updated = entry.record.get("last_updated_at") or ""
    return str(date.get("start") or updated[:10]), str(updated), entry.incident_id


def _object(value: bytes | None) -> Record | None:
    if value is None:
        return None
    try:
        decoded = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    return decoded if isinstance(decoded, dict) else None
