"""Divides a segment that mixes languages into stretches, by the best path through its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from streams.translation.evidence import Evidence, scripts_of_languages
from streams.translation.identify import summed
from streams.translation.scripts import is_name_like, script_of, scripts

RIVAL = 3.5
"""Evidence that words outside the main language must gather before a segment is divided."""
_STRANGE_WORD = 0.7
_STRANGE_NAME = 0.1
"""Cost of a word, or a capitalised one, in a script that its language is not written in."""
_SENTENCE = re.compile(r"[.!?؟。！？…۔\n][\"'”’»)\]]*\s|\n|[。！？]")
_QUOTE = re.compile(r"[\"“”„«»‟‹›()\[\]:;؛—–|]|\s-\s")
_COMMA = re.compile(r"[,،、/]")
_COSTS = ((_SENTENCE, 1.6), (_QUOTE, 2.2), (_COMMA, 3.2))
_ELSEWHERE = 4.5
"""Cost of a change of language: cheapest between sentences, then at quotation marks."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets in the segment and what it says."""

    text: str
    start: int
    end: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive words of one language: ``words[first:last]``."""

    language: str
    first: int
    last: int


def rivals(found: Sequence[Evidence], main: str) -> list[str]:
    """Return the languages that words which do not speak for ``main`` speak for."""
    others = summed(one for one in found if one and main not in one)
    strong = [(weight, language) for language, weight in others.items() if weight >= RIVAL]
    return [language for _, language in sorted(strong, reverse=True)[:3]]


def divide(
    text: str, words: Sequence[Word], languages: Sequence[str], clauses: Sequence[Evidence]
) -> list[Stretch]:
    """Return the words as stretches of the languages, at the least cost (Viterbi).

    ``clauses`` gives for each word its share of the vote on its sentence.
    """
    costs = [_emission(word, languages) for word in words]
    for row, clause in zip(costs, clauses, strict=True):
        for at, language in enumerate(languages):
            row[at] -= clause.get(language, 0.0)
    path = _best_path(costs, [_change(text, words, at) for at in range(len(words))])
    stretches: list[Stretch] = []
    for at, state in enumerate(path):
        if stretches and stretches[-1].language == languages[state]:
            stretches[-1] = Stretch(languages[state], stretches[-1].first, at + 1)
        else:
            stretches.append(Stretch(languages[state], at, at + 1))
    return stretches


def _emission(word: Word, languages: Sequence[str]) -> list[float]:
    script = script_of(word.text[0])
    cased = script in scripts() and scripts()[script].cased
    strange = _STRANGE_NAME if cased and is_name_like(word.text) else _STRANGE_WORD
    written = scripts_of_languages()
    return [
        (0.0 if _writes(written.get(language, script), script) else strange)
        - word.evidence.get(language, 0.0)
        for language in languages
    ]


def _writes(own: str, script: str) -> bool:
    return own == script or (own == "Kana" and script == "Hani")


def _change(text: str, words: Sequence[Word], at: int) -> float:
    if at == 0:
        return 0.0
    gap = text[words[at - 1].end : words[at].start]
    return next((cost for pattern, cost in _COSTS if pattern.search(gap)), _ELSEWHERE)


def _best_path(costs: Sequence[Sequence[float]], changes: Sequence[float]) -> list[int]:
    best = list(costs[0])
    back: list[list[int]] = []
    for row, change in zip(costs[1:], changes[1:], strict=True):
        cheapest = min(range(len(best)), key=best.__getitem__)
        came = [at if best[at] <= best[cheapest] + change else cheapest for at in range(len(row))]
        best = [
            row[at] + (best[at] if came[at] == at else best[cheapest] + change)
            for at in range(len(row))
        ]
        back.append(came)
    path = [min(range(len(best)), key=best.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def cut(text: str, left: int, right: int) -> int:
    """Return where a gap between two stretches is cut: marks stay with the words they touch."""
    gap = text[left:right]
    space = re.search(r"\s", gap)
    if space:
        return left + space.start()
    opening = re.search(r"[\"“„«‟‹(\[]", gap)
    return left + opening.start() if opening else right
