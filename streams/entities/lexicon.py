"""The lexicons a person can edit: tab-separated files of names with their ids and types.

Read once on first use.  Columns (a file carries those it needs): ``id``, ``type``,
``name``, ``native_name``, ``aliases`` (``|`` between), ``country``, ``parent``,
``latitude``, ``longitude``, ``feature_code``, ``population``, ``admin1`` and ``admin1_name``
(the division that holds it), ``acled_interaction``, ``gtd_weapon_type``,
``role``, ``ambiguous`` (names that need evidence beside them), ``source``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from schemas.entity import EntityType
from streams.entities.gazetteer import Spot, gazetteer
from streams.entities.inflect import english_plurals, nisba_forms
from streams.entities.keys import key
from streams.entities.wordlists import cue

DATA = Path(__file__).parent / "data"
PLACES: frozenset[EntityType] = frozenset({"location", "facility"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing of the world that the lexicons name."""

    id: str
    type: EntityType
    name: str
    native_name: str | None = None
    country: str | None = None
    spot: Spot | None = None
    acled_interaction: int | None = None
    gtd_weapon_type: int | None = None
    role: str | None = None
    rule: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """An entry under one of its names, and what that name asks of the text."""

    entry: Entry
    ambiguous: bool = False
    """Whether it counts only with evidence beside it."""
    capitals: bool = False
    """Whether it is an abbreviation that the text must write in capitals."""
    initial: bool = False
    """Whether the text must write its first letter as a capital."""
    dotted: bool = False
    """Whether a full stop must follow (``Ky.``)."""
    postal: bool = False
    """Whether it is a postal code, which counts only after a place and a comma."""


@dataclass(slots=True)
class Lexicon:
    """Senses by key, and how many words names may have by their first word."""

    senses: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, sense: Sense) -> None:
        """Let ``name`` stand for the sense's entry too."""
        made = key(name)
        short = name.isupper() and name.isascii() and sum(map(str.isalpha, name)) <= 5
        sense = replace(
            sense, capitals=short, initial=name[:1].isupper(), dotted=name.endswith(".")
        )
        if not made or sense in self.senses.get(made, ()):
            return
        self.senses[made] = (*self.senses.get(made, ()), sense)
        first = made.split(" ", 1)[0]
        self.longest[first] = max(self.longest.get(first, 0), made.count(" ") + 1)

    def long(self) -> frozenset[str]:
        """Return the first two words of every name that has more."""
        parted = [name.split(" ", 2) for name in self.senses if name.count(" ") > 1]
        return frozenset([f"{first} {second}" for first, second, _ in parted])


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield a file's rows as column to value; comments and empty lines are left out.

    Raises:
        ValueError: a row has more cells than the header.
    """
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells for {len(header)} columns")
        yield dict(zip(header, cells, strict=False))


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _spot(row: dict[str, str]) -> Spot:
    feature = row.get("feature_code") or ("BLDG" if row["type"] == "facility" else "PPLX")
    latitude, longitude = row.get("latitude"), row.get("longitude")
    scheme, _, number = row["id"].partition(":")
    return Spot(
        id=row["id"],
        name=row["name"],
        native_name=row.get("native_name") or None,
        kind=feature,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(row.get("population") or 0),
        country=row.get("country") or None,
        admin1=row.get("admin1") or None,
        admin1_name=row.get("admin1_name") or None,
        geonames_id=int(number) if scheme == "geonames" else None,
        facility=row["type"] == "facility",
        listed=True,
        parent=row.get("parent") or None,
    )


def entry_of(row: dict[str, str], rule: str) -> Entry:
    """Return the entry that a row describes."""
    kind: EntityType = row["type"]  # type: ignore[assignment]
    return Entry(
        id=row["id"],
        type=kind,
        name=row["name"],
        native_name=row.get("native_name") or None,
        country=row.get("country") or None,
        spot=_spot(row) if kind in PLACES else None,
        acled_interaction=_number(row.get("acled_interaction")),
        gtd_weapon_type=_number(row.get("gtd_weapon_type")),
        role=row.get("role") or None,
        rule=rule,
        parent=row.get("parent") or None,
    )


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def _plain(name: str) -> str:
    """Return a key without an epithet at either end (عصابات, الإرهابي), which is no name."""
    words = name.split(" ")
    if words[0] in cue("epithet_before"):
        words = words[1:]
    if words and words[-1] in cue("epithet_after"):
        words = words[:-1]
    return " ".join(words)


def _fill(lexicon: Lexicon, path: Path) -> None:
    for row in read_rows(path):
        entry = entry_of(row, f"lexicon.{path.stem}")
        doubtful = {key(word) for word in _split(row.get("ambiguous"))}
        names = [row["name"], row.get("native_name", ""), *_split(row.get("aliases"))]
        if entry.type == "nationality":
            names = [form for name in names for form in nisba_forms(name)]
        keys = {key(name) for name in names}
        for name in filter(None, [*names, *_split(row.get("ambiguous"))]):
            if _plain(key(name)) in keys - {key(name)}:
                continue
            lexicon.add(name, Sense(entry, ambiguous=key(name) in doubtful))
        for name in _split(row.get("postal")):
            lexicon.add(name, Sense(entry, postal=True))


def _countries(path: Path) -> Iterator[tuple[Entry, list[str]]]:
    """Yield each country's demonyms in all their inflections."""
    for row in read_rows(path):
        forms = [f for d in _split(row.get("demonyms_en")) for f in english_plurals(d)]
        forms += [f for d in _split(row.get("demonyms_ar")) for f in nisba_forms(d)]
        name = (_split(row.get("demonyms_en")) or [row["code"]])[0]
        entry = Entry(
            id=f"iso3166-1:{row['code']}", type="nationality", name=name,
            country=row["code"], rule="lexicon.demonyms",
        )  # fmt: skip
        yield entry, forms


def _country_names(path: Path) -> Iterator[tuple[Entry, dict[str, str]]]:
    """Yield each country with the names that the file adds to CLDR's."""
    spots = gazetteer().countries()
    for row in read_rows(path):
        spot = spots[row["code"]]
        entry = Entry(
            id=spot.id, type="location", name=spot.name, native_name=spot.native_name,
            country=row["code"], spot=spot, rule="lexicon.countries",
        )  # fmt: skip
        yield entry, row


def files() -> Iterable[Path]:
    """Return the lexicon files in order."""
    yield from sorted((DATA / "places").glob("named_*.tsv"))
    yield from sorted((DATA / "lexicon").glob("*.tsv"))


@cache
def lexicon() -> Lexicon:
    """Return the lexicons, read on first use."""
    made = Lexicon()
    for path in files():
        _fill(made, path)
    countries = DATA / "places" / "countries.tsv"
    for entry, row in _country_names(countries):
        doubtful = _split(row.get("ambiguous"))
        for name in (*_split(row.get("aliases")), *doubtful):
            made.add(name, Sense(entry, ambiguous=name in doubtful))
    for entry, forms in _countries(countries):
        for form in forms:
            made.add(form, Sense(entry))
    return made
