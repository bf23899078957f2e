"""Reads one segment: its script, the language of its words, and its stretches where it mixes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas import Segment
from streams.translation.divide import Stretch, Word, cut, divide, rivals
from streams.translation.evidence import Evidence, evidence, listed
from streams.translation.identify import (
    SURE,
    UNDETERMINED,
    Guess,
    guess,
    kept,
    settled,
    sure_of,
    vote,
)
from streams.translation.margins import margin_of
from streams.translation.masking import hashtag_words, masked
from streams.translation.plain import plain_arabic
from streams.translation.scripts import (
    NONE,
    is_name_like,
    script_of,
    scripts,
    word_pattern,
    words_of,
)

_SENTENCES = re.compile(r"[.!?؟。！？…۔]+[\"'”’»)\]]*\s|\n|[。！？]")
_ENDS, _STRONG_ENDS = ".!?؟…۔", "\n。！？"
"""What ends a sentence where white space follows, and what ends one by itself."""
_CLAUSES = re.compile(rf"{_SENTENCES.pattern}|[\"“”„«»()\[\]:؛;]")
_FEW = 3
"""So many words, or fewer, lean on the article's other segments."""
_PLAIN = 0.99
"""How sure a language is that needs no vote."""
_COMMONEST = {"Latn": "en", "Arab": "ar"}
"""The languages most of the news comes in."""
_NAMES = 4
"""So many capitalised words, or fewer, may be nothing but names."""


class Source(NamedTuple):
    """A text that segments are of, and which marks it has of what is no language."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one language, offsets in the source."""

    start: int
    end: int
    language: str
    script: str
    letters: int


@dataclass(slots=True)
class Reading:
    """What a segment's words say: its main language, and its parts where it mixes several."""

    language: str
    script: str
    confidence: float
    letters: int
    parts: tuple[Part, ...] = ()
    sure: bool = False
    """Whether it may vouch for the article's unsure segments."""
    names: bool = False
    """Whether it holds only names, so that no language can be told."""


NOTHING = Reading(UNDETERMINED, NONE, 1.0, 0)
"""No letters at all."""


def read(source: Source, segment: Segment, prior: Mapping[str, Evidence]) -> Reading:
    """Return the reading of a segment; ``prior`` gives the article's languages by script."""
    text = masked(source.text, segment, source.marks)
    plain = plain_arabic(text)
    if plain:
        return Reading("ar", "Arab", _PLAIN, plain, sure=True)
    found = words_of(text)
    if not found:
        return _read_hashtags(hashtag_words(source.text, segment), prior)
    mixed = not text.isascii() and len(_found_in(found)) > 1
    script = _weighed_script(found) if mixed else _written(_script(found[0]))
    whole = _whole(found, script, text, prior, mixed=mixed)
    margins = list(map(margin_of(whole.language), found))
    others = rivals(found, margins, whole.language) + _strangers(text, whole)
    if mixed:
        others += _other_scripts(found, script)
    if not others:
        return whole
    parts = _parts(text, segment, [whole.language, *dict.fromkeys(others)])
    return _mixed(whole, parts) if parts else whole


def _read_hashtags(text: str, prior: Mapping[str, Evidence]) -> Reading:
    found = words_of(text)
    if not found:
        return NOTHING
    script = _main_script(_letters(found))
    return _whole(found, script, text, prior, mixed=len(_found_in(found)) > 1)


def _script(word: str) -> str:
    return script_of(word[0])


def _found_in(words: Sequence[str]) -> set[str]:
    return {script_of(first) for first in {word[0] for word in words}}


def _letters(words: Sequence[str]) -> dict[str, int]:
    """Return how many letters each script has."""
    found = _found_in(words)
    if len(found) == 1:
        return {found.pop(): len("".join(words))}
    counted = dict.fromkeys(sorted(found), 0)
    for word in words:
        counted[_script(word)] += len(word)
    return counted


def _main_script(counted: Mapping[str, int]) -> str:
    script = max(counted, key=lambda code: (counted[code], code))
    return "Jpan" if "Kana" in counted and script == "Hani" else _written(script)


def _written(script: str) -> str:
    """Return the script of a text all in one; kana alone is Japanese."""
    return "Jpan" if script == "Kana" else script


def _weighed_script(words: Sequence[str]) -> str:
    """Return the script of most letters, names left out where other words are left."""
    return _main_script(_letters([word for word in words if not is_name_like(word)] or words))


def _whole(
    words: Sequence[str], script: str, text: str, prior: Mapping[str, Evidence], *, mixed: bool
) -> Reading:
    """Return the reading of words as one language; no vote is asked where words settle it."""
    letters = len("".join(words))
    written = [word for word in words if _of(word, script)] if mixed else words
    language = _COMMONEST.get(script)
    if language and len(written) > _FEW:
        lead = sum(map(margin_of(language), written))
        if settled(lead, len(written)):
            return Reading(language, script, _PLAIN, letters, sure=True)
    own = [evidence(word) for word in written]
    votes = vote(text, len(own), script)
    best = guess(own, votes, {})
    sure = best.lead >= SURE and len(own) > _FEW
    if not sure and prior.get(script):
        best = guess(own, votes, prior[script])
    names = not sure and not prior.get(script) and _only_names(words, script)
    language = UNDETERMINED if names else best.language
    return Reading(language, script, _confidence(best, names=names), letters, (), sure, names)


