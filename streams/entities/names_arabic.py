"""Arabic names that no list has: the tagger's reading of an article, as spans of its text.

In running text the prefixes و ف ب ك ل stay outside
a name; in text that was cut into words beforehand a name covers whole words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from schemas.entity import EntityType
from streams.entities.candidate import Candidate, Passage
from streams.entities.names_lexicon import cues
from streams.entities.names_mend import kunyas, mended, remembered
from streams.entities.names_whole import cut_beforehand
from streams.entities.tagger import BREAK, tagger
from streams.entities.tagger_words import stem

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|_|\n")
_ARABIC = re.compile("[\u0621-\u064a]{2}")
_OTHER_LANGUAGES = frozenset({"fa", "ckb", "ur", "ps", "ku", "sd", "ug", "azb"})
"""Languages of the Arabic script that the tagger was not taught."""
_TYPES: dict[str, EntityType] = {"PERS": "person", "LOC": "location", "ORG": "organization"}
_PREFIXES = frozenset({"و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"})


@dataclass(slots=True)
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

    def add(self, passage: int, words: Sequence[str], starts: Sequence[int]) -> None:
        """Add words of a passage that stand in one sentence."""
        self.words.extend(words)
        self.passages.extend([passage] * len(words))
        self.starts.extend(starts)


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    return stem(word, tagger().table)


def readable(passage: Passage) -> bool:
    """Tell whether a passage holds Arabic that the tagger can read."""
    if passage.folded.text.isascii():
        return False
    if passage.segment.language.split("-")[0] in _OTHER_LANGUAGES:
        return False
    return _ARABIC.search(passage.folded.text) is not None


def add(line: Line, number: int, passage: Passage, masked: Sequence[tuple[int, int]]) -> None:
    """Add the words of passage ``number`` to a line, without those in ``masked``."""
    words, starts = _tokens(passage)
    if masked:
        words, starts = _shown(passage, words, starts, masked)
    line.part()
    first = 0
    for cut in _cuts(passage, words, starts):
        line.add(number, words[first:cut], starts[first:cut])
        line.part()
        first = cut + (words[cut] == BREAK)
    line.add(number, words[first:], starts[first:])


def _tokens(passage: Passage) -> tuple[list[str], list[int]]:
    """Return the words, numbers and marks of a passage and where they start."""
    run = passage.words
    words: list[str] = []
    starts: list[int] = []
    if not run.plain:
        for match in TOKEN.finditer(passage.folded.text):
            words.append(match.group())
            starts.append(match.start())
        return words, starts
    for text, start, gap in zip(run.texts, run.starts, run.gaps, strict=False):
        if gap != " ":
            _marks(gap, start - len(gap), words, starts)
        words.append(text)
        starts.append(start)
    gap = run.gaps[-1]
    _marks(gap, len(passage.folded.text) - len(gap), words, starts)
    return words, starts


def _marks(gap: str, start: int, words: list[str], starts: list[int]) -> None:
    """Add the marks that stand between two words."""
    for at, mark in enumerate(gap, start):
        if mark == BREAK or not mark.isspace():
            words.append(mark)
            starts.append(at)


def _shown(
    passage: Passage,
    words: Sequence[str],
    starts: Sequence[int],
    masked: Sequence[tuple[int, int]],
) -> tuple[list[str], list[int]]:
    """Return the words that do not start in a masked stretch of the passage's own text."""
    hidden = sorted(masked)
    reach = list(accumulate([end for _, end in hidden], max))
    shown = []
    for at, start in enumerate(starts):
        source = passage.folded.source(start)
        before = bisect_right(hidden, source, key=itemgetter(0))
        if not before or source >= reach[before - 1]:
            shown.append(at)
    return [words[at] for at in shown], [starts[at] for at in shown]


def _cuts(passage: Passage, words: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Return at which words a sentence ends: where the next one starts, and at line breaks."""
    sentences = passage.segment.sentences
    if len(sentences) < 2 and BREAK not in words:
        return []
    opens = sorted([passage.folded.folded(span.start - passage.start) for span in sentences])[1:]
    cuts = {bisect_left(starts, at) for at in opens} - {len(words)}
    return sorted(cuts | {at for at, word in enumerate(words) if word == BREAK})


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

    def written(at: int) -> str:
        passage, start = passages[line.passages[at]], line.starts[at]
        begin, end = passage.folded.source_span(start, start + len(line.words[at]))
        return passage.text[begin:end]

    whole = cut_beforehand(passages)
    seen = frozenset(line.words)
    model = tagger()
    names = [
        name
        for reading in model.tag(line.words)
        for name in mended(line.words, reading, model.table, written)
    ]
    taken = {at for name in names for at in range(name.first, name.last)}
    names += kunyas(line.words, taken, model.table)
    for name in remembered(line.words, names, _bare, model.table):
        word, last = line.words[name.first], name.last - 1
        cut = 0 if whole else prefix_length(word, seen)
        start, end = passages[line.passages[name.first]].span(
            line.starts[name.first] + cut, line.starts[last] + len(line.words[last])
        )
        yield Candidate(
            start=start, end=end, type=_kind(name.label, _bare(word)),
            confidence=name.confidence, rule="model.arabic",
        )  # fmt: skip


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
