"""A name in its passage, and which kind of place the words beside it tell."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from streams.entities.candidate import Candidate
from streams.entities.gazetteer import Spot
from streams.entities.match import Match
from streams.entities.wordlists import cue
from streams.entities.words import Words

_SIDES = {"before": ("part", "town", "district", "division"), "after": ("district", "division")}
"""Kinds that a word on either side of a name tells; the later ones count first."""


class Setting(NamedTuple):
    """A name in its passage: the words around it and what other layers read there."""

    match: Match
    words: Words
    readings: tuple[Candidate, ...]
    """Readings by pattern or model that overlap the name."""
    spots: tuple[Spot, ...]
    ambiguous: bool
    """Whether a lexicon says that the name asks for evidence."""
    dateline: bool = False
    """Whether it opens a text as the place that the story is sent from."""
    bracketed: bool = False
    """Whether brackets after another name hold it (``Goma (Nyiragongo, Nord-Kivu)``)."""
    latin: bool = False
    """Whether the name is in Latin script."""
    left: str = ""
    """The folded word before the name."""
    right: str = ""
    """The folded word right after it, if a name may go on with it."""

    def before(self, steps: int = 1) -> str:
        """Return the folded word that stands ``steps`` before the name, or nothing."""
        return self.left if steps == 1 else self.words.text(self.match.first - steps)

    def after(self) -> str:
        """Return the folded word right after the name, or nothing."""
        return self.right


def kind_cue(setting: Setting) -> str:
    """Return which kind of place the words beside a name tell, or nothing.

    ``division`` (governorate, state), ``district`` (county, قضاء), ``town``, ``part`` (of a
    place of any size: northern), or ``municipal`` where people or offices of a town, not of a
    country, follow (Lebanon police).
    """
    before = bare_cue(setting.before())
    after = setting.after()
    told = _kinds("before").get(before, ""), _kinds("after").get(after, "")
    for kind in ("division", "district"):
        if kind in told:
            return kind
    if told[0]:
        return told[0]
    if before == "of" and setting.before(2) in cue("division_after"):
        return "division"
    if before == "of" and setting.before(2) in cue("town_of"):
        return "town"
    return "municipal" if after in cue("town_after") else ""


@cache
def _kinds(side: str) -> dict[str, str]:
    """Return the kind of place that each cue word ``before`` or ``after`` a name tells."""
    table: dict[str, str] = {}
    for kind in _SIDES[side]:
        table |= dict.fromkeys(cue(f"{kind}_{side}"), kind)
    return table


def bare_cue(word: str) -> str:
    """Return an Arabic cue word without a prefix (بمحافظة, ومدينة)."""
    if len(word) > 4 and word[0] in "وبفل" and word[1:] in _heads():
        return word[1:]
    return word


@cache
def _heads() -> frozenset[str]:
    return cue("division_before") | cue("district_before") | cue("town_before")
