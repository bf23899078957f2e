"""Tokens of a sentence that may tell a toll: one letter for each word, number and mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from streams.entities.casualties_lexicon import Word, words
from streams.entities.numbers import ARABIC, DIGITS, ENGLISH
from streams.entities.numbers import value as number_of
from streams.text.alternation import alternation
from streams.text.months import names

_OTHER = Word("x")
_NAME = Word("X")
_OLD = Word("y")
_AND = Word("c")
_COUNTED = Word("N")
_BOTH = Word("d")
_OWN = (" death", " body", " killing", " murder", " corpse", " assassination")
_AGE = re.compile(r"(?:-| )(?:year|month|day)s?(?:-| )old")
_AGED = (
    r"(?:aged?|ages)(?: of| between| from| under| over)? \d{1,2}(?!\w)"
    r"(?:(?:, \d{1,2})*,? (?:and|or|to) \d{1,2}(?=[,.;:)]|$| (?:were|was|had|have|died|when|and)))?"
)
"""Ages of several people (``aged 19 and 21``), which count nobody."""
_LARGEST = 10_000_000


class Token(NamedTuple):
    """A word with its reading; offsets in the folded text."""

    word: Word
    start: int
    end: int
    low: int | None = None
    high: int | None = None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    months = alternation(name for name in names("en", "ar", "ar-levant", "ar-maghreb"))
    scale = "thousand|million" if language == "en" else "الفا|الف|الاف|مليونا|مليون|ملايين"
    rest = "" if language == "en" else rf"(?: و(?:{DIGITS}))?"
    number = (
        rf"(?:(?:{DIGITS})(?: (?:{scale})(?!\w){rest})?|{ENGLISH if language == 'en' else ARABIC})"
    )
    to = r" ?- ?| to | or | and " if language == "en" else r" ?- ?| الي | او | و ?"
    between = "between |from " if language == "en" else "بين |ما بين |من "
    edge = r"(?![\w%]|[.,:/]\d|-(?=[^\W\d]))"
    clitic = (
        "(?P<clitic>(?!))?"
        if language == "en"
        else r"(?P<clitic>[وفبل](?=[^\W_])|ال(?=\d))??(?:ال(?=\w{3}))??"
    )
    count = rf"(?:\d{{1,2}}|{ENGLISH})" if language == "en" else r"\d{1,2}"
    age = count + r"[- ](?:year|month|day)s?[- ]olds?|\d+-[^\W\d][\w-]*"
    age += "|" + _AGED if language == "en" else ""
    clock = r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b"
    range_ = rf"(?P<n>{number})(?:(?: ?- ?| to | or | الي | او )(?P<m>{number}))?{edge}"
    return re.compile(
        rf"\b(?=\w)(?:(?P<date>\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{months})"
        rf"(?:,? (?:\d{{4}}|[4-9]\d))?(?!\w)"
        rf"|(?:{months})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?(?![\w,]))"
        rf"|(?P<old>{age}|{clock})"
        rf"|(?<![$€£.,:/-])(?P<between>{between})(?P<n1>{number}){edge}(?:{to})"
        rf"(?P<m1>{number}){edge}"
        rf"|{clitic}(?:(?<![$€£.,:/-]){range_}"
        rf"|(?P<word>{alternation(words(language))})(?!\w|-\w))"
        r"|(?P<any>(?:[a-z]\.){2,}|\w[\w'-]*))"
        r"|(?P<own>'s(?!\w))|(?P<mark>[.!?؟;؛,،():\"«»“”&\n])"
    )


def tokens(
    text: str, start: int, end: int, language: str, *, capital: Callable[[int], bool]
) -> list[Token]:
    """Return the tokens of ``text[start:end]``; ``capital`` tells capitals of the source."""
    found: list[Token] = []
    known = words(language)
    made = tuple.__new__  # a third of the time of `Token(...)`
    shouted = _shouted(text, start, end, capital)
    for match in _pattern(language).finditer(text, start, end):
        kind = match.lastgroup
        if kind == "any":
            begin, finish = match.span()
            name = capital(begin) if language == "en" else _is_counted(match["any"])
            found.append(made(Token, (_NAME if name else _OTHER, begin, finish, None, None)))
        elif kind in {"word", "n", "m", "m1"}:
            if match["clitic"] == "و":
                at = match.start("clitic")
                found.append(Token(_AND, at, at + 1))
            if kind != "word":
                found.append(_counted(match, known))
                continue
            word = known[match["word"]]
            begin, finish = match.span("word")
            number = word.number if word.letter == "N" else None
            found.append(made(Token, (word, begin, finish, number, number)))
            if language == "en" and word.letter in _DOUBTFUL:
                found[-1] = _in_context(found[-1], text, capital, shouted=shouted)
        elif kind == "mark":
            if match["mark"] not in _QUOTES:
                found.append(_mark(match, text))
        elif kind != "own":
            old = kind == "old" and _AGE.search(match["old"])
            found.append(Token(_OLD if old else _OTHER, *match.span()))
    return _duals(found) if language == "ar" else found


def _duals(found: list[Token]) -> list[Token]:
    """Return the tokens with plurals before "two" as duals: they are written alike in -ين."""
    for at, (token, after) in enumerate(pairwise(found)):
        two = after.word.letter == "N" and after.low == 2 and after.end - after.start > 1
        if token.word.letter == "P" and two:
            found[at] = token._replace(word=replace(token.word, letter="D", number=2))
    return found


def _is_counted(word: str) -> bool:
    """Whether an Arabic word that no list holds has the form of a counted noun."""
    return len(word) > 4 and word[0] != "و" and word.endswith(("ين", "ون", "ات", "ا"))


def _shouted(text: str, start: int, end: int, capital: Callable[[int], bool]) -> bool:
    """Whether a sentence is written in capitals, so that they tell nothing."""
    return all(capital(at) for at in range(start, min(end, start + 12)) if text[at].isalpha())


def _in_context(token: Token, text: str, capital: Callable[[int], bool], *, shouted: bool) -> Token:
    """Return a word as what it is beside its neighbours: a possessive, a name in capitals."""
    if token.word.letter == "N" and text.endswith(("were ", "are "), 0, token.start):
        return Token(_BOTH, token.start, token.end)  # "were both killed"
    after = text[token.end : token.end + 2]
    quoted = text[token.start - 1 : token.start] == "'"
    belongs = text.startswith(_OWN, token.end + 2)
    if (
        token.word.letter in "SP"
        and not belongs
        and (after == "'s" or (after == "' " and not quoted))
    ):
        return Token(_OTHER, token.start, token.end)
    name = token.end - token.start <= 3 and token.word.letter in "BpCtR" and not shouted
    if name and token.end - token.start > 1 and capital(token.start) and capital(token.start + 1):
        return Token(_NAME, token.start, token.end)
    return token


def _counted(match: re.Match[str], known: Mapping[str, Word]) -> Token:
    """Return a number, two of a range, or a vague one that is ``known``."""
    if match["n1"]:
        return _number(match, "n1", "m1", match.start())
    vague = known.get(match["n"])
    if vague is not None and vague.letter == "V" and match["m"] is None:
        return Token(vague, *match.span("n"))
    return _number(match, "n", "m", match.start("n"))


def _number(match: re.Match[str], first: str, second: str, start: int) -> Token:
    low = number_of(match[first])
    high = number_of(match[second]) if match[second] else low
    end = match.end(second) if match[second] else match.end(first)
    if low is None or high is None or low > _LARGEST or high > _LARGEST:
        return Token(_OTHER, start, end)
    year = match[first].isdecimal() and len(match[first]) == 4 and 1900 <= low <= 2100
    if year and not match[second]:
        return Token(_OTHER, start, end)
    high = max(high, low)
    return Token(_COUNTED, match.start(first) if first == "n1" else start, end, low, high)


def _mark(match: re.Match[str], text: str) -> Token:
    mark = match["mark"].translate(_MARKS)
    if mark == ".":
        follows = text[match.end() : match.end() + 1]
        short = (match.start() >= 2 and text[match.start() - 2] in " .") or follows.isalnum()
        mark = "" if short else "."
    return Token(_words_of_marks()[mark], *match.span())


@cache
def _words_of_marks() -> dict[str, Word]:
    return {"": _OTHER, **{mark: Word(mark) for mark in ".;,:()c"}}


_DOUBTFUL = frozenset("SPBpCtRN")
"""Letters of words that may be a possessive or a name in capitals."""

_QUOTES = '"«»“”'
_MARKS = str.maketrans({"!": ".", "?": ".", "؟": ".", "\n": ".", "؛": ";", "،": ",", "&": "c"})


def code(found: list[Token]) -> str:
    """Return the letters of the tokens."""
    return "".join(token.word.letter for token in found)
