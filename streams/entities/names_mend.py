"""Mends the spans of names that the Arabic tagger read, by rules of the language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from streams.entities.names_lexicon import cues
from streams.entities.tagger import Tagged
from streams.entities.tagger_words import FLAGS, WordTable, stem

_BORNE = sum(1 << FLAGS.index(name) for name in ("surname", "full_last"))
_KUNYA = ("ابو", "ابي", "ابا")
_SEEN = 104
"""Frequency (Zipf scale times 20) up to which a word with the article is taken for a surname."""
_SURE = 0.6
"""Confidence from which a name is remembered."""
_SHARE = 0.2
"""Share of a word's uses in the article that must be names."""
_FAR = 1.5
"""How much more another label must be given to a name for it to take that label."""
_EVERYDAY = 90
"""Frequency (Zipf scale times 20) from which a word is everyday language."""
_GIVEN = sum(1 << FLAGS.index(name) for name in ("given", "full_first"))


def mended(
    words: Sequence[str], tagged: Tagged, table: WordTable, written: Callable[[int], str]
) -> Iterator[Tagged]:
    """Yield the name or the names that a reading holds; ``written`` gives a word's own spelling."""
    if tagged.label == "ORG":
        tagged = _widened(words, tagged)
    parts = _people(words, tagged, table) if tagged.label == "PERS" else [tagged]
    for part in parts:
        trimmed = _trimmed(words, part)
        if (
            part.label == "PERS"
            and trimmed.first < trimmed.last
            and written(trimmed.first) == "على"
        ):
            trimmed = replace(trimmed, first=trimmed.first + 1)
        if any("\u0620" < word[0] < "\u06d4" for word in words[trimmed.first : trimmed.last]):
            yield trimmed


def _widened(words: Sequence[str], tagged: Tagged) -> Tagged:
    """Take in the rest of what an organisation is for (``هيئة للغذاء`` + ``والدواء``)."""
    inner = words[tagged.first + 1 : tagged.last]
    if not any(word.startswith("ل") for word in inner):
        return tagged
    last = tagged.last
    while last < len(words) and words[last].startswith("وال") and len(words[last]) > 5:
        last += 1
    return replace(tagged, last=last)


def _people(words: Sequence[str], tagged: Tagged, table: WordTable) -> list[Tagged]:
    """Part people who are joined by a prefix (``سامي عمر ونادر حسن``, ``من سامي لنادر``)."""
    cuts = [at for at in range(tagged.first + 1, tagged.last) if _begins(words, at, tagged, table)]
    if not cuts:
        return [tagged]
    edges = [tagged.first, *cuts, tagged.last]
    return [replace(tagged, first=a, last=b) for a, b in pairwise(edges)]


def _begins(words: Sequence[str], at: int, tagged: Tagged, table: WordTable) -> bool:
    """Tell whether the word at ``at``, inside a person's name, begins another one."""
    word = words[at]
    if word[0] not in "ولب" or len(word) < 4:
        return False
    bare = stem(word, table)
    if bare != word:
        own = word[0] != "و" and table.mark(word)
        return not own and bool(table.mark(bare) & _GIVEN)
    unknown = word not in table.rows
    return word[0] == "و" and unknown and at - tagged.first > 1 and at + 1 < tagged.last


def _trimmed(words: Sequence[str], tagged: Tagged) -> Tagged:
    """Leave out marks at either end."""
    first, last = tagged.first, tagged.last
    while first < last and not words[first][0].isalnum():
        first += 1
    while first < last and not words[last - 1][0].isalnum():
        last -= 1
    whole = (first, last) == (tagged.first, tagged.last)
    return tagged if whole else replace(tagged, first=first, last=last)


def kunyas(words: Sequence[str], taken: set[int], table: WordTable) -> Iterator[Tagged]:
    """Yield names such as ``أبو علي`` and ``أبو علي العسكري`` outside the places ``taken``."""
    fathers = {w for w in set(words) if w.endswith(_KUNYA) and stem(w, table) in _KUNYA}
    if not fathers:
        return
    for at, word in enumerate(words[:-1]):
        if word not in fathers:
            continue
        if not _may_name(words[at + 1], table):
            continue
        last = at + 2
        if last < len(words) and words[last].startswith("ال") and table.use(words[last]) < _SEEN:
            last += 1 if table.mark(words[last]) & _BORNE else 0
        if taken.isdisjoint(range(at, last)):
            yield Tagged(at, last, "PERS", 0.65)


def _may_name(word: str, table: WordTable) -> bool:
    """Tell whether a word can follow ``أبو``; in the fold the name علي is the word على too."""
    named = len(word) > 2 and bool(table.mark(word) & _GIVEN)
    return named and (word == "علي" or word not in _cue_words())


def remembered(
    words: Sequence[str], names: Sequence[Tagged], bare: Callable[[str], str], table: WordTable
) -> list[Tagged]:
    """Return the names and, as names too, words that the article uses as names elsewhere.

    A name of one word is remembered as it was read most; a person also by the last name.
    Everyday words are not remembered.
    """
    votes: dict[str, dict[str, float]] = {}
    for name in names:
        alone = name.last - name.first == 1
        if name.confidence >= _SURE and (alone or name.label == "PERS"):
            key = bare(words[name.last - 1])
            tally = votes.setdefault(key, {})
            tally[name.label] = tally.get(name.label, 0.0) + name.confidence
    if not votes:
        return list(names)
    counts = Counter(words)
    asked = {word: key for word in counts if (key := bare(word)) in votes}
    uses: Counter[str] = Counter()
    for word, key in asked.items():
        uses[key] += counts[word]
    known = {
        key: max(tally, key=tally.__getitem__)
        for key, tally in votes.items()
        if max(tally.values()) >= uses[key] * _SHARE and len(key) > 2 and table.use(key) < _EVERYDAY
    }
    again = {word: known[key] for word, key in asked.items() if key in known}
    taken = {at for name in names for at in range(name.first, name.last)} if again else set()
    return [
        *(_as_elsewhere(name, votes.get(bare(words[name.first]))) for name in names),
        *(
            Tagged(at, at + 1, again[word], 0.6)
            for at, word in enumerate(words)
            if word in again and at not in taken
        ),
    ]


@cache
def _cue_words() -> frozenset[str]:
    """Return words that stand beside names and are none: titles, verbs of saying, particles."""
    kinds = cues("arabic").kinds
    return frozenset(word for kind in ("title", "say", "kin", "stop") for word in kinds[kind])


def _as_elsewhere(name: Tagged, votes: dict[str, float] | None) -> Tagged:
    """Give a name of one word the label that most of the article gives it."""
    if votes is None or name.last - name.first > 1:
        return name
    label = max(votes, key=votes.__getitem__)
    far = votes[label] > _FAR * votes.get(name.label, 0.0)
    return replace(name, label=label) if far else name
