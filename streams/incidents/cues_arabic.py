"""Words beside a party in an Arabic sentence that tell its part, compiled from `role_words_ar.tsv`.

All are read over windows of at most 110 folded characters before or after a party.
"""

from __future__ import annotations

import re

from streams.incidents.lexicon import rows
from streams.incidents.worded import Worded

_WORDS = {row["id"]: f"(?:{row['forms']})" for row in rows("role_words_ar.tsv")}
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
