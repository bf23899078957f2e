"""Text that was cut into words beforehand: there a name covers whole words.

Corpora and some pipelines set marks apart by spaces and annotate words, so that a prefix
belongs to the name it is written with (``لبنان`` in ``ولبنان``).  In running text prefixes
stay outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.entities.candidate import Candidate, Passage

_MARKS = "،؛؟.!"
_NAMES = frozenset(
    {"person", "organization", "armed_group", "security_force", "government", "location"}
    | {"facility", "operation", "nationality"}
)


def cut_beforehand(passages: Sequence[Passage]) -> bool:
    """Tell whether nearly all marks of the text stand apart from the words before them."""
    text = " ".join([passage.text for passage in passages])
    if sum([text.count(f" {mark}") for mark in _MARKS]) < 3:
        return False
    text = text.replace(" ", "  ") + " "
    spaced = sum([text.count(f" {mark} ") for mark in _MARKS])
    closed = sum([text.count(f"{mark} ") for mark in _MARKS]) - spaced
    return spaced >= 3 and spaced > 9 * closed


def whole_words(
    passages: Sequence[Passage], layers: Sequence[list[Candidate]]
) -> list[list[Candidate]]:
    """Return the layers with names begun at the start of their word, if the text asks for it."""
    if not cut_beforehand(passages):
        return list(layers)
    return [
        [_whole(passage, candidate) for candidate in layer]
        for passage, layer in zip(passages, layers, strict=True)
    ]


def _whole(passage: Passage, candidate: Candidate) -> Candidate:
    if candidate.type not in _NAMES:
        return candidate
    start = at = candidate.start - passage.start
    while start > 0 and "\u0620" < passage.text[start - 1] < "\u06d4":
        start -= 1
    return candidate if start == at else replace(candidate, start=passage.start + start)
