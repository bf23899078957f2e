"""Words of the toll grammar by language, read from `data/casualties/` and folded once."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.entity import Harm, Qualifier
from streams.entities.words import openings
from streams.text.alternation import alternation
from streams.text.fold import fold_name

LANGUAGES = ("ar", "en")
_PREFIXED = "وفلب"
"""Letters that may be written to a word of harm."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its letter in the grammar, with what it says besides."""

    letter: str
    id: str = ""
    harm: Harm | None = None
    of: str | None = None
    number: int | None = None
    """How many people the form itself says: one, or two for a dual."""
    least: int | None = None
    qualifier: Qualifier | None = None
    definite: bool = False


def _text(name: str) -> str:
    return files("streams.entities").joinpath("data", "casualties", name).read_text("utf-8")


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t")


@cache
def words(language: str) -> dict[str, Word]:
    """Return the words of a language by folded form; words of harm win over others."""
    found: dict[str, Word] = {}
    for letter, forms in tomllib.loads(_text("words.toml"))[language].items():
        number = int(letter[1:]) if letter[1:] else None
        found |= {fold_name(form): Word(letter[0], number=number) for form in forms}
    found = _people(language) | found
    lists = tomllib.loads(_text("quantities.toml"))
    for form, least in lists["vague"][language].items():
        found[fold_name(form)] = Word("V", least=least[0])
    for form, qualifier in lists["qualifier"][language].items():
        found[fold_name(form)] = Word("Q", qualifier=qualifier)
    for row in _rows("harms.tsv"):
        if row["language"] == language:
            _add_harm(found, row)
    return found


def _add_harm(found: dict[str, Word], row: dict[str, Any]) -> None:
    for form in row["forms"].split("|"):
        word = Word(row["letter"], row["id"], row["harm"])
        if row["language"] == "ar" and row["letter"] == "Z":
            name = fold_name(form.rstrip("+"))
            for made, number, definite in _arabic_forms(name, single=form.endswith("+")):
                found[made] = Word(
                    "E" if number == 2 else "Z", row["id"], row["harm"],
                    number=number, definite=definite,
                )  # fmt: skip
        else:
            found[fold_name(form)] = word


def _people(language: str) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for row in _rows("people.tsv"):
        if row["language"] != language:
            continue
        of = row["of"] or None
        for column, single in (("plural", False), ("singular", True)):
            for form in filter(None, row[column].split("|")):
                name = fold_name(form)
                if language == "en":
                    word = Word("S" if single else "P", of=of, number=1 if single else None)
                    found.setdefault(name, word)
                    continue
                for made, number, definite in _arabic_forms(name, single=single):
                    letter = "D" if number == 2 else "S" if number == 1 else "P"
                    accusative = letter == "S" and made == name + "ا"
                    word = Word("a" if accusative else letter, of=of, number=number,
                                definite=definite)  # fmt: skip
                    found.setdefault(made, word)
    return found


def _arabic_forms(name: str, *, single: bool) -> Iterator[tuple[str, int | None, bool]]:
    """Yield the forms of a noun with how many they say and whether they have the article."""
    first, _, rest = name.partition(" ")
    yield name, 1 if single else None, False
    yield "ال" + name, 1 if single else None, True
    if not single:
        if len(name) > 4 and name.endswith(("ين", "ون")) and not rest:
            yield name[:-2] + "ي", None, False  # before a genitive
        return
    stem = first[:-1] + "ت" if first.endswith("ه") else first
    if not first.endswith("ه"):
        yield name + "ا", 1, False
    for ending in ("ان", "ين", *(("ا", "ي") if rest else ())):
        yield stem + ending + (" " + rest if rest else ""), 2, False
    for ending in ("ان", "ين"):
        yield "ال" + stem + ending, 2, True


def _harms() -> set[str]:
    return {form for lang in LANGUAGES for form, word in words(lang).items() if word.harm}


@cache
def harm_pattern() -> re.Pattern[str]:
    """Return a quick test for the words of harm of all languages."""
    return re.compile(rf"\b(?:[{_PREFIXED}])?(?:{alternation(_harms())})(?!\w)")


@cache
def harm_openings() -> frozenset[str]:
    """Return the words with which `harm_pattern` can match."""
    return openings(_harms(), _PREFIXED)
