"""Tokens of a date: words, numbers and dates in digits, with signs for what lies between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from streams.entities.dates_lexicon import gaps, skipped, some, words
from streams.entities.numbers import value as number_of
from streams.entities.words import Words, openings
from streams.text.alternation import alternation

_LONGEST_GAP = 24
_DIGITS = (
    r"(?P<iso>\d{4}(?P<s1>[-/.])\d{1,2}(?P=s1)\d{1,2})(?:t[\d:.]+z?)?(?![\w/-]|\.\d)"
    r"|(?P<full>\d{1,2} ?(?P<s2>[-/.]) ?\d{1,2} ?(?P=s2) ?(?:\d{4}|\d{2}))(?![\w/-]|\.\d)"
    r"|(?P<decade>(?:19|20)\d0'?s)(?!\w)"
    r"|(?P<year>1[3-9]\d\d|20\d\d)(?= ?(?:م|ه|هـ)(?!\w)|(?![\w%]|[:.,]\d))"
    r"|(?P<short>\d{1,2}/\d{1,2})(?![\w/%:-]|[.,]\d)"
    r"|(?P<number>\d{1,2})(?P<ordinal>st|nd|rd|th)?(?![\w%٪]|:\d|[.,]\d(?!\d{3}(?!\d)))"
)

_LETTERS = {"number": "N", "year": "Y", "iso": "X", "full": "X", "short": "x", "decade": "Z"}
"""Group of a date in digits → letter of its token."""
_PLAIN = re.compile(r"(?!and )[\w-]+(?: [\w-]+)*")
_RUN = re.compile(r"\d+")


class Token(NamedTuple):
    """A word or number with its letter; offsets in the folded text."""

    kind: str
    value: Any
    start: int
    end: int
    ordinal: bool = False
    joined: bool = False
    """Whether the Arabic "and" is written to it."""


@dataclass(slots=True)
class Tokens:
    """Tokens of a text and their letters: a token's stands at twice its number."""

    found: tuple[Token, ...]
    code: str


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?=[وفبلك]?\d)(?:(?<![#@.:$€£-])|(?<=[\d.]-))(?P<clitic>[وفبلك])?(?:{_DIGITS})"
        rf"|(?<![#@])(?P<prefix>[وفبل]|لل)??(?P<word>{alternation(words())})(?!\w))"
    )


@cache
def _openings() -> frozenset[str]:
    return openings(words(), ("و", "ف", "ب", "ل", "لل"))


def tokens(text: str, run: Words) -> Tokens:
    """Return the tokens of a folded text in order, with signs for what lies between.

    ``run`` are the words of the text.
    """
    match = _token().match
    found: list[Token] = []
    end = 0
    for start in run.places(_openings(), digits=True):
        token = match(text, start) if start >= end else None
        if token is not None:
            found.append(_made(token))
            end = token.end()
    if not found:
        return Tokens((), "")
    signs = [_sign(text, a, b) for a, b in pairwise(found)]
    _two_digit_years(text, found, signs)
    code = "".join(t.kind + sign for t, sign in zip(found, [*signs, "|"], strict=True))
    return Tokens(tuple(found), code)


def _made(match: re.Match[str]) -> Token:
    and_ = (match["prefix"] or match["clitic"]) == "و"
    name = match.lastgroup or ""
    ordinal = name == "ordinal"
    if ordinal:
        name = "number"
    start, end = match.span(name)
    if name == "word":
        known = words()[match["word"]]
        return Token(known.kind, known.value, start, end, joined=and_)
    letter = _LETTERS[name]
    numbers = tuple([int(n) for n in _RUN.findall(match[name])])
    value = numbers if letter in "Xx" else numbers[0]
    return Token(letter, value, start, end + 2 * ordinal, ordinal, and_)


def _sign(text: str, before: Token, after: Token) -> str:
    """Return the sign for what lies between two tokens."""
    gap = text[before.end : after.start]
    if len(gap) > _LONGEST_GAP or "\n" in gap:
        return "|"
    inner = " ".join(gap.split())
    if inner.startswith(".") and before.kind in "MmWw" and before.end - before.start <= 5:
        inner = inner[1:].lstrip()  # the full stop of an abbreviation
    if after.joined:
        return "&" if inner in {"و", ""} else "|"
    if not inner:
        return "_" if gap else "|"
    sign = gaps().get(inner) or gaps().get(inner.rstrip("بلف").rstrip()) or gaps().get(inner)
    if sign is not None:
        return sign
    return "n" if count(inner) is not None else "|"


@lru_cache(maxsize=4096)
def count(text: str) -> int | None:
    """Return a number of units: digits, words, or the least that a vague word says."""
    plain = skipped().sub("", text.strip() + " ").strip()
    if plain in some():
        return some()[plain]
    plain = plain.removeprefix("ال") if plain not in some() else plain
    number = number_of(plain) if plain else None
    return number if number is not None and number <= 10_000 else None


def count_before(text: str, start: int) -> tuple[int, int] | None:
    """Return a number of units that stands right before ``start``, and where it begins."""
    found = None
    pieces = text[max(0, start - 34) : start].split(" ")
    if pieces.pop():
        return None
    begin = start
    for size in range(1, min(4, len(pieces)) + 1):
        begin -= len(pieces[-size]) + 1
        phrase = text[begin : start - 1]
        if not _PLAIN.fullmatch(phrase):
            break
        number = count(phrase)
        if number is not None and not skipped().match(f"{phrase} "):
            found = number, begin
    return found


def _two_digit_years(text: str, found: list[Token], signs: list[str]) -> None:
    """Turn the number after a day and month into a year where it can be nothing else."""
    for at in range(2, len(found)):
        day, month, year = found[at - 2 : at + 1]
        if year.kind != "N" or month.kind not in "Mm" or day.kind != "N":
            continue
        if signs[at - 1] not in "_-," or signs[at - 2] not in "_-" or year.end - year.start != 2:
            continue
        closes = text[year.end : year.end + 4].lstrip()[:2] in {"", "--", "-", "- ", ")", "]"}
        if year.value >= 32 or closes or signs[at - 1] == signs[at - 2] == "-":
            full = 1900 + year.value if year.value >= 40 else 2000 + year.value
            found[at] = Token("Y", full, year.start, year.end)
