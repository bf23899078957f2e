"""Words and rules of the date grammar, read from `data/dates/` and folded once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from streams.text.alternation import alternation
from streams.text.fold import fold_name
from streams.text.months import month_of, names

KINDS = {
    "day": "D", "told": "R", "weekday": "W", "weekday_short": "w",
    "ordinal": "N", "hijri": "H", "part": "P",
    "past": "L", "coming": "F", "this": "T", "current": "C", "day_name": "J", "unit": "U",
    "before": "A", "ago": "a", "decade": "Z",
}  # fmt: skip
"""Table of words.toml → letter of the token."""

_ALSO_WORDS = frozenset({"may", "march", "mar", "jun", "dec", "sep", "jan", "اب", "ماي", "اوت"})
_MONTHS = ("en", "ar", "ar-levant", "ar-maghreb")
_FOREIGN = ("es", "fr", "tr")


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of the grammar is: its token's letter and value."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of date expression over tokens: ``id`` names it in the output."""

    id: str
    reads: str
    pattern: str


@cache
def _tables() -> dict[str, Any]:
    path = files("streams.entities").joinpath("data", "dates", "words.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def words() -> dict[str, Word]:
    """Return every word of the grammar, folded."""
    found = {
        fold_name(form): Word(letter, value)
        for table, letter in KINDS.items()
        for form, value in _tables()[table].items()
    }
    for system in (*_FOREIGN, *_MONTHS):
        for name in names(system):
            letter = "m" if name in _ALSO_WORDS or system in _FOREIGN else "M"
            found[name] = Word(letter, month_of(name))
    return found


@cache
def gaps() -> dict[str, str]:
    """Return what may stand between two words of one expression, by its sign."""
    return {fold_name(form): sign for sign, forms in _tables()["gaps"].items() for form in forms}


@cache
def some() -> dict[str, int]:
    """Return the vague numbers of units, as the least they say."""
    return {fold_name(form): number for form, number in _tables()["some"].items()}


@cache
def skipped() -> re.Pattern[str]:
    """Return the words that may stand before a number of units."""
    return re.compile(rf"(?:(?:{alternation(map(fold_name, _tables()['skipped']['words']))}) )+")


class Cue(NamedTuple):
    """Words that stand right before an expression."""

    endings: tuple[str, ...]
    """What text ends in where one of them may stand, white space and hyphens left out."""
    pattern: re.Pattern[str]
    """Finds one at the end of what stands before."""


@cache
def cue(name: str) -> Cue:
    """Return the words of ``[cues]`` with a name."""
    forms = [fold_name(form) for form in _tables()["cues"][name]]
    pattern = re.compile(rf"(?<![^\W\d_])[ول]?(?:{alternation(forms)})[ -]?$")
    return Cue(tuple(sorted({form.rstrip(" -") for form in forms})), pattern)


@cache
def ahead() -> re.Pattern[str]:
    """Return a pattern for words that say a day is still to come."""
    forms = alternation(fold_name(form) for form in _tables()["cues"]["ahead"])
    return re.compile(rf"(?<!\w)و?(?:{forms})(?!\w)")


@cache
def rules() -> dict[str, Rule]:
    """Return the rules in order, by the name of their group in `grammar`."""
    path = files("streams.entities").joinpath("data", "dates", "rules.toml")
    data = tomllib.loads(path.read_text("utf-8"))
    made = {}
    for row in data["rule"]:
        pattern = row["pattern"]
        for name, part in data["parts"].items():
            pattern = pattern.replace("{" + name + "}", part)
        made[row["id"].replace("-", "_")] = Rule(row["id"], row["reads"], pattern)
    return made


@cache
def grammar() -> re.Pattern[str]:
    """Return all rules as one pattern over the tokens' letters and signs."""
    forms = "|".join(f"(?P<{name}>{rule.pattern})" for name, rule in rules().items())
    return re.compile(rf"(?![-_,/&()|on])(?:{forms})")
