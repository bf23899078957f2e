"""Names that no list has: persons, places and organisations by model and by pattern."""

from __future__ import annotations

from collections.abc import Sequence

from streams.entities.candidate import Candidate, Passage
from streams.entities.names_arabic import find_arabic
from streams.entities.names_english import find_english
from streams.entities.names_model import NameModel, find_by_model

Masks = Sequence[Sequence[tuple[int, int]]]
"""For each passage the stretches not to read (links, handles, hashtags), in its own offsets."""


def find_names(
    passages: Sequence[Passage], masks: Masks = (), *, model: NameModel | None = None
) -> list[Candidate]:
    """Return candidate names in the passages of one article, of any confidence.

    Offsets count in each passage's field.  Latin-script text is read by pattern, whatever
    language it stands in; the types are ``person``, ``organization``, ``location`` and
    ``facility``, for Arabic also ``government``, ``security_force`` and ``armed_group``.  A
    user's own model (`names_model.load_model`) adds what it finds.
    """
    masks = masks or [()] * len(passages)
    own = find_by_model(passages, model) if model else ()
    return [*find_arabic(passages, masks), *find_english(passages, masks), *own]
