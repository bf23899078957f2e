"""Which names of an article are places: their own evidence, their neighbours', each other's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from streams.entities.containment import SURE, contained
from streams.entities.evidence import readings_at, weigh
from streams.entities.gazetteer import Spot
from streams.entities.match import Match, Matcher
from streams.entities.mention import Mention, Text, neighbours
from streams.entities.setting import Setting, kind_cue
from streams.entities.words import ARABIC

CONVINCING = 1.7
POSSIBLE = -1.2
"""Evidence below which a name is not looked at again."""
_DASH = re.compile(
    r"(?:, [A-Z][\w.]+)?,? ?(?:[(\[][^)\]]{2,30}[)\]] ?)?(?:--|[-\u2013\u2014])[ \n]"
)
_NAMED_BEFORE = re.compile(
    r"(?:^|[^\w])[^\W\d_a-z]\w*(?: (?:city|town|village|district|area))? \((?:[^()]{2,40}, )?$"
)
_CLOSES = re.compile(r"(?:, [^()]{2,60})?\)")


def find_mentions(texts: Sequence[Text], matcher: Matcher) -> list[Mention]:
    """Return the names that are places, in order, by text."""
    return _convincing(
        [m for number, text in enumerate(texts) for m in _mentions(number, text, matcher)]
    )


def _mentions(number: int, text: Text, matcher: Matcher) -> list[Mention]:
    """Return the names of one text that may be places, longest first where they overlap."""
    proposals = []
    starts = [reading.start for reading in text.readings]
    for match in text.matches:
        spots, ambiguous, postal = _spots(match, matcher)
        if not spots:
            continue
        readings = readings_at(text.readings, starts, match)
        setting = Setting(
            match, text.words, readings, spots, ambiguous,
            _opens(text, match), _bracketed(text, match),
            text.words.texts[match.first][0] <= ARABIC,
            text.words.text(match.first - 1), text.words.joined(match.last + 1),
        )  # fmt: skip
        kind = kind_cue(setting)
        evidence = max(weigh(setting, kind), 0.0 if postal else -9.0)
        if evidence >= POSSIBLE:
            proposals.append(Mention(number, setting, evidence, kind, postal=postal))
    proposals.sort(key=lambda m: (m.match.first - m.match.last, m.match.first))
    taken: list[Mention] = []
    used: set[int] = set()
    for proposal in proposals:
        run = range(proposal.match.first, proposal.match.last + 1)
        if used.isdisjoint(run):
            taken.append(proposal)
            used.update(run)
    taken.sort(key=lambda m: m.match.first)
    return contained(text, taken, matcher)


def _spots(match: Match, matcher: Matcher) -> tuple[tuple[Spot, ...], bool, bool]:
    senses = [sense for sense in match.senses if sense.entry.spot is not None]
    if not senses:
        return (matcher.spots(match.number) if match.number is not None else ()), False, False
    spots = {s.entry.spot.id: s.entry.spot for s in senses if s.entry.spot is not None}
    if match.number is not None:
        for spot in matcher.spots(match.number):
            spots.setdefault(spot.id, spot)
    ambiguous = all(s.ambiguous for s in senses) and match.number is None
    postal = all(s.postal for s in senses)
    return tuple(spots.values()), ambiguous, postal


def _opens(text: Text, match: Match) -> bool:
    """Whether a name stands where a dateline does (``BANTAM -- A mason …``)."""
    source, at = text.passage.text, match.start - text.passage.start
    if not text.words.upper(match.first) or source[:at].rstrip()[-1:] not in {"", ".", ")"}:
        return False
    return _DASH.match(source, match.end - text.passage.start) is not None


def _bracketed(text: Text, match: Match) -> bool:
    """Whether a name stands in brackets after another (``Goma (Nyiragongo, Nord-Kivu)``)."""
    source, base = text.passage.text, text.passage.start
    if not text.words.capital(match.first) or not _CLOSES.match(source, match.end - base):
        return False
    before = source[max(0, match.start - base - 90) : match.start - base]
    return _NAMED_BEFORE.search(before) is not None


def _convincing(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names with enough evidence.

    It is their own, that of the same name elsewhere in the article, or that of the name beside
    them in a list of places.
    """
    best: dict[str, float] = {}
    for mention in mentions:
        key = mention.match.key
        best[key] = max(best.get(key, -9.0), mention.evidence)
    totals = [m.evidence + (1.2 if best[m.match.key] >= SURE else 0.0) for m in mentions]
    beside = list(totals)
    for at, (one, other) in enumerate(pairwise(mentions)):
        if one.text == other.text and other.follows:
            gain = 2.4 if neighbours(one, other) else 1.0
            beside[at] += gain if totals[at + 1] >= SURE else 0.0
            beside[at + 1] += gain if totals[at] >= SURE else 0.0
    return [m for m, total in zip(mentions, beside, strict=True) if total >= CONVINCING]
