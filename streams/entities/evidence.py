"""How much speaks for reading a name as a place, before the rest of the article is heard."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from math import log10

from streams.entities.candidate import Candidate
from streams.entities.gazetteer import Spot
from streams.entities.match import Match
from streams.entities.setting import Setting, bare_cue
from streams.entities.tagger import tagger
from streams.entities.tagger_words import stem
from streams.entities.wordlists import cue, listed, well_known

ARAB_WORLD = frozenset(
    re.findall("..", "IQSYYELYLBPSEGJOSAAEQAKWBHOMMADZTNSDMRIRTRILSODJ"),
)
"""Countries whose places Arabic news names most."""


_LONGER = {"en.place.tail": -1.5, "en.place.facility": 0.3}
"""Evidence for the first words of a longer name (``Farallon`` of ``Farallon Islands``)."""
LONGEST = 300
"""Characters of the longest reading that is looked at."""
KIND_WEIGHTS = {"division": 2.5, "district": 2.0, "town": 2.0, "part": 2.0, "municipal": 0.8}
"""Evidence of the word beside a name that tells its kind (`kind_cue`)."""
BRACKETED = 1.4
"""Evidence of standing in brackets after a name."""
WHOLE = 4.0
"""Evidence against a name that is left of a word by cutting off what looks like a prefix."""
NOUN = 1.5
"""Evidence against an ambiguous name before a word that counts or dates a thing (الماضية)."""
SAINT = 2.5
"""Evidence against a town that is named for a saint whose day or church may be meant."""
FAMOUS = 2.4
"""Evidence of fame alone from which a name is a place before it is a person."""


def weigh(setting: Setting, kind: str) -> float:
    """Return the evidence for a place of a kind (`kind_cue`); about 1.7 convinces."""
    total = _best_fame(setting.spots, setting.latin)
    if setting.match.key in well_known():
        total = max(total, FAMOUS)
    famous = total >= FAMOUS
    total += _own_words(setting, famous=famous) + _neighbours(setting, kind)
    total -= 2.2 if setting.ambiguous else 0.0
    told = [_reading(setting, reading, famous=famous) for reading in setting.readings]
    return total + sum(told)


@lru_cache(maxsize=8192)
def _best_fame(spots: tuple[Spot, ...], latin: bool) -> float:  # noqa: FBT001 - asked often
    return max([_fame(spot, latin=latin) for spot in spots], default=0.0)


def _fame(spot: Spot, *, latin: bool) -> float:
    """Return how likely a name is to mean the place where nothing else is known."""
    if spot.kind == "PCLI":
        return 4.0
    if spot.listed:
        return 3.2
    if spot.kind == "ADM1":
        return (1.5 if latin else 2.4) if spot.alternate else 3.0
    if spot.kind == "ADM2":
        return 3.0 if spot.name.endswith((" County", " Parish")) else 0.6
    far = 3.0 if latin else 2.6 if spot.country in ARAB_WORLD else 3.5
    fame = log10(spot.population + 10) - far
    return fame + 0.5 * (spot.kind == "PPLC") - 0.4 * spot.alternate


def _own_words(setting: Setting, *, famous: bool) -> float:
    match = setting.match
    if match.last > match.first:
        return -SAINT if _saints(setting) else 0.6 if setting.latin else 0.8
    total = 0.0
    if setting.latin:
        total -= 2.4 if match.key in listed("common_en") else 0.0
        personal = 0.9 * (match.key in listed("surnames_en"))
        personal += 1.0 * (match.key in listed("given_en"))
        total -= personal * (0.5 if famous else 1.0)
        total -= 5.0 if match.key in listed("never_en") else 0.0
        if len(match.key) > 4 or (_sure(match) and not _shouted(setting)):
            return total
        total -= 1.5 if len(match.key) < 4 else 0.0
        return total - (1.0 if setting.words.upper(match.first) else 0.0)
    if match.key in listed("common_ar") and not _sure(match):
        total -= 1.5 if match.key in well_known() else 3.0
    total -= 5.0 if match.key in listed("never_ar") else 0.0
    total -= 2.0 if _adjective(setting) else 0.0
    total -= 1.0 if len(match.key) < 4 else 0.0
    total -= 0.8 if match.prefix and len(match.key) < 5 else 0.0
    word = setting.words.texts[match.first]
    total -= WHOLE if match.prefix and _is_word(word) else 0.0
    rest = word[len(match.prefix) :]
    return total - (2.5 if match.key != rest else 0.0)


def _sure(match: Match) -> bool:
    """Whether a lexicon has a name as a place's, without a warning."""
    return any(s.entry.spot is not None and not (s.ambiguous or s.postal) for s in match.senses)


