"""Chooses between the readings of a stretch of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from streams.entities.candidate import Candidate, Passage

_APART = frozenset({"casualty", "weapon"})
"""Types whose spans may hold a name (a toll with who was killed)."""
_WORTH = {
    "url": 9.0,
    "hashtag": 9.0,
    "handle": 9.0,
    "date": 3.0,
    "operation": 3.0,
    "location": 0.3,
    "facility": 0.3,
}
_HOLDERS = frozenset({"organization", "armed_group", "security_force", "government"})
_HOLDS = 0.5
"""Worth of a listed Arabic name of these types: the place inside it (سرايا القدس) is its part."""
LEAST = 0.5
"""Confidence below which a reading by pattern is no entity."""


def _rank(candidate: Candidate, *, latin: bool) -> float:
    known = 0.4 if candidate.canonical is not None else 0.0
    length = min(40, candidate.end - candidate.start) / 40
    worth = _WORTH.get(candidate.type, 0.0)
    if not latin and candidate.type in _HOLDERS and candidate.rule.startswith("lexicon."):
        worth = _HOLDS
    return candidate.confidence + known + length + worth


def _latin(passage: Passage, candidate: Candidate) -> bool:
    at = candidate.start - passage.start
    return passage.text[at : at + 1] < "\u0590"


def select(passage: Passage, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return disjoint readings in order of position: the surer, longer and better known first.

    A toll may hold a name; the name of an organisation in Latin script may hold a place.
    """
    sure = [c for c in candidates if c.confidence >= LEAST]
    kept = [c for cluster in _clusters(sure) for c in _best(passage, cluster)]
    return sorted(kept, key=lambda c: (c.start, -c.end))


def _clusters(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the candidates in groups that do not overlap each other."""
    cluster: list[Candidate] = []
    end = 0
    for candidate in sorted(candidates, key=lambda c: (c.start, c.end, c.type)):
        if cluster and candidate.start >= end:
            yield cluster
            cluster = []
        cluster.append(candidate)
        end = max(end, candidate.end)
    if cluster:
        yield cluster


def _best(passage: Passage, cluster: list[Candidate]) -> list[Candidate]:
    """Return the readings of a group that go together."""
    if len(cluster) == 1:
        return cluster
    kept: list[Candidate] = []
    ranked = sorted(
        cluster, key=lambda c: (-_rank(c, latin=_latin(passage, c)), c.start, c.end, c.type)
    )
    for candidate in ranked:
        latin = _latin(passage, candidate)
        if all(_agree(candidate, other, latin=latin) for other in kept):
            kept.append(candidate)
    return kept


def _agree(one: Candidate, other: Candidate, *, latin: bool) -> bool:
    if one.end <= other.start or other.end <= one.start:
        return True
    if (one.type in _APART) != (other.type in _APART):
        return True
    return latin and (_part(one, other) or _part(other, one))


def _part(place: Candidate, organisation: Candidate) -> bool:
    """Whether a place is part of the name of an organisation that no lexicon knows."""
    return (
        place.type == "location"
        and organisation.type in {"organization", "government", "security_force"}
        and organisation.start <= place.start
        and place.end <= organisation.end
        and organisation.canonical is None
    )
