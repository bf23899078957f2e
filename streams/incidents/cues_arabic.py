"""Words beside a party in an Arabic sentence that tell its part, compiled from `role_words_ar.tsv`.

All are read over windows of at most 110 folded characters before or after a party.
"""

from __future__ import annotations

import re

from streams.incidents.lexicon import rows

_WORDS = {row["id"]: f"(?:{row['forms']})" for row in rows("role_words_ar.tsv")}
_NUM = rf"(?:{_WORDS['number']}(?: من)? )*"


def _before(words: str) -> re.Pattern[str]:
    """Return a pattern for words that stand before a party, numbers between."""
    return re.compile(rf"(?<!\w)[وف]?(?:قد |ان )?{_WORDS[words]} {_NUM}$")


AGENT, ONTO, EXPOSED = _before("agent"), _before("onto"), _before("exposed")
HARM, ACTS_BEFORE = _before("harm"), _before("acts_before")
MAY_BE_PASSIVE = re.compile(rf"(?<!\w)[وف]?(?:قد )?{_WORDS['passive_too']} {_NUM}$")
SITE = re.compile(rf"(?<!\w){_WORDS['site']} ?{_NUM}$")
IS_EXPOSED = re.compile(rf"^(?P<gap>(?: \S+){{0,8}}?) (?:قد )?{_WORDS['is_exposed']}(?!\w)")
ACTS_AFTER = re.compile(
    r"^(?P<gap>(?: [^\s،.]+){0,5}?،?) (?:كان(?:ت|وا)? )?(?:قد )?[وف]?"
    + _WORDS["acts_after"]
    + r"(?!\w)"
)
SUFFERS_AFTER = re.compile(
    r"^(?P<gap>(?: [^\s.]+){0,9}?،?) (?:كان(?:ت|وا)? )?(?:قد )?"
    + _WORDS["suffers_after"]
    + r"(?!\w)"
)
STRIKE = re.compile(rf"(?<!\w){_WORDS['strike']} $")
OBJECT = re.compile(rf"^ (?:فجرا |صباح \w+ |قبل ظهر امس \w* ?)?{_NUM}$")
APART = re.compile(rf"(?<!\w){_WORDS['apart']}(?!\w)")
ATTACKER = re.compile(_WORDS["attacker"])
SEVERAL = re.compile(_NUM.removesuffix("*") + "+$")
