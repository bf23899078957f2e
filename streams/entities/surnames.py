"""Surnames of people whom an Arabic article names in full elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from streams.entities.candidate import Candidate, Passage
from streams.entities.keys import folded
from streams.entities.lexicon import Lexicon
from streams.entities.links import text_of
from streams.entities.tagger import tagger
from streams.entities.tagger_words import FLAGS
from streams.entities.wordlists import listed
from streams.entities.words import Words

Layers = Sequence[Sequence[Candidate]]
AGAIN = 0.75
"""Confidence of a surname found again."""
LIKELY = 0.6
"""Confidence from which a full name lends its surname."""
_EVERYDAY = 90
"""Frequency (Zipf scale times 20) from which a word is everyday language, no surname alone."""
_BORNE = sum(1 << at for at, name in enumerate(FLAGS) if name.startswith(("given", "sur", "full")))
_HALVES = frozenset({"الله", "الدين", "الرحمن", "الاسلام", "الحق"})
"""Second halves of compound names (نصر الله, صلاح الدين), which are no names alone."""
_ARABIC = re.compile("[\u0620-\u06d3]")


def again(
    passage: Passage, words: Words, layer: Sequence[Candidate], forms: Mapping[str, int]
) -> Iterator[Candidate]:
    """Yield the Arabic surnames of people named in full elsewhere, where nothing else stands.

    ``forms`` are the surnames as `surnames_of` gives them.
    """
    if forms.keys().isdisjoint(words.texts):
        return
    for at, word in enumerate(words.texts):
        cut = forms.get(word)
        if cut is None:
            continue
        start, end = passage.span(words.starts[at] + cut, words.end(at))
        if not any(c.start < end and start < c.end for c in layer):
            yield Candidate(
                start=start, end=end, type="person", confidence=AGAIN, rule="link.surname"
            )


def joined(passage: Passage, layer: Sequence[Candidate]) -> list[Candidate]:
    """Return the names of a passage with a surname right after a person as part of the name."""
    found: list[Candidate] = []
    for candidate in layer:
        if candidate.rule == "link.surname" and found and found[-1].type == "person":
            between = passage.text[found[-1].end - passage.start : candidate.start - passage.start]
            if between == " ":
                found[-1] = replace(found[-1], end=candidate.end)
                continue
        found.append(candidate)
    return found


def surnames_of(passages: Sequence[Passage], layers: Layers, lexicon: Lexicon) -> dict[str, int]:
    """Return the last words of Arabic full names that mean nothing else.

    Each is given in the forms that a text may write, with the letters prefixed to it.
    """
    found = set()
    for passage, layer in zip(passages, layers, strict=True):
        for candidate in layer:
            if candidate.type == "person" and candidate.confidence >= LIKELY:
                words = folded(text_of(passage, candidate)).split()
                if (
                    len(words) > 1
                    and words[-1] not in _HALVES
                    and _ARABIC.search(words[-1])
                    and len(words[-1]) > 3
                ):
                    found.add(words[-1])
    forms: dict[str, int] = {}
    for word in found:
        bare = word.removeprefix("ال")
        if word in lexicon.senses or bare in lexicon.senses or not _stands_alone(word):
            continue
        forms |= {prefix + word: len(prefix) for prefix in ("و", "ف", "ب", "ل", "ك", "")}
        if bare != word:
            forms["لل" + bare] = 2
    return forms


def _stands_alone(word: str) -> bool:
    """Tell whether a last name may stand for its bearer: it is rare, or borne by people."""
    table = tagger().table
    borne = word not in table.rows or bool(table.mark(word) & _BORNE)
    return borne and table.use(word) < _EVERYDAY and word not in listed("common_ar")
