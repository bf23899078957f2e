"""Words beside a party in an Arabic sentence that tell its part, compiled from `role_words_ar.tsv`.

All are read over windows of at most 110 folded characters before or after a party.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from streams.incidents.lexicon import rows
from streams.incidents.openings import alternatives
from streams.incidents.reading import Sentence
from streams.incidents.worded import Worded

_FORMS = {row["id"]: row["forms"] for row in rows("role_words_ar.tsv")}
_WORDS = {name: f"(?:{forms})" for name, forms in _FORMS.items()}
_NUM = rf"(?:{_WORDS['number']}(?: من)? )*"


def _before(words: str) -> Worded:
    """Return words that stand before a party, numbers between."""
    return Worded(rf"[وف]?(?:قد |ان )?{_WORDS[words]} {_NUM}$")


def _after(words: str, *, gap: str, joined: str) -> Worded:
    """Return verbs that follow a party over a gap, ``joined`` to what is before them."""
    verbs = f"{joined}{_WORDS[words]}"
    lead = rf"(?P<gap>{gap}) (?:كان(?:ت|وا)? )?(?:قد )?"
    return Worded(verbs, rf"{lead}{verbs}(?!\w)")


AGENT, ONTO, EXPOSED = _before("agent"), _before("onto"), _before("exposed")
HARM, ACTS_BEFORE = _before("harm"), _before("acts_before")
MAY_BE_PASSIVE = Worded(rf"[وف]?(?:قد )?{_WORDS['passive_too']} {_NUM}$")
SITE = Worded(rf"{_WORDS['site']} ?{_NUM}$")
IS_EXPOSED = Worded(
    _WORDS["is_exposed"], rf"(?P<gap>(?: \S+){{0,8}}?) (?:قد )?{_WORDS['is_exposed']}(?!\w)"
)
ACTS_AFTER = _after("acts_after", gap=r"(?: [^\s،.]+){0,5}?،?", joined="[وف]?")
SUFFERS_AFTER = _after("suffers_after", gap=r"(?: [^\s.]+){0,9}?،?", joined="")
STRIKE = Worded(rf"{_WORDS['strike']} $")
OBJECT = re.compile(rf"^ (?:فجرا |صباح \w+ |قبل ظهر امس \w* ?)?{_NUM}$")
APART = re.compile(rf"(?<!\w){_WORDS['apart']}(?!\w)")
ATTACKER = re.compile(_WORDS["attacker"])
SEVERAL = re.compile(_NUM.removesuffix("*") + "+$")


_ANY_NUMBER = r"خلال \w+"
"""The one form of a number that may end in any word."""
_LASTING = Worded(_ANY_NUMBER)


def _last_words(*names: str) -> re.Pattern[str]:
    """Return a pattern for the last words of lists whose forms have no space in a group."""
    forms = [form for name in names for form in alternatives(_FORMS[name]) if form != _ANY_NUMBER]
    last = "|".join(form.rsplit(" ", 1)[-1] for form in forms)
    return re.compile(rf"(?<!\w)[وف]?(?:{last})$")


_NUMBERS_END = _last_words("number")
_ENDS = (
    (AGENT.bit, _last_words("agent")),
    (ONTO.bit, _last_words("onto")),
    (EXPOSED.bit, _last_words("exposed")),
    (HARM.bit, _last_words("harm")),
    (ACTS_BEFORE.bit, _last_words("acts_before")),
    (MAY_BE_PASSIVE.bit, _last_words("passive_too")),
)
_ALL = sum(bit for bit, _ in _ENDS)


@lru_cache(maxsize=1 << 13)
def _ending(word: str) -> int:
    """Return the bits of the words before a party that a word, or a number after them, can end."""
    if _NUMBERS_END.search(word):
        return _ALL
    return sum(bit for bit, ends in _ENDS if ends.search(word))


NEAR = 70
"""Characters before a party in which words for its part stand."""


class Lead:
    """What stands before a party that starts at a place of a sentence."""

    def __init__(self, sentence: Sentence, start: int) -> None:
        """Look at the last word, which says what there can be."""
        self.sentence: Final = sentence
        self.start: Final = start
        text = sentence.folded.text
        end = max(0, start - 1)
        last = text[max(text.rfind(" ", 0, end) + 1, start - NEAR) : end]
        any_word = bool(sentence.may & _LASTING.bit)
        self._bits = STRIKE.bit | (_ALL if any_word else _ending(last))

    def has(self, words: Worded) -> bool:
        """Tell whether words stand right before the party."""
        if not self._bits & words.bit:
            return False
        return self.sentence.find(words, max(0, self.start - NEAR), self.start) is not None
