"""What tells the region of an article besides its place names: phone numbers, outlet, peoples."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from streams.entities.candidate import Candidate
from streams.entities.lexicon import read_rows
from streams.text.fold import fold_name

_PLACES = Path(__file__).parent / "data" / "places"
_PHONE = re.compile(r"(?<![\d-])\(?(\d{3})\)?[-. ]\d{3}[-.]\d{4}(?!\d)")
_LINE = re.compile(r"[-.]\d{4}")
"""The last digits of a phone number, by which a text without one is told at a fifth of the cost."""
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.([a-z]{2,})")
_GENERIC = frozenset({"com", "org", "net", "info", "tv", "co", "me", "io", "news", "eu", "fm"})
_COUNTRY_OF_DOMAIN = {"uk": "GB"}
DEMONYMS, PHONE, OUTLET, GROUPS = 2.0, 2.5, 2.5, 1.5
"""Most that each kind of hint adds to a place's score."""


@cache
def _divisions() -> dict[str, str]:
    table = {}
    for line in (_PLACES / "area_codes.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            division, codes = line.split("\t")
            table.update(dict.fromkeys(codes.split("|"), division))
    return table


def votes(
    text: str, source: str | None, found: Iterable[Candidate], groups: Iterable[str] = ()
) -> dict[str, float]:
    """Return how much each country (``IQ``) or division (``iso3166-2:US-KY``) is hinted at.

    ``groups`` are the home countries of the forces and armed groups that the text names.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    peoples = Counter(_country(candidate) for candidate in found if candidate.canonical)
    del peoples[""]
    total = sum(peoples.values()) + 1
    for country, count in peoples.items():
        weights[country] += DEMONYMS * count / total
    homes = Counter(groups)
    for country, count in homes.items():
        weights[country] += GROUPS * count / (homes.total() + 1)
    if _LINE.search(text):
        for code in {match.group(1) for match in _PHONE.finditer(text)}:
            if division := _divisions().get(code):
                weights[division] += PHONE
                weights[division[10:12]] += PHONE / 2
    for home in _outlet_homes(source or ""):
        weights[home] += OUTLET
    return dict(weights)


@lru_cache(maxsize=1024)
def _outlet_homes(source: str) -> frozenset[str]:
    """Return the countries and divisions that an outlet's domain ends in or its name holds."""
    found = set()
    domain = _DOMAIN.search(source.lower())
    if domain and domain.group(1) not in _GENERIC and len(domain.group(1)) == 2:
        found.add(_COUNTRY_OF_DOMAIN.get(domain.group(1), domain.group(1).upper()))
    compact = letters(source)
    found |= {home for name, home in _home_names().items() if name in compact}
    return frozenset(found)


@cache
def _home_names() -> dict[str, str]:
    """Return names of countries, peoples and divisions of news as outlets write them."""
    table = {}
    for row in read_rows(_PLACES / "named_divisions.tsv"):
        table[letters(row["name"].split(" (")[0])] = row["id"]
    for row in read_rows(_PLACES / "countries.tsv"):
        cells = (row.get("aliases", ""), row.get("demonyms_en", ""))
        for name in "|".join(cells).split("|"):
            table.setdefault(letters(name), row["code"])
    return {name: home for name, home in table.items() if len(name) > 4 and name.isascii()}


def _country(candidate: Candidate) -> str:
    name = candidate.canonical.id if candidate.canonical else ""
    nationality = candidate.type == "nationality" and name.startswith("iso3166-1:")
    return name.removeprefix("iso3166-1:") if nationality else ""


@lru_cache(maxsize=1024)
def letters(source: str | None) -> str:
    """Return an outlet's name as one run of letters, to look for a place in it."""
    return re.sub(r"[\W_]+", "", fold_name(source or ""))
