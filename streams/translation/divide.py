"""Divides a segment that mixes languages into stretches, by the best path through its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from streams.translation.evidence import UNSPACED, Evidence, evidence, scripts_of_languages
from streams.translation.scripts import is_name_like, script_of, scripts

RIVAL = 3.5
"""Evidence that words outside the main language must gather before a segment is divided."""
_STRANGE_WORD = 0.7
_STRANGE_NAME = 0.1
"""Cost of a word, or a capitalised one, in a script that its language is not written in."""
_LEAST_WORDS = 3
"""A stretch of fewer words, or of fewer times two letters in a script without spaces, is a name."""
_SENTENCE = re.compile(r"[.!?؟。！？…۔\n][\"'”’»)\]]*\s|\n|[。！？]")
_QUOTE = re.compile(r"[\"“”„«»‟‹›:;؛—–|]|\s-\s")
_BRACKET = re.compile(r"[()\[\]]")
_COMMA = re.compile(r"[,،、/]")
_COSTS = ((_SENTENCE, 1.6), (_BRACKET, 3.2), (_QUOTE, 2.2), (_COMMA, 3.2))
_ELSEWHERE = 4.5
"""Cost of a change of language: cheapest between sentences, then at quotation marks;
brackets hold names more often than sentences."""


class Word(NamedTuple):
    """A word with its offsets in the segment."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive words of one language: ``words[first:last]``."""

    language: str
    first: int
    last: int


def rivals(words: Sequence[str], margins: Sequence[float], main: str) -> list[str]:
    """Return the languages that words speak for more than they do for ``main``, at most three.

    ``margins`` tell how far each word speaks for ``main`` before any other.
    """
    if -sum([margin for margin in margins if margin < 0]) < RIVAL:
        return []
    others: dict[str, float] = {}
    for word, margin in zip(words, margins, strict=True):
        if margin >= 0:
            continue
        said = evidence(word)
        own = said.get(main, 0.0)
        for language, weight in said.items():
            if weight > own:
                others[language] = others.get(language, 0.0) + weight - own
    strong = [(weight, language) for language, weight in others.items() if weight >= RIVAL]
    return [language for _, language in sorted(strong, reverse=True)[:3]] if strong else []


def divide(
    text: str, words: Sequence[Word], languages: Sequence[str], clauses: Sequence[Evidence]
) -> list[Stretch]:
    """Return the words as stretches of the languages, at the least cost (Viterbi).

    ``clauses`` gives for each word its share of the vote on its sentence.
    """
    asked = tuple(languages)
    costs = [list(_emission(word.text, asked)) for word in words]
    for row, clause in zip(costs, clauses, strict=True):
        for at, language in enumerate(languages):
            row[at] -= clause.get(language, 0.0)
    path = _best_path(costs, [_change(text, words, at) for at in range(len(words))])
    if path.count(path[0]) == len(path):
        return [Stretch(languages[path[0]], 0, len(words))]
    return _joined(_without_names(_stretches(languages, path), words))


def _stretches(languages: Sequence[str], path: Sequence[int]) -> list[Stretch]:
    return _joined([Stretch(languages[state], at, at + 1) for at, state in enumerate(path)])


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches with neighbours of one language made one."""
    joined: list[Stretch] = []
    for one in stretches:
        if joined and joined[-1].language == one.language:
            joined[-1] = Stretch(one.language, joined[-1].first, one.last)
        else:
            joined.append(one)
    return joined


def _without_names(stretches: Sequence[Stretch], words: Sequence[Word]) -> list[Stretch]:
    """Give one or two words in another script than their neighbour's to the neighbour.

    A language that has a longer stretch elsewhere in the segment keeps its short ones.
    """
    kept = list(stretches)
    written = scripts_of_languages()
    said = {one.language for one in kept if _length(one, words) >= _LEAST_WORDS}
    for at, one in enumerate(kept):
        beside = kept[at - 1] if at else kept[min(1, len(kept) - 1)]
        if one.language not in said and written.get(one.language) != written.get(beside.language):
            kept[at] = Stretch(beside.language, one.first, one.last)
    return kept


def _length(stretch: Stretch, words: Sequence[Word]) -> float:
    """Return the words of a stretch that are in its own script and no names."""
    script = scripts_of_languages().get(stretch.language, "")
    own = [word.text for word in words[stretch.first : stretch.last] if _tells(word.text, script)]
    return len("".join(own)) / 2 if script in UNSPACED else len(own)


@lru_cache(maxsize=16_384)
def _emission(word: str, languages: tuple[str, ...]) -> tuple[float, ...]:
    script = script_of(word[0])
    cased = script in scripts() and scripts()[script].cased
    strange = _STRANGE_NAME if cased and is_name_like(word) else _STRANGE_WORD
    written, said = scripts_of_languages(), evidence(word)
    return tuple(
        (0.0 if _writes(written.get(language, script), script) else strange)
        - said.get(language, 0.0)
        for language in languages
    )


def _writes(own: str, script: str) -> bool:
    return own == script or (own == "Kana" and script == "Hani")


def _tells(word: str, script: str) -> bool:
    return _writes(script, script_of(word[0])) and not is_name_like(word)


def _change(text: str, words: Sequence[Word], at: int) -> float:
    if at == 0:
        return 0.0
    return _crossing(text[words[at - 1].end : words[at].start])


@lru_cache(maxsize=2_048)
def _crossing(gap: str) -> float:
    return next((cost for pattern, cost in _COSTS if pattern.search(gap)), _ELSEWHERE)


def _best_path(costs: Sequence[Sequence[float]], changes: Sequence[float]) -> list[int]:
    best = list(costs[0])
    back: list[list[int]] = []
    for row, change in zip(costs[1:], changes[1:], strict=True):
        least = min(best)
        cheapest, changed = best.index(least), least + change
        came: list[int] = []
        reached: list[float] = []
        for at, cost in enumerate(row):
            stays = best[at] <= changed
            came.append(at if stays else cheapest)
            reached.append(cost + (best[at] if stays else changed))
        best = reached
        back.append(came)
    path = [best.index(min(best))]
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
