"""Writes Arabic names in Latin script, so that who cannot read Arabic can tell them apart.

A word is looked up among the spellings that its bearers use (``data/romanise``); the rest is
transliterated letter by letter after the ALA-LC table, simplified to plain letters, with
short vowels guessed where consonants would pile up.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from streams.text.fold import fold

_DATA = Path(__file__).parent / "data" / "romanise"
_LETTERS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ژ": "zh",
}  # fmt: skip
_LONG = {"ا": "a", "و": "u", "ي": "i"}
_GLIDES = {"و": "w", "ي": "y"}
_ARABIC = re.compile("[\u0620-\u06d3]+")


@cache
def _spellings() -> dict[str, str]:
    table = {}
    for name in ("words.tsv", "corrections.tsv"):
        for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                word, latin = line.split("\t")
                table[word] = latin
    return table


@lru_cache(maxsize=4096)
def romanise(name: str) -> str:
    """Return a name in Latin script: ``مصطفى الكاظمي`` is Mustafa al-Kadhimi.

    Latin letters and marks stay as they are.
    """
    return " ".join(_word(word) for word in name.split())


def _word(written: str) -> str:
    word = fold(written).text
    if not _ARABIC.search(word):
        return written
    known = _spellings().get(word)
    if known:
        return "al-" + known[3:] if known.startswith(("Al-", "El-")) else known
    if written.startswith("ال") and len(word) > 4:
        return "al-" + _word(written[2:])
    if written.startswith("وال") and len(word) > 5:
        return "wa-" + _word(written[1:])
    letters = _ARABIC.sub(lambda match: _letters(match.group()), word)
    return letters[:1].upper() + letters[1:]


def _letters(word: str) -> str:
    spelt = sum(letter in _LONG for letter in word[1:-1])
    vowels_written = spelt >= 2 or len(word) <= 2
    made: list[str] = []
    vowel_before = False
    for at, letter in enumerate(word):
        after = word[at + 1] if at + 1 < len(word) else ""
        if letter in _LONG:
            made.append(_vowel(letter, after, first=at == 0, vowel_before=vowel_before))
            vowel_before = made[-1] not in {"w", "y"}
            continue
        if letter in {"ع", "ء"}:
            if not after or after not in _LONG:
                made.append("" if vowel_before else "a")
                vowel_before = True
            continue
        if at and not vowel_before and not vowels_written and not _ends(word, at):
            made.append("a")
        made.append(_LETTERS.get(letter, letter))
        vowel_before = False
    text = "".join(made)
    return re.sub(r"(?<=[^aeiou])h$", "a", text) if word.endswith("ه") else text


def _ends(word: str, at: int) -> bool:
    """Whether a consonant closes the word after another one, where no vowel is guessed."""
    return at == len(word) - 1 and len(word) > 3 and word[at - 2] in _LONG


def _vowel(letter: str, after: str, *, first: bool, vowel_before: bool) -> str:
    glide = _GLIDES.get(letter)
    if glide and (first or vowel_before or after == "ا"):
        return glide
    return _LONG[letter]
