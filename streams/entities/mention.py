"""A name of a text that may be a place, and the text it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.entities.candidate import Candidate, Passage
from streams.entities.gazetteer import Spot
from streams.entities.match import Match
from streams.entities.setting import Setting
from streams.entities.words import Words
from streams.text.geometry import kilometres

NEIGHBOURS_KM = 250.0
MOST = 6
"""Candidates of a name that are looked at for neighbours."""


@dataclass(slots=True)
class Text:
    """A passage with its words, the names found in it and other layers' readings."""

    passage: Passage
    words: Words
    matches: Sequence[Match]
    readings: tuple[Candidate, ...]


@dataclass(slots=True)
class Mention:
    """A name that may be a place, with the evidence for it."""

    text: int
    setting: Setting
    evidence: float
    cue: str
    inside: frozenset[str] = frozenset()
    holds: bool = False
    postal: bool = False
    follows: bool = False
    """Whether it stands in a list right after the name before it."""
    strange: bool = False
    """Whether the place that should hold it is far from all that bear the name."""

    @property
    def match(self) -> Match:
        """The run of words."""
        return self.setting.match


def neighbours(one: Mention, other: Mention, *, near: float = NEIGHBOURS_KM) -> bool:
    """Whether two names may mean places near each other."""
    return any(
        a.country == b.country and _distance(a, b) <= near
        for a in one.setting.spots[:MOST]
        for b in other.setting.spots[:MOST]
    )


def _distance(one: Spot, other: Spot) -> float:
    if one.latitude is None or other.latitude is None:
        return 0.0
    points = ((s.latitude or 0.0, s.longitude or 0.0) for s in (one, other))
    return kilometres(*points)