def _confidence(best: Guess, *, names: bool) -> float:
    return 0.5 if names else best.confidence


def _of(word: str, script: str) -> bool:
    own = _script(word)
    return own == script or (script == "Jpan" and own in {"Hani", "Kana"})


def _only_names(words: Sequence[str], script: str) -> bool:
    """Return whether a few capitalised words hold none that a language lists."""
    return (
        script in scripts()
        and scripts()[script].cased
        and len(words) <= _NAMES
        and not (len(words) > 1 and all(word.isupper() for word in words))
        and all(is_name_like(word) and word.lower() not in listed() for word in words)
    )


def _strangers(text: str, whole: Reading) -> list[str]:
    """Return languages that a sentence is surely written in, other than the segment's."""
    found: list[str] = []
    for sentence, words in _doubtful(text, whole.language):
        named = sure_of(sentence, whole.script)
        if named is None or named == whole.language:
            continue
        votes = vote(sentence, len(words), _main_script(_letters(words)))
        best = guess([evidence(word) for word in words], votes, {})
        if best.language == named and best.lead >= SURE:
            found.append(best.language)
    return found


def _doubtful(text: str, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each of several sentences, with its words, that may be in another language."""
    if not _may_end(text):
        return
    bounds = list(_sentences(text))
    for start, end in bounds if len(bounds) > 1 else ():
        words = words_of(text[start:end])
        if len(words) < _NAMES:
            continue
        if not kept(sum(map(margin_of(language), words)), len(words)):
            yield text[start:end], words


def _may_end(text: str) -> bool:
    """Whether a sentence may end before the text does."""
    last = len(text) - 1
    for mark in _ENDS:
        if -1 < text.find(mark) < last:
            return True
    return any(mark in text for mark in _STRONG_ENDS)


def _other_scripts(words: Sequence[str], main: str) -> Iterator[str]:
    """Yield the language of the words in each other script, names left out."""
    groups: dict[str, list[str]] = {}
    for word in words:
        if not _of(word, main) and not is_name_like(word):
            groups.setdefault(_script(word), []).append(word)
    for script, group in groups.items():
        if len(group) >= _FEW or script in {"Hani", "Kana", "Thai"}:
            best = guess([evidence(word) for word in group], vote(" ".join(group), 4, script), {})
            if best.language != UNDETERMINED:
                yield best.language


def _sentences(text: str, ends: re.Pattern[str] = _SENTENCES) -> Iterator[tuple[int, int]]:
    start = 0
    for match in ends.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _parts(text: str, segment: Segment, languages: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of a segment, none where all its words go best with one language."""
    words = [Word(match.group(), *match.span()) for match in word_pattern().finditer(text)]
    stretches = divide(text, words, languages, list(_shares(text, words)))
    if len(stretches) < 2:
        return ()
    edges = [0]
    edges += [cut(text, words[s.first - 1].end, words[s.first].start) for s in stretches[1:]]
    edges.append(len(text))
    return tuple(
        _part(segment.start, edges[at : at + 2], words, stretch)
        for at, stretch in enumerate(stretches)
    )


def _part(offset: int, edges: Sequence[int], words: Sequence[Word], stretch: Stretch) -> Part:
    counted = _letters([word.text for word in words[stretch.first : stretch.last]])
    return Part(
        offset + edges[0],
        offset + edges[1],
        stretch.language,
        _main_script(counted),
        sum(counted.values()),
    )


def _shares(text: str, words: Sequence[Word]) -> Iterator[Evidence]:
    """Yield for each word its share of the vote on the clause that holds it."""
    bounds = list(_sentences(text, _CLAUSES))
    at = 0
    cached: dict[int, Evidence] = {}
    for word in words:
        while word.start >= bounds[at][1]:
            at += 1
        if at not in cached:
            cached[at] = _share(text[slice(*bounds[at])])
        yield cached[at]


def _share(clause: str) -> Evidence:
    """Return a word's share of the vote on its clause; capitalised words earn it nothing."""
    words = words_of(clause)
    votes = vote(clause, len(words), _main_script(_letters(words)))
    plain = sum(not is_name_like(word) for word in words)
    return {language: one * plain / len(words) ** 2 for language, one in votes.items()}


def _mixed(whole: Reading, parts: tuple[Part, ...]) -> Reading:
    letters: Counter[str] = Counter()
    for part in parts:
        letters[part.language] += part.letters
    main = max(letters, key=lambda language: (letters[language], language))
    script = next(part.script for part in parts if part.language == main)
    return Reading(main, script, whole.confidence, whole.letters, parts, whole.sure)
