"""Groups reports into incidents as a function of the set alone, whatever order they came in.

Strongest links first; two groups join unless any two of their reports contradict each
other, and only if their reports are alike on average, so that a chain of half-likenesses
does not tie a week of war into one incident.  This is agglomerative clustering by average
linkage (Sokal and Michener 1958) with "cannot-link" pairs (Davidson and Ravi 2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from streams.merging.compare import Comparison, compare
from streams.merging.features import Features

AVERAGE = 4.0
"""Mean score between the reports of two groups from which they may join."""

Pairs = dict[tuple[int, int], Comparison]


def groups(
    reports: Sequence[Features], *, joined: Iterable[AbstractSet[str]] = ()
) -> list[tuple[int, ...]]:
    """Return the indices of the reports of each incident, the groups in order of their first.

    ``joined`` names reports, by their keys, that stay together: those of an incident with so
    many reports that what tied them may be forgotten.
    """
    ordered = sorted(range(len(reports)), key=lambda i: reports[i].key)
    pairs: Pairs = {}
    links: list[tuple[float, int, int]] = []
    for one, other in combinations(ordered, 2):
        comparison = compare(reports[one], reports[other])
        pairs[one, other] = pairs[other, one] = comparison
        if comparison.linked:
            links.append((-comparison.score, one, other))
    group_of = {i: {i} for i in ordered}
    for keys in joined:
        group = {i for i in ordered if reports[i].key in keys}
        group_of |= dict.fromkeys(group, group)
    links.sort(key=lambda link: (link[0], reports[link[1]].key, reports[link[2]].key))
    for _, one, other in links:
        left, right = group_of[one], group_of[other]
        if left is right or not _alike(left, right, pairs):
            continue
        left |= right
        for member in right:
            group_of[member] = left
    distinct = {id(group): group for group in group_of.values()}
    return sorted(tuple(sorted(group)) for group in distinct.values())


def _alike(left: set[int], right: set[int], pairs: Pairs) -> bool:
    total = 0.0
    for one in sorted(left):
        for other in sorted(right):
            comparison = pairs[one, other]
            if comparison.contradiction:
                return False
            total += comparison.score
    return total >= AVERAGE * len(left) * len(right)
