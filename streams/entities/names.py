"""Names that no list has: persons, places and organisations by model and by pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.entities.candidate import Candidate, Passage
from streams.entities.names_arabic import find_arabic
from streams.entities.names_english import find_english
from streams.entities.names_model import NameModel, find_by_model

_CAPITAL = re.compile("[A-Z\u00c0-\u00de]")
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
    latin = [n for n, passage in enumerate(passages) if _CAPITAL.search(passage.text)]
    english = find_english([passages[n] for n in latin], [masks[n] for n in latin])
    return [*find_arabic(passages, masks), *english, *own]
