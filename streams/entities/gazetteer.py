"""The compiled gazetteer: which places in the world bear a name.

The file is made by `streams.entities.build_gazetteer`, read once on first use and never
changed.  A place is a row number; `Spot` is what is known of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh64_intdigest

_PATH = Path(__file__).parent / "data" / "gazetteer.npz"
_ALTERNATE = 1 << 30
_CHUNK = 20_000
_PAIR = re.compile(rb"^([^ \n]+ [^ \n]+) ", re.MULTILINE)
_REMEMBERED = 20_000
"""Strings whose numbers are kept between articles."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spot:
    """A place: a row of the gazetteer or an entry of the lexicons; compared by identity."""

    id: str
    """Canonical id (``iso3166-1:IQ``, ``iso3166-2:IQ-AN``, ``geonames:98182``, …)."""
    name: str
    native_name: str | None = None
    kind: str
    """GeoNames feature code."""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    country: str | None = None
    admin1: str | None = None
    """Canonical id of the first-order division it lies in."""
    admin1_name: str | None = None
    admin2_name: str | None = None
    geonames_id: int | None = None
    facility: bool = False
    listed: bool = False
    """Whether a lexicon names it, for its weight in the news."""
    noted: bool = False
    """Whether the gazetteer's own list of well-known towns has it."""
    alternate: bool = False
    """Whether the text used a name that is not the place's main one."""
    parent: str | None = None
    """Id or name of the place that a lexicon says it lies in."""


def _strings(blob: NDArray[Any]) -> list[str]:
    return blob.tobytes().decode().split("\n")


class _Lines:
    """Strings of a newline-joined blob, cut out on demand."""

    def __init__(self, blob: NDArray[Any]) -> None:
        self._bytes = blob.tobytes()
        breaks = np.flatnonzero(blob == ord("\n")).astype(np.int32)
        self._starts = np.concatenate(([0], breaks + 1)).astype(np.int32)
        self._ends = np.concatenate((breaks, [len(blob)])).astype(np.int32)

    def __getitem__(self, row: int) -> str:
        return self._bytes[self._starts[row] : self._ends[row]].decode()


class Keys:
    """Numbers of strings by their hash: a twentieth of a dictionary's memory.

    Two of a million strings share one of 64 bits with a chance of one in 40 million.
    """

    def __init__(self, blob: NDArray[Any]) -> None:
        ends = np.append(np.flatnonzero(blob == ord("\n")), len(blob))
        hashes = np.empty(len(ends), dtype=np.uint64)
        source = blob.tobytes()
        for first in range(0, len(ends), _CHUNK):
            last = min(first + _CHUNK, len(ends)) - 1
            start = int(ends[first - 1]) + 1 if first else 0
            lines = source[start : int(ends[last])].split(b"\n")
            hashes[first : last + 1] = [xxh64_intdigest(line) for line in lines]
        self._order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._order]
        self._asked: dict[str, int | None] = {}

    def get(self, key: str) -> int | None:
        """Return the number of a string, or None."""
        asked = self._asked
        if key in asked:
            return asked[key]
        if len(asked) >= _REMEMBERED:
            asked.clear()
        sought = np.uint64(xxh64_intdigest(key.encode("utf-8", "surrogatepass")))
        at = int(self._hashes.searchsorted(sought))
        found = at < len(self._hashes) and self._hashes[at] == sought
        asked[key] = number = int(self._order[at]) if found else None
        return number


def _pairs(keys: NDArray[Any]) -> Keys:
    """Return the first two words of every name that has more."""
    pairs = sorted(set(_PAIR.findall(keys.tobytes())))
    return Keys(np.frombuffer(b"\n".join(pairs), dtype=np.uint8))


class Gazetteer:
    """Names to places: `rows` finds, `spot` tells."""

    def __init__(self, path: Path = _PATH) -> None:
        with np.load(path) as file:
            columns = {name: file[name] for name in file.files}
        keys = columns.pop("keys")
        self._keys, self._pairs = Keys(keys), _pairs(keys)
        self._firsts = Keys(columns.pop("firsts"))
        self._lengths: NDArray[Any] = columns["lengths"]
        self._ends: NDArray[Any] = columns["ends"]
        self._references: NDArray[Any] = columns["references"]
        self._names, self._natives = _Lines(columns["names"]), _Lines(columns["natives"])
        self._isos = _Lines(columns["isos"])
        self._countries, self._kinds = _strings(columns["countries"]), _strings(columns["kinds"])
        self._columns = columns
        self._path = path

    def number(self, key: str) -> int | None:
        """Return the number of a key (`keys.key`), or None where no place bears the name."""
        return self._keys.get(key)

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield every key with its number, read anew: for training, not for work."""
        with np.load(self._path) as file:
            keys = _strings(file["keys"])
        yield from ((key, number) for number, key in enumerate(keys))

    def longest(self, word: str) -> int:
        """Return how many words the longest name of several words has that starts with a word."""
        at = self._firsts.get(word)
        return 0 if at is None else int(self._lengths[at])

    def goes_on(self, pair: str) -> bool:
        """Tell whether a name of more than two words starts with two words."""
        return self._pairs.get(pair) is not None

    def rows(self, number: int) -> list[int]:
        """Return the references of a key by its number, places with more people first."""
        start = int(self._ends[number - 1]) if number else 0
        return self._references[start : int(self._ends[number])].tolist()  # type: ignore[no-any-return]

    @lru_cache(maxsize=2_000)  # noqa: B019 - one gazetteer lives as long as the process
    def spots(self, number: int, most: int = 40) -> tuple[Spot, ...]:
        """Return the places that bear a name, by the number of its key."""
        return tuple(self.spot(reference) for reference in self.rows(number)[:most])

    @lru_cache(maxsize=6_000)  # noqa: B019 - one gazetteer lives as long as the process
    def spot(self, reference: int) -> Spot:
        """Return the place that a reference stands for."""
        row = reference & ~_ALTERNATE
        columns = self._columns
        admin1, admin2 = int(columns["admin1"][row]), int(columns["admin2"][row])
        return Spot(
            id=self.identifier(row),
            name=self._names[row],
            native_name=self._natives[row] or None,
            kind=self._kinds[columns["kind"][row]],
            latitude=round(float(columns["latitude"][row]), 5),
            longitude=round(float(columns["longitude"][row]), 5),
            population=int(columns["population"][row]),
            country=self._countries[columns["country"][row]],
            admin1=self.identifier(admin1) if admin1 >= 0 else None,
            admin1_name=self._names[admin1] if admin1 >= 0 else None,
            admin2_name=self._names[admin2] if admin2 >= 0 else None,
            geonames_id=int(columns["geonames"][row]) or None,
            noted=bool(columns["noted"][row]),
            alternate=bool(reference & _ALTERNATE),
        )

    def countries(self) -> dict[str, Spot]:
        """Return the countries by ISO code."""
        kind = self._kinds.index("PCLI")
        rows = np.flatnonzero(self._columns["kind"] == kind).tolist()
        spots = [self.spot(row) for row in rows]
        return {spot.country: spot for spot in spots if spot.country}

    def identifier(self, row: int) -> str:
        """Return the canonical id of a row."""
        iso = self._isos[row]
        if iso:
            return f"iso3166-{2 if '-' in iso else 1}:{iso}"
        geonames = int(self._columns["geonames"][row])
        return f"geonames:{geonames}" if geonames else f"local:division-{self._names[row]}"


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read on first use."""
    return Gazetteer()
