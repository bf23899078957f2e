"""Names that no list has: persons, places and organisations by model and by pattern."""

from __future__ import annotations

from collections.abc import Sequence

from streams.entities.candidate import Candidate, Passage
from streams.entities.names_arabic import find_arabic
from streams.entities.names_english import find_english

Masks = Sequence[Sequence[tuple[int, int]]]
"""For each passage the stretches not to read (links, handles, hashtags), in its own offsets."""
ARABIC = "ar"


def find_names(passages: Sequence[Passage], masks: Masks = ()) -> list[Candidate]:
    """Return candidate names in the passages of one article, of any confidence.

    Offsets count in each passage's field.  Latin-script text is read by pattern, whatever
    language it stands in; the types are ``person``, ``organization``, ``location`` and
    ``facility``.
    """
    masks = masks or [()] * len(passages)
    return [*find_arabic(passages, masks), *find_english(passages, masks)]
