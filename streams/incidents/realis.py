"""What the words around a trigger make of it: whether it happened, and how far it got."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from schemas.events import Realis, Stage
from streams.incidents.lexicon import cues

BEFORE, AFTER = 110, 90
"""Characters of the clause that are read before and after a trigger."""

_MARKS = ";:؛"
_ENGLISH = ("but", "while", "whereas", "although", "however")
_ARABIC = ("لكن", "بينما", "فيما", "غير ان", "الا ان")
_PARTING = (*_MARKS, *_ENGLISH, *_ARABIC)
_CLAUSE = re.compile(
    rf"[{_MARKS}]|,? (?:{'|'.join(_ENGLISH)})(?!\w)|(?<!\w)(?:{'|'.join(_ARABIC)})(?!\w)"
)


def reality(
    text: str, start: int, end: int, *, language: Literal["ar", "en"], weak: bool
) -> tuple[Realis, Stage, str | None]:
    """Return what the words around ``text[start:end]`` make of it, and the cue that says so.

    ``text`` is a folded sentence without the names in it; ``weak`` tells that the trigger does
    not suffice alone, so that nature or mischance may be what it tells.
    """
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    if _parted(text):
        before, after = _clause_before(before), _clause_after(after)
    said = _said(before.rstrip(), after, language=language)
    if not weak:
        said.pop("accident", None)
    stage: Stage = next((s for s in _STAGES if s in said), "completed")
    if "foiled" in said and not {"denied", "threatened"} & said.keys():
        return "actual", "foiled", said["foiled"]
    if "threatened" in said:
        return "hypothetical", "threatened", said["threatened"]
    for says, realis in _REALIS:
        if says in said:
            return realis, stage, said[says]
    return "actual", stage, said.get(stage)


@lru_cache(maxsize=16)
def _parted(text: str) -> bool:
    """Tell whether a sentence, asked for each of its triggers, has several clauses."""
    return any(part in text for part in _PARTING) and _CLAUSE.search(text) is not None


_STAGES: tuple[Stage, ...] = ("attempted", "ongoing")
_REALIS: tuple[tuple[str, Realis], ...] = (
    ("denied", "denied"),
    ("hypothetical", "hypothetical"),
    ("historical", "historical"),
    ("general", "hypothetical"),
    ("accident", "hypothetical"),
)
"""What a cue makes of a mention, the strongest first."""


def _said(before: str, after: str, *, language: Literal["ar", "en"]) -> dict[str, str]:
    """Return what the cues in a trigger's clause say, with the first cue in the file for each."""
    found = []
    scanner = cues(language)
    for start, _, cue in scanner.find(before):
        if cue.side != "after" and len(before[start:].split()) <= cue.words:
            found.append(cue)
    for _, end, cue in scanner.find(after):
        if cue.side != "before" and len(after[:end].split()) <= cue.words:
            found.append(cue)
    said: dict[str, str] = {}
    for cue in sorted(found, key=lambda c: c.order):
        said.setdefault(cue.says, cue.id)
    return said


def _clause_before(window: str) -> str:
    cut = 0
    for match in _CLAUSE.finditer(window):
        cut = match.end()
    return window[cut:]


def _clause_after(window: str) -> str:
    match = _CLAUSE.search(window)
    return window[: match.start()] if match else window
