"""Names of military and security operations: «عملية "ثأر الأبطال"», "Operation Iron Wall".

In Arabic the name stands in quotation marks after a word that announces it, and a word for
an operation stands before that in the same sentence; in English it follows ``Operation`` in
capitals, or stands in quotation marks after a word that names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from streams.entities.candidate import Candidate, Passage
from streams.text.fold import fold_name

_DATA = Path(__file__).parent / "data" / "operations.tsv"
_CAPITALS = re.compile(
    r"\bOperation ([A-Z][\w'’-]*(?: (?:of|the|and|in) (?=[A-Z])| (?=[A-Z])[\w'’-]*)*)"
)
_MARK = re.compile('[“"«‘]')
REACH = 70
"""Characters before the name in which the operation must be spoken of."""


@cache
def _announce() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of a quotation that a name announces, and of words for operations."""
    words: dict[str, list[str]] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _language, cells = line.split("\t")
            words.setdefault(name, []).extend(fold_name(cell) for cell in cells.split("|"))
    named = "|".join(sorted(map(re.escape, words["operation_named"]), key=len, reverse=True))
    kinds = "|".join(map(re.escape, words["operation_kind"]))
    quoted = re.compile(rf"\b[وبف]?(?:{named})[,:،]? ?([“\"«‘])([^“”\"«»\n]{{3,45}})[”\"»“’]")
    return quoted, re.compile(rf"\b(?:ال|[وبفل]|بال|لل|وال)?(?:{kinds})|operation|offensive")


def find_operations(passage: Passage) -> Iterator[Candidate]:
    """Yield the names of operations in a passage, quotation marks left out."""
    text = passage.text
    if "Operation " in text:
        for match in _CAPITALS.finditer(text):
            yield Candidate(
                start=passage.start + match.start(), end=passage.start + match.end(),
                type="operation", confidence=0.8, rule="operation.capitals",
            )  # fmt: skip
    if _MARK.search(text) is None:
        return
    quoted, kinds = _announce()
    folded = passage.folded.text
    for match in quoted.finditer(folded):
        if kinds.search(folded, max(0, match.start() - REACH), match.start(2)):
            start, end = passage.span(match.start(2), match.end(2))
            yield Candidate(
                start=start, end=end, type="operation", confidence=0.85, rule="operation.quoted"
            )
