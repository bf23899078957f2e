"""The script of each word, and the words of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from streams.translation.tables import rows

UNKNOWN = "Zzzz"
"""ISO 15924 for a script that the table does not name."""
NONE = "Zyyy"
"""ISO 15924 for text without letters."""

_LONGEST = 64
"""Letters of the longest word; what runs on is cut, so that memory stays bounded."""
_ASCII_WORD = re.compile(f"[A-Za-z]{{1,{_LONGEST}}}")
_NO_LETTER = r"[\x00-@\[-`{-\xa9\u060c\u061b\u061f\u2010-\u206f]"
"""What words stand between, looked at before thirty scripts are tried."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its ISO 15924 code, its only language if it has one, and whether it has case."""

    code: str
    language: str
    cased: bool
    letters: str
    """The inside of a character class."""


def _ranges(written: str) -> str:
    pairs = (part.split("-") for part in written.split())
    return "".join("-".join(map(_escaped, pair)) for pair in pairs)


def _escaped(code: str) -> str:
    return code if len(code) == 1 else f"\\U{int(code, 16):08x}"


@cache
def scripts() -> dict[str, Script]:
    """Return the scripts of the data file by code."""
    return {
        row["script"]: Script(
            row["script"], row["language"], row["cased"] == "yes", _ranges(row["ranges"])
        )
        for row in rows("scripts.tsv")
    }


def words_of(text: str) -> list[str]:
    """Return the words of a text in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return word_pattern().findall(text)


@cache
def word_pattern() -> re.Pattern[str]:
    """Return the pattern of a word: letters of one script with their marks."""
    known = [f"[{script.letters}]{{1,{_LONGEST}}}" for script in scripts().values()]
    unknown = rf"[^\W\d_]{{1,{_LONGEST}}}"
    return re.compile(f"(?!{_NO_LETTER})(?:{'|'.join([*known, unknown])})")


@cache
def _tests() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(f"[{one.letters}]")) for code, one in scripts().items())


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """Return the script of a letter, `UNKNOWN` where the table has none."""
    return next((code for code, test in _tests() if test.match(char)), UNKNOWN)


def is_name_like(word: str) -> bool:
    """Return whether a word of a cased script opens with a capital, as names and acronyms do."""
    return word[0].isupper()
