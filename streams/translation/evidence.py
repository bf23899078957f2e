"""What a word says about its language: listed words, telling forms, and scripts of one language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from streams.translation.scripts import is_name_like, script_of, scripts
from streams.translation.tables import rows

Evidence = Mapping[str, float]
"""Weight by language; a word that says nothing gives an empty one."""

_LONG = 4
UNSPACED = frozenset({"Hani", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
"""Scripts that write sentences without spaces, or with long words: letters count."""
_RARER = 2.0
"""What a word weighs that is listed for a rarer language of a script that has a main one."""
_BESIDE_LIST = 0.5
"""What the form of a listed word still counts."""
_CAPITALISED = 0.6
"""What a listed word still counts with a capital: it may be a part of a name."""
_NAME = 0.4
"""What the form of a capitalised word still counts: names keep the forms of their own languages."""
_MARKS = re.compile("[\u0300\u0301\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200d]")
_FOLD = str.maketrans("أإآٱ", "اااا")
_JAPANESE_HAN = 0.9
"""Han letters speak for Japanese a little less than for Chinese: kana decide."""


@dataclass(frozen=True, slots=True)
class _Cue:
    languages: tuple[str, ...]
    weight: float
    pattern: re.Pattern[str]


@cache
def listed() -> dict[str, dict[str, float]]:
    """Return the weight of each listed word by language; longer words are worth more."""
    found: dict[str, dict[str, float]] = {}
    for row in rows("words.tsv"):
        for word in row["words"].split():
            key = _folded(word)
            found.setdefault(key, {})[row["language"]] = 0.5 + 0.4 * min(len(key), _LONG)
    return found


@cache
def _cues() -> dict[str, tuple[_Cue, ...]]:
    found: dict[str, list[_Cue]] = {}
    for row in rows("cues.tsv"):
        languages = tuple(row["languages"].split(","))
        cue = _Cue(languages, float(row["weight"]), re.compile(row["pattern"]))
        found.setdefault(row["script"], []).append(cue)
    return {script: tuple(cues) for script, cues in found.items()}


@cache
def scripts_of_languages() -> dict[str, str]:
    """Return the script that each language of the tables is written in."""
    found = {row["language"]: script_of(row["words"][0]) for row in rows("words.tsv")}
    found |= {one.language: code for code, one in scripts().items() if one.language}
    return found | {"zh": "Hani", "ja": "Kana"}


def _folded(word: str) -> str:
    """Return a word in lower case without vowel signs, the dotted capital i as i."""
    return _MARKS.sub("", word.lower()).translate(_FOLD)


@lru_cache(maxsize=65536)
def evidence(word: str) -> Evidence:
    """Return what a word of one script says about its language."""
    script = script_of(word[0])
    if script in {"Hani", "Kana"}:
        return _east_asian(script, len(word))
    plain = unicodedata.normalize("NFKC", word)
    known = listed().get(_folded(plain), {})
    if script in scripts() and scripts()[script].language:
        letters = len(word) / 2 if script in UNSPACED else 1.0
        rarer = {language: _RARER * weight for language, weight in known.items()}
        return {scripts()[script].language: max(1.0, letters)} | rarer
    name = is_name_like(plain)
    found = {code: weight * (_CAPITALISED if name else 1.0) for code, weight in known.items()}
    part = (_BESIDE_LIST if known else 1.0) * (_NAME if name else 1.0)
    lowered = plain.lower()
    for cue in _cues().get(script, ()):
        if cue.pattern.search(lowered):
            for language in cue.languages:
                found[language] = found.get(language, 0.0) + cue.weight * part
    return found


def _east_asian(script: str, letters: int) -> Evidence:
    if script == "Kana":
        return {"ja": float(letters)}
    return {"zh": letters / 2, "ja": letters / 2 * _JAPANESE_HAN}
