"""Identifies the language of words: their evidence, and eldc's vote where eldc knows the script."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import eldc

from streams.translation.evidence import Evidence, scripts_of_languages

UNDETERMINED = "und"

_MALAY = {"ms": 0.9, "id": 1.0}
"""eldc's Malay is the continuum of Malay and Indonesian; the words tell the two apart."""
SURE = 1.5
"""A lead that lets a segment vouch for the article's others."""
_UNSECONDED = 0.6
"""What a vote counts that no word seconds."""
_KURDISH = {"Arab": "ckb", "Latn": "kmr"}
_COMMONEST = {"en": 0.4, "ar": 0.3}
"""What the two languages most of the news comes in are worth beforehand, where anything speaks."""
_VOTED = frozenset({"Latn", "Arab", "Cyrl", "Deva"})
"""Scripts of several languages that eldc tells apart."""
_BEFOREHAND = max(_COMMONEST.values())
_NEAR = 0.12
"""Within this distance of eldc's best score a language still gets a part of the vote."""
_LEAST = 0.6
"""Less evidence than this does not name a language."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A language with how sure it is, 0 to 1, and how far it leads the next one."""

    language: str
    confidence: float
    lead: float


@cache
def _detector() -> eldc.Instance:
    eldc.init()
    detector = eldc.instance()
    detector.set_scores(4)
    return detector


def strongest(words: int) -> float:
    """Return what the vote on a text of so many words counts at most: 4, where there are many."""
    return 1.2 + 0.25 * min(words, 11)


def vote(text: str, words: int, script: str) -> dict[str, float]:
    """Return eldc's votes on a text of so many words, at most `strongest` for a language."""
    if not words or script not in _VOTED:
        return {}
    result = _detector().detect_details(_clean(text))
    most = strongest(words)
    if not result.reliable:
        most *= 0.6
    votes: dict[str, float] = {}
    best = max(result.scores.values(), default=0.0)
    for code, score in result.scores.items():
        language = _renamed(code, script)
        near = 1.0 - (best - score) / _NEAR
        if near > 0 and scripts_of_languages().get(language, script) == script:
            votes[language] = max(votes.get(language, 0.0), most * near)
    if "ms" in votes:
        votes |= {code: votes["ms"] * part for code, part in _MALAY.items()}
    return votes


def settled(lead: float, words: int) -> bool:
    """Tell whether words lead so far for a language that no vote can make another one win.

    ``lead`` is how far they speak for it before any other one.  The vote need not be asked then.
    """
    return lead >= strongest(words) + _BEFOREHAND + SURE


def kept(lead: float, words: int) -> bool:
    """Tell whether words lead so far for a language that no vote can make one sure beside it."""
    return lead > strongest(words) + _BEFOREHAND - SURE


def sure_of(text: str, script: str) -> str | None:
    """Return the language that eldc is sure of, None where it is not."""
    result = _detector().detect_details(_clean(text))
    return _renamed(result.language, script) if result.reliable else None


def _renamed(code: str, script: str) -> str:
    return _KURDISH.get(script, "ku") if code == "ku" else code


def _clean(text: str) -> str:
    """Return the text without lone surrogates, which the detector does not take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def summed(found: Iterable[Evidence]) -> dict[str, float]:
    """Return the evidence of several words together."""
    total: dict[str, float] = {}
    for one in found:
        for language, weight in one.items():
            total[language] = total.get(language, 0.0) + weight
    return total


def guess(
    found: Sequence[Evidence], votes: Mapping[str, float], prior: Mapping[str, float]
) -> Guess:
    """Return the language that evidence, vote and the article's other segments speak for."""
    total = summed(found)
    for language, weight in votes.items():
        own = total.get(language, 0.0)
        total[language] = own + weight * (1.0 if own else _UNSECONDED)
    for language in total.keys() & _COMMONEST:
        total[language] += _COMMONEST[language]
    for language, weight in prior.items():
        total[language] = total.get(language, 0.0) + weight
    if not total:
        return Guess(UNDETERMINED, 0.0, 0.0)
    best = max(total.values())
    language = min(code for code, weight in total.items() if weight == best)
    second = max([weight for code, weight in total.items() if code != language], default=0.0)
    lead = best - second
    if best < _LEAST:
        return Guess(UNDETERMINED, 0.0, lead)
    return Guess(language, _confidence(lead, len(found)), lead)


def _confidence(lead: float, words: int) -> float:
    """Return 0.5 for no lead, towards 0.99 as the lead grows against the number of words."""
    return round(0.5 + 0.49 * (1.0 - math.exp(-lead / (1.0 + 0.1 * min(words, 30)))), 3)
