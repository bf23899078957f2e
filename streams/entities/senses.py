"""Which thing a listed name means: groups, forces, offices, people, weapons, nationalities.

A name that several things bear means the one of a country that the article speaks of.  A
name that is also a common word counts only with evidence: the thing named in full elsewhere,
a word beside it, or another layer's reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from schemas import Canonical
from streams.entities.boundaries import bared
from streams.entities.candidate import Candidate
from streams.entities.lexicon import Entry, Sense, lexicon
from streams.entities.match import Match
from streams.entities.mention import Text
from streams.entities.wordlists import cue

KNOWN, LIKELY, SHARED = 0.9, 0.75, 0.7
"""Confidence of a name of one thing, of one that needed evidence, of one of several things."""
_OFFICE = re.compile(
    "(?:Vice )?(?:President|Prime Minister|Secretary-General|Supreme Leader|Speaker|King) of "
)
_KINDS = {"lexicon.media": "media_outside", "lexicon.armed_groups": "group_outside"}
"""Words for a kind that stand outside the names of a lexicon."""
_HOMED = frozenset({"organization", "armed_group", "security_force", "government"})
_NAMED = _HOMED | {"person"}


def nationalities(text: Text) -> Iterator[Candidate]:
    """Yield the peoples that a text names."""
    for match in text.matches:
        for sense in match.senses:
            if sense.entry.type == "nationality":
                yield _candidate(match, sense.entry, KNOWN)
                break


def group_homes(text: Text) -> Iterator[str]:
    """Yield the home country of each force, party and the like that a text surely names."""
    for match in text.matches:
        if not match.senses:
            continue
        told = {s.entry.country for s in match.senses}
        sure = all(s.entry.type in _HOMED and not s.ambiguous for s in match.senses)
        if sure and len(told) == 1 and (country := told.pop()):
            yield country


def homes(found: Iterable[Candidate]) -> Counter[str]:
    """Return how often an article speaks of each country, by its places and peoples."""
    counts: Counter[str] = Counter()
    for candidate in found:
        if candidate.place is not None and candidate.place.country_code:
            counts[candidate.place.country_code] += 1
        elif candidate.type == "nationality" and candidate.canonical is not None:
            scheme, _, code = candidate.canonical.id.partition(":")
            counts[code] += scheme == "iso3166-1"
    return counts


def find_listed(texts: Sequence[Text], countries: Mapping[str, int]) -> list[list[Candidate]]:
    """Return, by text, what the lexicons know besides places and nationalities."""
    sure = {
        sense.entry.id
        for text in texts
        for match in text.matches
        for sense in match.senses
        if not sense.ambiguous and sense.entry.spot is None
    }
    return [
        [c for m in text.matches if m.senses for c in _read(text, m, sure, countries)]
        for text in texts
    ]


def _read(
    text: Text, match: Match, sure: set[str], countries: Mapping[str, int]
) -> Iterator[Candidate]:
    senses = [s for s in match.senses if s.entry.spot is None and s.entry.type != "nationality"]
    if senses and is_office(senses[0].entry.name) and _past(text, match):
        return
    plain = [s for s in senses if not s.ambiguous]
    if plain:
        yield _bared(text, match, plain, _chosen(match, plain, countries, KNOWN))
        return
    likely = [s for s in senses if s.entry.id in sure or _told(text, match, s.entry)]
    if likely:
        yield _bared(text, match, likely, _chosen(match, likely, countries, LIKELY))


def _bared(text: Text, match: Match, senses: Sequence[Sense], found: Candidate) -> Candidate:
    """Return a paper or channel, or a movement known without it, without the word for its kind."""
    kinds = _KINDS.get(found.rule)
    if kinds is None or match.first == match.last:
        return found
    ids = {sense.entry.id for sense in senses}

    def named(key: str) -> bool:
        known = lexicon().senses.get(key, ())
        return kinds == "media_outside" or any(sense.entry.id in ids for sense in known)

    start, end = bared(text.passage, text.words, match, cue(kinds), named)
    moved = (start, end) != (found.start, found.end)
    return replace(found, start=start, end=end) if moved else found


def is_office(name: str) -> bool:
    """Whether a thing's English name is that of an office that one person holds."""
    return _OFFICE.match(name) is not None


def _past(text: Text, match: Match) -> bool:
    """Whether the words beside an office tell that its holder has left it."""
    words = text.words
    before, after = words.text(match.first - 1), words.text(match.last + 1)
    return before in cue("former_before") or after in cue("former_after")


def _chosen(
    match: Match, senses: Sequence[Sense], countries: Mapping[str, int], confidence: float
) -> Candidate:
    """Return the sense of the article's countries; without one, of no thing in particular."""
    best = max(senses, key=lambda s: countries.get(s.entry.country or "", 0))
    rivals = {s.entry.country for s in senses}
    if len(rivals) > 1 and not countries.get(best.entry.country or "", 0):
        return Candidate(
            start=match.start, end=match.end, type=best.entry.type, confidence=SHARED,
            rule=best.entry.rule,
        )  # fmt: skip
    return _candidate(match, best.entry, confidence)


def _told(text: Text, match: Match, entry: Entry) -> bool:
    """Whether a word beside a name or another reading of it says that it is one."""
    words = text.words
    before, after = words.text(match.first - 1), words.joined(match.last + 1)
    kind = {"person": "person", "weapon": "weapon"}.get(entry.type, "group")
    if before in cue(f"{kind}_before") or after in cue(f"{kind}_after"):
        return True
    return entry.type in _NAMED and any(
        c.start <= match.start and match.end <= c.end and _agrees(c.type, entry.type)
        for c in text.readings
        if c.confidence >= 0.5
    )


def _agrees(reading: str, kind: str) -> bool:
    return (reading == "person") == (kind == "person") and reading in _NAMED


@lru_cache(maxsize=4096)
def _canonical(identifier: str, name: str, native_name: str | None) -> Canonical:
    return Canonical(id=identifier, name=name, native_name=native_name)


def _candidate(match: Match, entry: Entry, confidence: float) -> Candidate:
    return Candidate(
        start=match.start, end=match.end, type=entry.type, confidence=confidence,
        rule=entry.rule,
        canonical=_canonical(entry.id, entry.name, entry.native_name),
        role=entry.role, acled_interaction=entry.acled_interaction,
        gtd_weapon_type=entry.gtd_weapon_type,
    )  # fmt: skip
