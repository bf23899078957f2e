"""Places in Latin script that no list has, told by the word after them: "Breiha village"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.entities.candidate import Candidate
from streams.entities.match import Match
from streams.entities.mention import Text
from streams.entities.wordlists import cue, listed
from streams.entities.words import Words

MOST = 4
"""Words of a name."""


def find_unlisted(text: Text, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield capitalised names before a word for a kind of place, where no place is ``known``."""
    run, kinds = text.words, cue("kind_after")
    if kinds.isdisjoint(run.texts):
        return
    for at, word in enumerate(run.texts):
        if word not in kinds or run.capital(at) or not run.joint(at):
            continue
        first = _start(run, at)
        if first == at or not _names(run, first, at, text.matches):
            continue
        start, end = text.passage.span(run.starts[first], run.end(at - 1))
        if any(k.start < end and start < k.end for k in known):
            continue
        before = run.text(first - 1)
        led = before in cue("inside_before") or before in cue("toward_before")
        yield Candidate(
            start=start, end=end, type="location", confidence=0.85 if led else 0.65,
            rule="place.kind_after",
        )  # fmt: skip


def _start(run: Words, at: int) -> int:
    """Return where the name that ends before ``at`` starts; ``at`` where there is none."""
    first = at
    while first and at - first < MOST and run.joint(first):
        word = run.texts[first - 1]
        inner = word in cue("name_inner") and first < at and first > 1
        if word in cue("function") or not (run.capital(first - 1) or inner):
            break
        first -= 1
    while first < at and not run.capital(first):
        first += 1
    return first


def _names(run: Words, first: int, last: int, matches: Sequence[Match]) -> bool:
    """Whether a run of words may be the name of a place: no people, title or month."""
    if any(m.first <= last - 1 and first <= m.last and _taken(m) for m in matches):
        return False
    words = run.texts[first:last]
    return not (words[0] in cue("person_before") or set(words) <= listed("never_en"))


def _taken(match: Match) -> bool:
    return any(sense.entry.spot is None for sense in match.senses)