def _shouted(setting: Setting) -> bool:
    """Whether the word before a name is in capitals, so that those of the name tell nothing."""
    at = setting.match.first - 1
    return at >= 0 and len(setting.words.texts[at]) > 1 and setting.words.upper(at)


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    """Whether an Arabic word is known as a whole, more than without its first letter (فرقة)."""
    table = tagger().table
    return len(word) > 3 and word in table.rows and stem(word, table) == word


def _saints(setting: Setting) -> bool:
    """Whether a saint owns what follows: a day, a school, a church (``St. Anne's``)."""
    owns = setting.after() == "s"
    return owns and setting.words.texts[setting.match.first] in {"st", "saint", "ste", "sainte"}


def _adjective(setting: Setting) -> bool:
    """Whether a country's name is more likely its adjective here (قوات سورية, not في سورية)."""
    if not any(s.entry.type == "nationality" for s in setting.match.senses):
        return False
    before = setting.before()
    leads = before in cue("inside_before") | cue("toward_before") or not before
    return not leads and setting.match.prefix not in {"ب", "ل"}


def _neighbours(setting: Setting, kind: str) -> float:
    total = KIND_WEIGHTS.get(kind, 0.0)
    total += _word_before(setting) + (2.5 if setting.dateline else 0.0)
    total += BRACKETED if setting.bracketed else 0.0
    if setting.latin:
        return total + _word_after(setting)
    noun = setting.ambiguous and setting.after() in cue("noun_after")
    return total - (NOUN if noun else 0.0)


def _word_before(setting: Setting) -> float:
    before = bare_cue(setting.before())
    total = 0.5 if setting.match.prefix in {"ب", "وب"} else 0.0
    if before in cue("inside_before"):
        total += 1.3 if setting.latin else 1.0
    elif before in cue("toward_before"):
        total += 0.6
    elif before in cue("person_before"):
        total -= 3.0
    at = setting.match.first
    if at and setting.words.joint(at) and setting.words.capital(at - 1):
        if before in cue("party_before"):
            total += 1.5
        elif before not in _plain():
            total -= 0.8
    return total


def _word_after(setting: Setting) -> float:
    after = setting.after()
    total = -0.7 if after in cue("person_after") else 0.0
    total += 0.8 if after in cue("place_after") else 0.0
    branded = after in cue("brand_after") and setting.words.capital(setting.match.last + 1)
    return total - (1.8 if branded else 0.0)


@cache
def _plain() -> frozenset[str]:
    """Return words whose capital, at the start of a sentence, says nothing of the next name."""
    beside = cue("town_before") | cue("part_before") | cue("inside_before")
    return beside | cue("toward_before") | cue("function")


def _reading(setting: Setting, reading: Candidate, *, famous: bool) -> float:
    match = setting.match
    exact = reading.start <= match.start and reading.end >= match.end
    if reading.type == "person":
        surely = 4.0 if reading.confidence >= (0.8 if famous else 0.6) else 2.0
        surely *= 0.5 if setting.bracketed else 1.0
        return -surely * reading.confidence if exact else -1.0
    if reading.type in {"location", "facility"}:
        if reading.end > match.end and reading.rule in _LONGER:
            return _LONGER[reading.rule]
        weight = 2.4 if reading.rule.startswith("model.") else 1.8
        return weight * reading.confidence
    if reading.type == "organization" and exact and reading.rule.startswith("model."):
        return -3.0 * reading.confidence
    if reading.type == "organization" and reading.start == match.start:
        return 0.3
    return -0.6


def readings_at(
    found: Sequence[Candidate], starts: Sequence[int], match: Match
) -> tuple[Candidate, ...]:
    """Return the readings that overlap a match; they stand in order of their ``starts``."""
    last = bisect_left(starts, match.end)
    first = bisect_left(starts, match.start - LONGEST, 0, last)
    return tuple(c for c in found[first:last] if match.start < c.end)
