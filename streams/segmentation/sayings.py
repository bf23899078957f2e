"""Finds the words of saying in a stretch of folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from streams.segmentation.cues import words

NAME_WORDS = 14
"""Words of the longest speaker: title, name and office."""

Found = tuple[tuple[int, int] | None, bool]
"""The span of a speaker's name, and whether there is a verb of saying at all."""

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _verbs(language: str) -> dict[str, str]:
    """Return the verb of saying by each word that it may be written as."""
    entries = words("reporting", language) | words("source", language)
    entries |= words("reporting_noun", language)
    prefixes = ("", "و", "ف", "س", "وس", "فس") if language == "ar" else ("",)
    return {p + entry: entry for p in reversed(prefixes) for entry in entries if " " not in entry}


@cache
def _phrases(language: str) -> dict[str, tuple[str, ...]]:
    """Return what brings a speaker in several words, by its last word."""
    entries = sorted(e for e in words("source", language) if " " in e)
    return {
        e.split()[-1]: tuple(x for x in entries if x.endswith(" " + e.split()[-1])) for e in entries
    }


def verbs_in(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and dictionary form of what brings a speaker, the nearest first."""
    verbs, phrases = _verbs(language), _phrases(language)
    seen: list[str] = _WORD.findall(text)
    if verbs.keys().isdisjoint(seen) and phrases.keys().isdisjoint(seen):
        return
    start = len(text)
    for word in reversed(seen):
        start = text.rfind(word, 0, start)
        end = start + len(word)
        if word in verbs:
            yield start, end, verbs[word]
        for phrase in phrases.get(word, ()):
            if text.endswith(phrase, 0, end):
                yield end - len(phrase), end, phrase
