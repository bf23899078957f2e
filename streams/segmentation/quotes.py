"""Quoted speech with whoever is named as its speaker, before it or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas import Quote
from streams.segmentation.cues import words
from streams.text.fold import Folded, fold

OPENING = {"“": "”", "«": "»", "„": "“", "‟": "”", "‹": "›", "〝": "〞"}
CLOSING = frozenset("”»›〞")
EITHER = frozenset('"＂')
_SPOKEN_ENDS = frozenset(",.!?،؟…")
SPEECH_WORDS = 4
"""Quotations of fewer words are names or wordings rather than speech, unless a verb brings them."""

_REACH = 200
"""Characters before and after a quotation in which its speaker is looked for."""

_MARKS = re.compile('["＂“”«»„‟‹›〝〞]')
_NAME_STOP = re.compile(
    r"\s+(?:خلال|في|ل|عبر|عن|ضمن|اثناء|علي|من|الي|امام|مع|بعد|قبل|اليوم|امس|ان|انه|انها|بان|قائلا|قايله|قايلا"
    r"|during|in|on|at|to|after|before|from|late|early|yesterday|today|that|who|as)(?=\s|$)|[،,;؛:(\[\n]"
    r"|\s+ل(?=[\"“«])"
)  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})


@dataclass(frozen=True, slots=True)
class _Pair:
    start: int
    end: int
    depth: int


def quotes(text: str, start: int, last_speaker: str | None = None) -> tuple[Quote, ...]:
    """Return the quotations of a block, marks included, in order of position.

    ``last_speaker`` speaks where a verb of saying has no subject ("وتابع:", "he added").
    Offsets are counted from ``start``.
    """
    pairs = list(_pairs(text))
    if not pairs:
        return ()
    made = []
    for pair in pairs:
        speaker = None if pair.depth else _speaker(text, pair, last_speaker)
        last_speaker = speaker or last_speaker
        made.append(Quote(start=start + pair.start, end=start + pair.end, speaker=speaker))
    return tuple(made)


def _pairs(text: str) -> Iterator[_Pair]:
    """Yield balanced pairs of marks, outer ones before those inside them."""
    if not _MARKS.search(text):
        return
    open_marks: list[tuple[int, str]] = []
    found: list[_Pair] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        top = open_marks[-1][1] if open_marks else ""
        if _inside_word(text, at):
            continue
        closes = (
            mark == top
            if mark in EITHER
            else mark in CLOSING or (mark == "“" and top in {"„", "“"} and not _opens(text, at))
        )
        if closes and open_marks:
            begin, _ = open_marks.pop()
            found.append(_Pair(begin, at + 1, len(open_marks)))
        elif not closes or _opens(text, at):
            open_marks.append((at, mark))
    shallow = {p.start: p.depth - _unclosed(open_marks, p.start) for p in found}
    for pair in sorted(found, key=lambda p: (p.start, -p.end)):
        yield _Pair(pair.start, pair.end, shallow[pair.start])


def _unclosed(open_marks: list[tuple[int, str]], at: int) -> int:
    return sum(begin < at for begin, _ in open_marks)


def _opens(text: str, at: int) -> bool:
    return (at == 0 or not text[at - 1].isalnum()) and text[at + 1 : at + 2].isalnum()


def _inside_word(text: str, at: int) -> bool:
    """Whether a mark is part of a word (Hebrew abbreviations, inches)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] in EITHER and before.isalnum() and "\u05d0" <= after <= "\u05ea"


@cache
def _verbs(language: str) -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, words("reporting", language)), key=len, reverse=True))
    if language == "ar":
        return re.compile(rf"(?:^|[\s(\"“«،,])[وف]?س?(?P<verb>{verbs})(?!\w)")
    return re.compile(rf"(?<!\w)(?P<verb>{verbs})(?!\w)")


@cache
def _after(language: str) -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, words("reporting", language)), key=len, reverse=True))
    if language == "ar":
        return re.compile(
            r"\s*[،,.]?\s*(?:(?:كما|بحسب ما|حسبما|وفق ما) )?"
            rf"(?:{verbs})\s+(?P<name>[^،,.\n\"“«:]{{2,80}})"
        )
    return re.compile(
        rf"\s*,?\s*(?:(?:{verbs})\s+(?P<name>[^,.\n\"“:]{{2,80}})|(?P<first>[^,.\n\"“:]{{2,60}}?)\s+(?:{verbs})(?!\w))"
    )


_OPENING_WORDS = re.compile(r"[\s,;\"'-]*(?:(?:and|but|while|as|meanwhile|however)[\s,]+)?")
_BRIDGE = re.compile(
    r"(?:[:،,]|\s(?:ان|انه|انها|انهم|بان|بانه|قايلا|قايله|متسايلا|متسايله|مضيفا|بالقول|فيه|فيها|that))\s*$"
)


def _speaker(text: str, pair: _Pair, last: str | None) -> str | None:
    """Return who says the quotation, as the text writes the name."""
    reach = max(0, pair.start - _REACH)
    source = fold(text[reach : pair.start])
    before = source.text
    if _BRIDGE.search(before):
        here = text[reach:]
        return _arabic_subject(here, source) or _english_subject(here, source, last)
    return _said_after(text, pair, last)


def _arabic_subject(text: str, source: Folded) -> str | None:
    """Return the subject after the nearest verb of saying that has one."""
    for match in reversed(list(_verbs("ar").finditer(source.text))):
        if match["verb"] not in words("reporting_participle", "ar"):
            name = _name(text, source, match.end(), source.text[match.end() :])
            if name:
                return name
    return None


def _said_after(text: str, pair: _Pair, last: str | None) -> str | None:
    said = text[pair.start : pair.end]
    if len(said.split()) < SPEECH_WORDS and said[-2:-1] not in _SPOKEN_ENDS:
        return None
    rest = fold(text[pair.end : pair.end + _REACH])
    for language in ("ar", "en"):
        match = _after(language).match(rest.text)
        if not match:
            continue
        group = "name" if match["name"] else "first"
        words_said = match[group]
        if words_said.split()[0] in _PRONOUNS:
            return last
        stop = _NAME_STOP.search(words_said)
        end = match.start(group) + (stop.start() if stop else len(words_said))
        start, finish = rest.source_span(match.start(group), end)
        return text[pair.end + start : pair.end + finish].strip() or last
    return None


def _name(text: str, source: Folded, at: int, rest: str) -> str | None:
    """Return the subject that follows an Arabic verb, without what describes the occasion."""
    lead = len(rest) - len(rest.lstrip())
    stop = _NAME_STOP.search(rest, lead)
    end = stop.start() if stop else len(rest)
    if end <= lead:
        return None
    start, finish = source.source_span(at + lead, at + end)
    return text[start:finish].strip() or None


def _english_subject(text: str, source: Folded, last: str | None) -> str | None:
    """Return the subject before the nearest English verb: up to its first comma."""
    match = next(reversed(list(_verbs("en").finditer(source.text))), None)
    if match is None:
        return last
    if match["verb"] == "according to":
        return _name(text, source, match.end(), source.text[match.end() :]) or last
    begin = max(source.text.rfind(mark, 0, match.start()) for mark in ('"', "”", ". ", "\n")) + 1
    subject = source.text[begin : match.start()]
    opened = _OPENING_WORDS.match(subject)
    begin += opened.end() if opened else 0
    subject = source.text[begin : match.start()]
    if not subject.strip() or subject.split()[0] in _PRONOUNS:
        return last
    end = subject.find(",")
    start, finish = source.source_span(begin, begin + (len(subject) if end < 0 else end))
    return text[start:finish].strip() or last
