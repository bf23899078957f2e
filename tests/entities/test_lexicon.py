"""The lexicons of the room: every row well formed, every name safe to look for."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from schemas.entity import EntityType
from streams.entities.gazetteer import gazetteer
from streams.entities.keys import key
from streams.entities.lexicon import DATA, PLACES, entry_of, lexicon, read_rows
from streams.text.fold import fold_name

FILES = sorted((DATA / "lexicon").glob("*.tsv"))
COLUMNS = re.findall(
    r"\w+",
    """
    id type name native_name aliases country parent latitude longitude feature_code population
    admin1 admin1_name acled_interaction gtd_weapon_type role ambiguous source
""",
)
FEATURES = re.findall(
    r"\w+",
    """
    PPL PPLX PPLC PPLA PPLA2 ADM1 ADM2 ADM3 RGN SQR ST RD RDA BDG MKT CMP CMPRF AIRB AIRP PRT
    HSP HTL BLDG PAL MSQE CH SHRN SYN MSTY CSTL PRN INSM DAM OILR OILF PS FCTY RSTN SCH UNIV
    MUS STDM PRK GATE BCH CNL STM LK VAL MT MTS HLL PLN DSRT ISL ISLS FRST GULF STRT
""",
)
ACLED = {"1", "2", "3", "4", "8"}
BEYOND = 2.0
"""Degrees that a place may lie outside the towns of its country (deserts, borders, islands)."""


@cache
def rows() -> tuple[tuple[Path, dict[str, str]], ...]:
    return tuple((path, row) for path in FILES for row in read_rows(path))


def names(row: dict[str, str]) -> list[str]:
    more = "|".join((row.get("native_name", ""), row.get("aliases", ""), row.get("ambiguous", "")))
    cells = [row["name"], *more.split("|")]
    return [cell for cell in cells if cell]


def doubtful(row: dict[str, str]) -> set[str]:
    return {key(name) for name in row.get("ambiguous", "").split("|") if name}


def test_the_lexicons_hold_at_least_a_thousand_entries() -> None:
    assert len(rows()) >= 1000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_carries_known_columns_and_no_stray_cells(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if not line.startswith("#")).split("\t")
    assert set(header) <= set(COLUMNS)
    assert {"id", "type", "name"} <= set(header)
    for line in lines:
        assert line == line.rstrip()
        assert "  " not in line


def test_ids_are_unique_and_of_a_known_scheme() -> None:
    seen = [row["id"] for _, row in rows()]
    assert len(seen) == len(set(seen))
    for name in seen:
        scheme, _, value = name.partition(":")
        assert scheme in {"wikidata", "geonames", "iso3166-2", "local"}
        assert value
        assert scheme != "wikidata" or (value[0] == "Q" and value[1:].isdigit())
        assert scheme != "geonames" or value.isdigit()


def test_every_row_makes_an_entry_with_valid_codes() -> None:
    for path, row in rows():
        entry = entry_of(row, f"lexicon.{path.stem}")
        assert entry.type in get_args(EntityType), row["id"]
        assert row.get("acled_interaction", "") in {"", *ACLED}, row["id"]
        weapon = row.get("gtd_weapon_type", "")
        assert not weapon or 1 <= int(weapon) <= 13, row["id"]
        country = row.get("country", "")
        assert not country or country in gazetteer().countries(), row["id"]
        assert (entry.spot is not None) == (entry.type in PLACES)


def test_a_name_that_needs_no_evidence_means_one_thing_or_only_places() -> None:
    means: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for _, row in rows():
        for name in names(row):
            if key(name) not in doubtful(row):
                means[fold_name(name)][row["id"]] = row["type"]
    shared = {name: kinds for name, kinds in means.items() if len(kinds) > 1}
    assert {name: kinds for name, kinds in shared.items() if set(kinds.values()) - PLACES} == {}


def test_no_name_is_so_short_that_it_must_be_noise() -> None:
    for _, row in rows():
        for name in names(row):
            assert len(key(name).replace(" ", "")) >= 2, (row["id"], name)
            assert len(key(name)) >= 3 or name.isupper() or key(name) in doubtful(row), name


def test_every_name_is_found_by_the_lexicon() -> None:
    senses = lexicon().senses
    for _, row in rows():
        for name in names(row):
            assert any(sense.entry.id == row["id"] for sense in senses[key(name)]), name


def test_places_have_coordinates_inside_their_country_and_a_feature_code() -> None:
    columns = gazetteer()._columns
    codes = gazetteer()._countries
    for _, row in rows():
        if row["type"] not in PLACES:
            continue
        assert row["feature_code"] in FEATURES, row["id"]
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        if not row.get("country"):
            continue
        mine = columns["country"] == codes.index(row["country"])
        for value, column in ((latitude, "latitude"), (longitude, "longitude")):
            spread = columns[column][mine]
            low, high = np.quantile(spread, (0.002, 0.998))
            assert low - BEYOND <= value <= high + BEYOND, row["id"]


def test_places_say_which_division_holds_them_where_it_is_known() -> None:
    placed = [row for _, row in rows() if row["type"] in PLACES and row.get("admin1")]
    assert len(placed) > 500
    for row in placed:
        assert row["admin1"].split(":")[0] in {"iso3166-2", "geonames", "local"}, row["id"]
        assert row["admin1_name"], row["id"]
