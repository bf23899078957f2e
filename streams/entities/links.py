"""Joins mentions of one person or organisation: الكاظمي after مصطفى الكاظمي is the same man.

Who no lexicon knows gets an id of the article's own making (``local:…``) and a name in Latin
script, so that two articles that spell the name alike agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas import Canonical
from streams.entities.candidate import Candidate, Passage
from streams.entities.keys import folded
from streams.entities.romanise import romanise
from streams.entities.senses import is_office
from streams.entities.words import Words

Layers = Sequence[Sequence[Candidate]]
NAMED = frozenset({"person", "organization", "armed_group", "security_force", "government"})
SURE = 0.9
"""Confidence from which a full name is looked for everywhere."""
_ARABIC = re.compile("[\u0620-\u06d3]")
_CLOSE = frozenset({" ", "، ", ", "})


@dataclass(slots=True, eq=False)
class _Known:
    """A person or organisation of the article: its longest name and what it is called."""

    type: str
    words: tuple[str, ...]
    text: str
    canonical: Canonical | None

    def includes(self, words: tuple[str, ...]) -> bool:
        """Whether ``words`` are part of the name, in order."""
        rest = iter(self.words)
        return all(word in rest for word in words)


_Register = dict[tuple[str, str], list[_Known]]
"""What the article names, by type and each word of the name."""


def link(passages: Sequence[Passage], layers: Layers) -> list[list[Candidate]]:
    """Return the layers with one canonical for all mentions of each person or organisation."""
    known: _Register = {}
    for passage, layer in zip(passages, layers, strict=True):
        for candidate in layer:
            if candidate.type in NAMED:
                _learn(known, candidate, text_of(passage, candidate))
    return [
        [_linked(known, candidate, passage) for candidate in layer]
        for passage, layer in zip(passages, layers, strict=True)
    ]


def titled(passage: Passage, layer: Sequence[Candidate]) -> list[Candidate]:
    """Return a passage's names with an office right before a person as that person's role."""
    found = list(layer)
    for at in range(len(found) - 2, -1, -1):
        office, person = found[at], found[at + 1]
        between = passage.text[office.end - passage.start : person.start - passage.start]
        if person.type != "person" or office.canonical is None or between not in _CLOSE:
            continue
        if office.type in NAMED and is_office(office.canonical.name):
            found[at : at + 2] = [replace(person, role=person.role or office.canonical.name)]
    return found


def text_of(passage: Passage, candidate: Candidate) -> str:
    """Return what the source writes for a candidate."""
    return passage.text[candidate.start - passage.start : candidate.end - passage.start]


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name without their articles (للشمري leaves شمري)."""
    return tuple(word.removeprefix("ال") or word for word in folded(text).split())


def _learn(known: _Register, candidate: Candidate, text: str) -> None:
    words = _words(text)
    if candidate.type != "person" and candidate.canonical is not None:
        return
    if len(words) < 2 and candidate.type == "person" and candidate.canonical is None:
        return
    made = _Known(candidate.type, words, text, candidate.canonical)
    for one in _sharing(known, candidate.type, words):
        longer = made.includes(one.words)
        if longer or one.includes(words):
            one.canonical = one.canonical or candidate.canonical
            if longer and len(words) > len(one.words):
                one.words, one.text = words, text
                _enter(known, one)
            return
    _enter(known, made)


def _enter(known: _Register, one: _Known) -> None:
    for word in one.words:
        beside = known.setdefault((one.type, word), [])
        if one not in beside:
            beside.append(one)


def _sharing(known: _Register, kind: str, words: tuple[str, ...]) -> list[_Known]:
    """Return what shares a word with a name, in the order in which it was learnt."""
    found: list[_Known] = []
    for word in words:
        found += (one for one in known.get((kind, word), ()) if one not in found)
    return found


def _linked(known: _Register, candidate: Candidate, passage: Passage) -> Candidate:
    if candidate.type not in NAMED or candidate.canonical is not None:
        return candidate
    text = text_of(passage, candidate)
    words = _words(text)
    same = next((k for k in _sharing(known, candidate.type, words) if k.includes(words)), None)
    if same is None:
        return replace(candidate, canonical=named(candidate.type, text))
    if same.canonical is None:
        same.canonical = named(candidate.type, same.text)
    return replace(candidate, canonical=same.canonical)


def named(kind: str, text: str) -> Canonical:
    """Return a canonical of the article's own making: a Latin name and an id made of it."""
    flat = " ".join(text.split())
    latin = romanise(flat) or flat
    slug = re.sub(r"[^a-z0-9]+", "-", folded(latin)).strip("-")
    return Canonical(
        id=f"local:{kind}-{slug or 'unnamed'}",
        name=latin,
        native_name=flat if _ARABIC.search(flat) else None,
    )


def repeated(
    passages: Sequence[Passage], runs: Sequence[Words], layers: Layers
) -> list[list[Candidate]]:
    """Return, by passage, further mentions of people whose full name some layer is sure of.

    The name may be cut short at its end (رغد صدام for رغد صدام حسين), to two words at least.
    """
    sure: dict[str, set[tuple[str, ...]]] = {}
    for passage, layer in zip(passages, layers, strict=True):
        for candidate in layer:
            if candidate.type == "person" and candidate.confidence >= SURE:
                words = tuple(folded(text_of(passage, candidate)).split())
                if len(words) > 1:
                    sure.setdefault(words[0], set()).add(words)
    if not sure:
        return [[] for _ in passages]
    return [
        [
            found
            for at, word in enumerate(run.texts)
            if word in sure and (found := _repeat(passage, run, at, sure))
        ]
        for passage, run in zip(passages, runs, strict=True)
    ]


def _repeat(
    passage: Passage, run: Words, at: int, sure: dict[str, set[tuple[str, ...]]]
) -> Candidate | None:
    length = 0
    for name in sure.get(run.texts[at], ()):
        same = 1
        while same < len(name) and run.joined(at + same) == name[same]:
            same += 1
        length = max(length, same)
    if length < 2:
        return None
    start, end = passage.span(run.starts[at], run.end(at + length - 1))
    return Candidate(start=start, end=end, type="person", confidence=0.93, rule="link.name")
