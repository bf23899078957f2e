"""The incidents revised last, kept in memory from the compacted topic: a window of bounded size."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import cramjam
import orjson

Record = dict[str, Any]

LIMIT = 5000
"""Incidents kept unless a setting says otherwise: as many as the page pans smoothly."""

REVISIONS_KEPT = 50
"""Newest revisions of one incident kept for its page, packed."""

FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "incident_id", "revision", "status", "merged_into", "title", "event_type",
            "sub_event_type", "stage", "realis", "source_count", "last_updated_at",
        ),
        (),
    ),
    "date": ("start", "end", "time_precision"),
    "place": (
        "name", "native_name", "country_code", "admin1", "latitude", "longitude", "precision",
    ),
    "actors": ("role", "name", "native_name", "canonical_id"),
    "casualties": ("harm", "of", "best"),
    "weapons": ("name",),
    "articles": ("article_id", "source", "language"),
    "confidence": ("overall",),
    "evidence": ("needs_translation",),
}  # fmt: skip
"""What stays unpacked of an incident for filters and tables, and of its parts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident as its newest message tells it; ``value`` is ``None`` once withdrawn.

    ``record`` holds `FIELDS` of it, equal neighbours once.
    """

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


@dataclass(slots=True)
class _Kept:
    """What the window holds of an incident, and when it was last written, in milliseconds."""

    at: int
    entry: Entry | None = None
    revisions: deque[bytes] = field(default_factory=lambda: deque(maxlen=REVISIONS_KEPT))


class View:
    """The incidents of all partitions that were revised last, newest revision each.

    At most ``limit`` of them, withdrawn ones included; the others are in the topic only.
    ``on_leave`` is told the id of each that leaves because newer ones came.
    """

    def __init__(
        self, limit: int = LIMIT, *, on_leave: Callable[[str], None] = lambda _: None
    ) -> None:
        self.limit = limit
        self.on_leave = on_leave
        self.position = Position()
        self._kept: dict[str, _Kept] = {}
        self._ages: list[tuple[int, str]] = []
        self._standing = 0

    def __len__(self) -> int:
        return self._standing

    def apply(
        self, key: bytes | None, value: bytes | None, *, partition: int, offset: int, at: int
    ) -> Entry | None:
        """Take in a message of the incident topic, written ``at``, and return what changed.

        A merged or withdrawn incident leaves the view.  A message that is not a JSON object
        or older than all that a full window holds is skipped: ``None``.
        """
        name = (key or b"").decode("utf-8", "replace")
        record = _object(value)
        if not name or (value is not None and record is None):
            return None
        gone = record is None or record.get("status") in {"withdrawn", "merged"}
        entry = Entry(name, None if gone else value, _reduced(record or {}), partition, offset)
        self.position.pass_by(entry)
        kept = self._touch(name, at)
        if kept is None:
            return None
        self._standing += (not gone) - _stands(kept)
        kept.entry = entry
        return entry

    def note_revision(self, key: bytes | None, value: bytes | None, *, at: int) -> None:
        """Take in a message of the revision topic, written ``at``."""
        if key and value:
            kept = self._touch(key.decode("utf-8", "replace"), at)
            if kept is not None:
                kept.revisions.append(bytes(cramjam.zstd.compress(value, level=1)))

    def get(self, incident_id: str) -> Entry | None:
        """Return an incident, or where it was merged into; ``None`` if it is not kept."""
        kept = self._kept.get(incident_id)
        return kept.entry if kept else None

    def revisions(self, incident_id: str) -> list[Record]:
        """Return the revisions of an incident that are kept, oldest first, once each."""
        kept = self._kept.get(incident_id)
        values = [bytes(cramjam.zstd.decompress(v)) for v in kept.revisions] if kept else []
        found = {r["revision"]: r for v in values if (r := _object(v))}
        return [found[number] for number in sorted(found)]

    def newest_first(self) -> list[Entry]:
        """Return all incidents, the latest day first."""
        return sorted((e for e in self._entries() if e.value is not None), key=_day, reverse=True)

    def since(self, position: Position) -> Iterator[Entry]:
        """Yield what a client at ``position`` has not seen, withdrawn incidents included."""
        yield from sorted(
            (e for e in self._entries() if not position.reached(e)),
            key=lambda e: (e.partition, e.offset),
        )

    def _entries(self) -> Iterator[Entry]:
        return (kept.entry for kept in self._kept.values() if kept.entry is not None)

    def _touch(self, name: str, at: int) -> _Kept | None:
        """Return what is kept of an incident; ``None`` if it is too old for the window.

        Partitions are not read in the order of time, so what was read first may be the newest.
        """
        kept = self._kept.get(name)
        if kept is None or at > kept.at:
            kept = kept or self._kept.setdefault(name, _Kept(at))
            kept.at = at
            heapq.heappush(self._ages, (at, name))
            self._let_go()
        return self._kept.get(name)

    def _let_go(self) -> None:
        """Keep to the limit: the incidents written longest ago leave."""
        while len(self._kept) > self.limit:
            at, name = heapq.heappop(self._ages)
            kept = self._kept.get(name)
            if kept is not None and kept.at == at:
                del self._kept[name]
                if _stands(kept):
                    self._standing -= 1
                    self.on_leave(name)
        if len(self._ages) > 2 * self.limit:
            self._ages = sorted((kept.at, name) for name, kept in self._kept.items())


def _stands(kept: _Kept) -> bool:
    return kept.entry is not None and kept.entry.value is not None


def _reduced(record: Record) -> Record:
    """Return `FIELDS` of a record: what is asked for often, a sixth of it."""
    return {
        name: _parts(record[name], parts) if parts else record[name]
        for name, parts in FIELDS.items()
        if record.get(name) is not None
    }


def _parts(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {name: value[name] for name in names if name in value}
    made: list[Any] = []
    for part in value if isinstance(value, list) else ():
        reduced = _parts(part, names)
        if made[-1:] != [reduced]:
            made.append(reduced)
    return made


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
