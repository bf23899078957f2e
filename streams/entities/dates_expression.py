"""An expression of the date grammar, what it counts from, and what it turns out to mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from schemas.entity import DatePrecision
from streams.entities.dates_calendar import Span
from streams.entities.dates_lexicon import ahead, cue
from streams.entities.dates_tokens import Token


@dataclass(slots=True)
class Frame:
    """What expressions count from, as an article is read from its start."""

    anchor: dt.date | None
    month_first: bool
    """Whether 3/4/2021 is March 4 where nothing else decides."""
    told: dt.date | None = None
    """The day that was told last."""


@dataclass(slots=True)
class Expression:
    """Tokens of one expression in its text."""

    text: str
    tokens: tuple[Token, ...]
    code: str
    start: int
    end: int
    capital: Callable[[int], bool] = field(default=lambda _: True)
    """Whether the letter at an offset of the folded text is a capital in the source."""

    def values(self, kinds: str) -> list[int]:
        """Return the values of the tokens of some kinds, in order."""
        return [t.value for t in self.tokens if t.kind in kinds]

    def one(self, kinds: str) -> int | None:
        """Return the value of the first token of some kinds."""
        return next(iter(self.values(kinds)), None)

    def before(self, name: str) -> bool:
        """Whether a cue of that name stands right before the expression."""
        words, begin = cue(name), max(0, self.start - 24)
        if not self.text[begin : self.start].rstrip(" -\n").endswith(words.endings):
            return False
        return words.pattern.search(self.text, begin, self.start) is not None

    def is_ahead(self) -> bool:
        """Whether its clause says before it that something is still to come."""
        clause = self.text[max(0, self.start - 70) : self.start]
        return bool(ahead().search(clause[max(clause.rfind(". "), clause.rfind("\n")) + 1 :]))


@dataclass(slots=True)
class Reading:
    """Days meant; ``span`` is absent where they need an anchor and there is none."""

    span: Span | None
    precision: DatePrecision
    relative: bool = False
    start: int | None = None
    """Where the expression begins if not at its first token."""
    end: int | None = None
    """Where it ends if not at its last."""
