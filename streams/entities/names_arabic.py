"""Arabic names that no list has: the tagger's reading of an article, made consistent.

Who is named in full once is known by one of the names later, as Arabic news does
(``مصطفى الكاظمي``, then ``الكاظمي``).  In running text the prefixes و ف ب ك ل stay outside
a name; in text that was cut into words beforehand a name covers whole words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas.entity import EntityType
from streams.entities.candidate import Candidate, Passage
from streams.entities.names_lexicon import cues
from streams.entities.names_whole import cut_beforehand
from streams.entities.tagger import BREAK, Tagged, tagger
from streams.entities.tagger_words import stem

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|_|\n")
_ARABIC = re.compile("[\u0621-\u064a]{2}")
_OTHER_LANGUAGES = frozenset({"fa", "ckb", "ur", "ps", "ku", "sd", "ug", "azb"})
"""Languages of the Arabic script that the tagger was not taught."""
_TYPES: dict[str, EntityType] = {"PERS": "person", "LOC": "location", "ORG": "organization"}
_PREFIXES = frozenset({"و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"})


@dataclass(frozen=True, slots=True)
class Line:
    """The folded words of an article's Arabic passages in one sequence, in parallel lists.

    Two ``BREAK``s stand between sentences.
    """

    words: list[str]
    passages: list[int]
    """Number of the passage of each word; -1 for a break."""
    starts: list[int]
    """Offset of each word in its folded passage."""

    def part(self) -> None:
        """Put a break, unless there is one."""
        if self.words and self.words[-1] != BREAK:
            self.words.extend((BREAK, BREAK))
            self.passages.extend((-1, -1))
            self.starts.extend((0, 0))


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    return stem(word, tagger().table)


def readable(passage: Passage) -> bool:
    """Tell whether a passage holds Arabic that the tagger can read."""
    if passage.segment.language.split("-")[0] in _OTHER_LANGUAGES:
        return False
    return _ARABIC.search(passage.folded.text) is not None


def add(line: Line, number: int, passage: Passage, masked: Sequence[tuple[int, int]]) -> None:
    """Add the words of passage ``number`` to a line, without those in ``masked``."""
    folded = passage.folded
    even = len(folded.text) == len(passage.text)
    opens = sorted(span.start - passage.start for span in passage.segment.sentences)[1:]
    line.part()
    for match in _TOKEN.finditer(folded.text):
        start = match.start()
        at = start if even else folded.source(start)
        if masked and any(a <= at < b for a, b in masked):
            continue
        if opens and at >= opens[0]:
            line.part()
            opens = opens[bisect_right(opens, at) :]
        word = match.group()
        if word == BREAK:
            line.part()
        else:
            line.words.append(word)
            line.passages.append(number)
            line.starts.append(start)


def find_arabic(
    passages: Sequence[Passage], masks: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[Candidate]:
    """Yield the names that the tagger reads in the Arabic passages of one article."""
    line = Line([], [], [])
    for number, (passage, masked) in enumerate(zip(passages, masks, strict=True)):
        if readable(passage):
            add(line, number, passage, masked)
    if not line.words:
        return
    named = [_widened(line.words, t) for t in tagger().tag(line.words) if _is_arabic(line.words, t)]
    found = [(tagged, "model.arabic") for tagged in named]
    found += _again(line.words, named)
    whole = cut_beforehand(passages)
    seen = frozenset(line.words)
    for tagged, rule in found:
        first, last = tagged.first, tagged.last - 1
        word = line.words[first]
        cut = 0 if whole else prefix_length(word, seen)
        end = line.starts[last] + len(line.words[last])
        start, end = passages[line.passages[first]].span(line.starts[first] + cut, end)
        kind = _kind(tagged.label, _bare(word))
        yield Candidate(
            start=start, end=end, type=kind, confidence=tagged.confidence, rule=rule
        )  # fmt: skip


def _is_arabic(words: Sequence[str], tagged: Tagged) -> bool:
    """Tell whether a name is written in Arabic; names in Latin letters are read by pattern."""
    return any(_ARABIC.match(word) for word in words[tagged.first : tagged.last])


def _widened(words: Sequence[str], tagged: Tagged) -> Tagged:
    """Take in the rest of what an organisation is for (``هيئة للغذاء`` + ``والدواء``)."""
    inner = words[tagged.first + 1 : tagged.last]
    if tagged.label != "ORG" or not any(word.startswith("ل") for word in inner):
        return tagged
    last = tagged.last
    while last < len(words) and words[last].startswith("وال") and len(words[last]) > 5:
        last += 1
    return replace(tagged, last=last)


def _again(words: Sequence[str], found: Sequence[Tagged]) -> list[tuple[Tagged, str]]:
    """Return single words that are the last name of a person named in full elsewhere."""
    last = {
        _bare(words[t.last - 1])
        for t in found
        if t.label == "PERS" and t.last - t.first > 1 and t.confidence > 0.6
    }
    if not last:
        return []
    taken = {at for t in found for at in range(t.first, t.last)}
    return [
        (Tagged(at, at + 1, "PERS", 0.7), "model.arabic.again")
        for at, word in enumerate(words)
        if len(word) > 3 and at not in taken and _bare(word) in last
    ]


def prefix_length(word: str, seen: frozenset[str]) -> int:
    """Return how long the prefixes of a name's first word are, by the words of the article."""
    bare = _bare(word)
    if bare != word:
        return len(word) - len(bare) if word.endswith(bare) else len(word) - len(bare) + 2
    for cut in (1, 2):
        if word[:cut] in _PREFIXES and len(word) - cut > 2 and word[cut:] in seen:
            return cut
    return 0


def _kind(label: str, head: str) -> EntityType:
    """Return the product's type; the first word tells kinds of organisations and places."""
    if label == "PERS":
        return "person"
    ids = cues("arabic").ids
    bare = head.removeprefix("ال")
    if label == "LOC":
        return (
            "facility"
            if bare in ids["facility_head"] or head in ids["facility_head"]
            else "location"
        )
    for kind in ("government", "security_force", "armed_group"):
        if bare in ids[f"{kind}_head"] or head in ids[f"{kind}_head"]:
            return kind
    return "organization"
