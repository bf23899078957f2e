"""Finds tolls: how many people came to which harm, in words or digits, and who they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from schemas import Count
from streams.entities import casualties_arabic, casualties_english
from streams.entities.candidate import Candidate, Passage
from streams.entities.casualties_lexicon import harm_openings, harm_pattern
from streams.entities.casualties_people import Item, items
from streams.entities.casualties_tokens import tokens
from streams.entities.casualties_toll import Toll

_GRAMMARS: dict[str, Callable[[Sequence[Item]], Iterator[Toll]]] = {
    "ar": casualties_arabic.tolls,
    "en": casualties_english.tolls,
}
_CONFIDENCE = {"N": 0.9, "S": 0.75, "P": 0.6, "X": 0.55, "U": 0.5, "M": 0.5}


def find_casualties(passages: Sequence[Passage]) -> list[Candidate]:
    """Return the tolls of the passages in order.

    A count that is part of another ("including three children") has ``part_of`` set to ``@``
    and the start of the total, which `annotate` turns into its id.
    """
    return [candidate for passage in passages for candidate in _found(passage)]


def _found(passage: Passage) -> Iterator[Candidate]:
    text = passage.folded.text
    harms = _harms(passage)
    if not harms:
        return
    seen: set[tuple[int, str]] = set()
    made: list[Candidate] = []
    for start, end in _sentences(passage):
        languages = {
            "en" if text[at].isascii() else "ar"
            for at in harms[bisect_left(harms, start) : bisect_left(harms, end)]
        }
        for language in sorted(languages):
            for toll in _tolls(passage, start, end, language):
                key = toll.group.start, toll.harm
                if key not in seen:
                    seen.add(key)
                    made.append(_candidate(passage, toll))
    yield from sorted(made, key=lambda c: (c.start, c.end))


def _harms(passage: Passage) -> list[int]:
    """Return the last letters of the words of harm."""
    text, pattern = passage.folded.text, harm_pattern()
    found: list[int] = []
    for start in passage.words.places(harm_openings()):
        match = pattern.match(text, start)
        if match is not None and not (found and start <= found[-1]):
            found.append(match.end() - 1)
    return found


def _sentences(passage: Passage) -> list[tuple[int, int]]:
    """Return the sentences of a passage as spans of its folded text."""
    folded = passage.folded
    spans = [
        (folded.folded(s.start - passage.start), folded.folded(s.end - passage.start))
        for s in passage.segment.sentences
    ]
    return spans or [(0, len(folded.text))]


def _tolls(passage: Passage, start: int, end: int, language: str) -> Iterator[Toll]:
    folded = passage.folded

    def capital(position: int) -> bool:
        return passage.text[folded.source(position)].isupper()

    run = items(tokens(folded.text, start, end, language, capital=capital), language)
    return _GRAMMARS[language](run)


def _candidate(passage: Passage, toll: Toll) -> Candidate:
    group = toll.group
    start, end = passage.span(group.start, group.end)
    part_of = None
    if toll.total is not None:
        part_of = f"@{passage.span(toll.total.start, toll.total.end)[0]}"
    least, best, most, qualifier = group.least, group.best, group.most, group.qualifier
    if toll.together:
        least, best, qualifier = None, None, "at_most" if most is not None else "unspecified"
    pronoun = group.tokens[-1].word.letter in "rT"
    return Candidate(
        start=start,
        end=end,
        type="casualty",
        confidence=0.5 if pronoun else _CONFIDENCE[group.letter],
        rule="casualty.pronoun" if pronoun else f"casualty.{toll.rule}",
        count=Count(
            harm=toll.harm,
            min=least,
            best=best,
            max=most,
            qualifier=qualifier,
            of=group.of,
            part_of=part_of,
            cumulative=toll.cumulative,
        ),
    )
