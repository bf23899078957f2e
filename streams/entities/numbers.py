"""Number words and digits in Arabic and English, on folded text.

Arabic number words follow the rules of the written language (gender polarity, cases, the
unit before the ten) with their common spellings; English ones the usual style of the press.
"""

from __future__ import annotations

import re
from functools import lru_cache

from streams.text.alternation import alternation

_AR_UNITS = {
    "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2,
    "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4,
    "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8,
    "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
_AR_TENS = {
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "اربعون": 40, "اربعين": 40,
    "خمسون": 50, "خمسين": 50, "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80,
    "ثمانين": 80, "تسعون": 90, "تسعين": 90,
}  # fmt: skip
_AR_HUNDREDS = {"مييه": 100, "مايه": 100, "ميه": 100, "مييتان": 200, "مييتين": 200, "مايتان": 200, "مايتين": 200, "ميتان": 200, "ميتين": 200, "ميتا": 200, "مايتا": 200, "ميتي": 200, "مايتي": 200}  # fmt: skip
for _unit, _name in ((3, "ثلاث"), (4, "اربع"), (5, "خمس"), (6, "ست"), (7, "سبع"), (8, "ثمان"), (8, "ثماني"), (9, "تسع")):  # fmt: skip
    for _hundred in ("ميه", "مايه"):
        _AR_HUNDREDS[_name + _hundred] = _unit * 100
_AR_SCALES = {"الف": 1000, "الفان": 2000, "الفين": 2000, "الفا": 2000, "الفي": 2000, "الاف": 1000, "مليون": 10**6, "ملايين": 10**6, "مليونا": 10**6, "مليونين": 2 * 10**6}  # fmt: skip
_EN_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "dozen": 12}

_AR_WORDS = {**_AR_UNITS, **_AR_TENS, **_AR_HUNDREDS, **_AR_SCALES}
_EN_WORDS = {**_EN_UNITS, **_EN_TENS, **_EN_SCALES}


ARABIC = rf"(?:{alternation(_AR_WORDS)})(?!\w)(?: +و?(?:{alternation(_AR_WORDS)})(?!\w))*"
"""Pattern of an Arabic number in words, folded."""

ENGLISH = (
    rf"(?:{alternation({**_EN_UNITS, **_EN_TENS})}|(?:a )?(?:hundred|thousand|million|dozen))(?!\w)"
    rf"(?:[ -](?:and )?(?:{alternation(_EN_WORDS)})(?!\w))*"
)
"""Pattern of an English number in words, lower case."""

DIGITS = r"\d{1,3}(?:[,٬]\d{3})+|\d{1,7}"
"""Pattern of a number in digits; thousands may be marked."""

_DUAL_OR_COUNTED = "الفا"
"""Two thousand before its noun, but a thousand after a number."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=4096)
def value(text: str) -> int | None:
    """Return the number that folded words or digits say; ``None`` where they say none."""
    plain = text.replace(",", "").replace("٬", "").strip()
    if plain.isdecimal():
        return int(plain)
    total = current = 0
    found = False
    for word in _WORD.findall(plain):
        number = _number(word)
        if number is None:
            if word in {"and", "a", "و"}:
                continue
            return None
        found = True
        if word.removeprefix("و") == _DUAL_OR_COUNTED and current:
            number = 1000
        if number in {1000, 10**6}:
            total += max(current, 1) * number
            current = 0
        elif (number in {100, 12} and current and word in _EN_SCALES) or (
            number == 100 and 2 < current < 10
        ):
            current *= number
        else:
            current += number
    return total + current if found else None


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if word in _AR_WORDS:
        return _AR_WORDS[word]
    if word.startswith("و") and word[1:] in _AR_WORDS:
        return _AR_WORDS[word[1:]]
    return _EN_WORDS.get(word)
