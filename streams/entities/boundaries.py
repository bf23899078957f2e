"""Where an Arabic name begins and ends: words for its kind and epithets stand outside.

``مدينة غزة`` and ``جنوب لبنان`` tell of a city and of a part of a country; the name is what
follows.  A word is left out only where what remains is a name by itself, so that
``مدينة الصدر`` stays whole.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from streams.entities.candidate import Passage
from streams.entities.match import Match
from streams.entities.wordlists import cue
from streams.entities.words import Words


def bared(
    passage: Passage,
    run: Words,
    match: Match,
    kinds: frozenset[str],
    named: Callable[[str], bool],
) -> tuple[int, int]:
    """Return a match's span without words of ``kinds`` before, and epithets after, a name.

    ``named`` tells whether a key is a name; ``run`` are the words of the passage.
    """
    words = match.key.split(" ")
    inner = words[1:]
    tail = sum(1 for _ in takewhile(cue("epithet_outside").__contains__, reversed(inner)))
    head = sum(1 for _ in takewhile(kinds.__contains__, words[: len(words) - tail - 1]))
    for first, last in ((head, tail), (head, 0), (0, tail)):
        if (first or last) and named(" ".join(words[first : len(words) - last])):
            start, end = passage.span(run.starts[match.first + first], run.end(match.last - last))
            return start if first else match.start, end if last else match.end
    return match.start, match.end
