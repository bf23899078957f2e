"""The compiled gazetteer: which places in the world bear a name.

The file is made by `streams.entities.build_gazetteer`, read once on first use and never
changed.  A place is a row number; `Spot` is what is known of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PATH = Path(__file__).parent / "data" / "gazetteer.npz"
_ALTERNATE = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place: a row of the gazetteer or an entry of the lexicons."""

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


class Gazetteer:
    """Names to places: `rows` finds, `spot` tells."""

    def __init__(self, path: Path = _PATH) -> None:
        with np.load(path) as file:
            columns = {name: file[name] for name in file.files}
        self.numbers = {k: n for n, k in enumerate(_strings(columns["keys"]))}
        """Number of each key."""
        self.longest = dict(
            zip(_strings(columns["firsts"]), columns["lengths"].tolist(), strict=True)
        )
        """Words of the longest name that starts with a word, for names of several words."""
        self._ends: NDArray[Any] = columns["ends"]
        self._references: NDArray[Any] = columns["references"]
        self._names, self._natives = _Lines(columns["names"]), _Lines(columns["natives"])
        self._isos = _Lines(columns["isos"])
        self._countries, self._kinds = _strings(columns["countries"]), _strings(columns["kinds"])
        self._columns = columns

    def rows(self, number: int) -> list[int]:
        """Return the references of a key by its number, places with more people first."""
        start = int(self._ends[number - 1]) if number else 0
        return self._references[start : int(self._ends[number])].tolist()  # type: ignore[no-any-return]

    def spots(self, number: int, most: int = 40) -> tuple[Spot, ...]:
        """Return the places that bear a name, by the number of its key."""
        return tuple(self.spot(reference) for reference in self.rows(number)[:most])

    @lru_cache(maxsize=20_000)  # noqa: B019 - one gazetteer lives as long as the process
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
