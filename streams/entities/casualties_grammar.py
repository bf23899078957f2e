"""Words of the toll grammar from its data files, and the pattern of a counted group of people."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from schemas.entity import Harm, Qualifier
from streams.entities.numbers import ARABIC, DIGITS, ENGLISH
from streams.entities.numbers import value as number_of
from streams.text.fold import fold_name

Use = Literal["passive", "active", "either", "noun", "toll", "unit", "left"]


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A form of a word of harm: which harm, and how counted people stand to it."""

    id: str
    harm: Harm
    use: Use


@dataclass(frozen=True, slots=True)
class Group:
    """A counted group of people; offsets in the folded text."""

    start: int
    end: int
    least: int
    best: int | None
    most: int | None
    qualifier: Qualifier
    of: str | None
    noun: str
    counted: bool = True
    """Whether a number, a dual or an article says how many, not a bare plural."""


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("streams.entities").joinpath("data", "casualties", name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t")


@cache
def harm_words(language: str) -> dict[str, tuple[HarmWord, ...]]:
    """Return the words of harm of a language by folded form."""
    found: dict[str, tuple[HarmWord, ...]] = {}
    for row in _rows("harms.tsv"):
        if row["language"] == language:
            one = HarmWord(row["id"], row["harm"], row["use"])  # type: ignore[arg-type]  # the file's columns
            for form in row["forms"].split("|"):
                key = fold_name(form)
                found[key] = (*found.get(key, ()), one)
    return found


@cache
def nouns(language: str) -> dict[str, tuple[str | None, int | None]]:
    """Return who a folded noun names and how many it says by itself: 1, 2, or ``None``."""
    found: dict[str, tuple[str | None, int | None]] = {}
    for row in _rows("people.tsv"):
        if row["language"] != language:
            continue
        of = row["of"] or None
        for plural in row["plural"].split("|"):
            found.setdefault(fold_name(plural), (of, None))
        for form in row["singular"].split("|"):
            single = fold_name(form.rstrip("?"))
            found.setdefault(single, (of, 1))
            if language == "ar":
                found.setdefault(single + "ا", (of, 1))
                stem = single.removesuffix("ه") + "ت" if single.endswith("ه") else single
                for ending in ("ان", "ين", "ا"):
                    found.setdefault(stem + ending, (of, 2 if ending != "ا" else 1))
    return found


@cache
def quantities() -> dict[str, dict[str, dict[str, Any]]]:
    """Return vague quantities and qualifiers by language, folded."""
    text = (
        files("streams.entities")
        .joinpath("data", "casualties", "quantities.toml")
        .read_text("utf-8")
    )
    lists = tomllib.loads(text)
    return {
        kind: {lang: {fold_name(k): v for k, v in words.items()} for lang, words in langs.items()}
        for kind, langs in lists.items()
    }


def alternatives(words: object) -> str:
    """Return words as alternatives of a pattern, the longest first."""
    ordered = sorted(words, key=lambda w: (-len(w), w))  # type: ignore[call-overload]  # any iterable of words
    return "|".join(re.escape(word) for word in ordered)


_STOP = (
    "and|or|in|on|at|was|were|is|are|has|have|had|been|who|whom|by|with|for|from|to|as|but|that|which|after|when"
    "|while|where|killed|injured|wounded|killing|wounding|injuring|died|dead|near|into|during|including|said|before"
    "|kidnapped|arrested|abducted|detained|a|an|the|than|between|since|against|over|km|kilometers|kilometres|miles"
    "|years|days|hours|months|weeks|minutes|percent|dollars|meters|houses|vehicles|cars|year-old"
)


@cache
def english_group() -> re.Pattern[str]:
    """Return the pattern of a counted group in English: qualifier, number, words, noun."""
    number = rf"(?:{DIGITS}|{ENGLISH})"
    vague = alternatives(quantities()["vague"]["en"])
    return re.compile(
        rf"(?<![\w$€£.,-])(?:(?P<q>{alternatives(quantities()['qualifier']['en'])}) )?"
        rf"(?:(?P<n>{number})(?: ?(?:-|to|or) ?(?P<m>{number}))?|(?P<v>{vague})|(?P<a>an?|one|the|his|her|their|its))"
        rf"(?![\w%])(?!-year|-month|-day|(?:,\d)|\.\d|:)"
        rf"(?: (?P<mid>(?:(?!(?:{_STOP})(?![\w-]))[a-z][\w'&-]*(?:\.\w+)* ){{0,4}}?(?:members of (?:the )?)?)"
        rf"['\"“]?(?P<noun>{alternatives(nouns('en'))})(?![\w-]))?"
    )


@cache
def arabic_group() -> re.Pattern[str]:
    """Return the pattern of a counted group in Arabic: qualifier, number, noun; or a dual noun."""
    number = rf"(?:{DIGITS}|{ARABIC})"
    vague = alternatives(quantities()["vague"]["ar"])
    known = nouns("ar")
    units = {f for f, ws in harm_words("ar").items() if any(w.use == "unit" for w in ws)}
    duals = [n for n, (_, count) in known.items() if count == 2]
    unit_duals = [u + e for u in units for e in ("ان", "ين") if not u.endswith("ا")]
    noun = rf"(?:ال)?(?P<noun>{alternatives({*known, *units})})(?!\w)"
    return re.compile(
        rf"(?<!\w)(?:و|ف|ب|ل)??(?:(?P<q>{alternatives(quantities()['qualifier']['ar'])}) )?(?:ال)?"
        rf"(?:(?P<d>{alternatives({*duals, *unit_duals})})(?!\w)"
        rf"|(?:(?P<n>{number})(?: ?(?:-|الي|او) ?(?P<m>{number}))?|(?P<v>{vague}))(?![\w%])"
        rf"(?: (?:من )?{noun})?|(?P<s>{alternatives(n for n, (_, c) in known.items() if c == 1)})(?!\w))"
        rf"(?P<post> علي الاقل| علي الاكثر)?"
    )


def bounds(
    number: str | None, upper: str | None, vague: list[int] | None, qualifier: Qualifier | None
) -> tuple[int, int | None, int | None, Qualifier]:
    """Return least, best, most and qualifier of what a number, a range or a vague word says."""
    if vague is not None:
        return vague[0], None, None, "about"
    low = number_of(number or "") or 0
    if upper is not None:
        high = number_of(upper) or low
        return min(low, high), (low + high) // 2 if high - low > 1 else low, max(low, high), "about"
    if qualifier == "at_least":
        return low, low, None, "at_least"
    if qualifier == "at_most":
        return 0, low, low, "at_most"
    return low, low, low, qualifier or "unspecified"
