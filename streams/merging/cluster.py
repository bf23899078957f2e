"""Groups reports into incidents as a function of the set alone, whatever order they came in.

Strongest links first; two groups join unless any two of their reports contradict each
other.  This is constrained agglomerative clustering with "cannot-link" pairs (Davidson
and Ravi 2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from streams.merging.compare import compare
from streams.merging.features import Features


def groups(reports: Sequence[Features]) -> list[tuple[int, ...]]:
    """Return the indices of the reports of each incident, the groups in order of their first."""
    ordered = sorted(range(len(reports)), key=lambda i: reports[i].key)
    links: list[tuple[float, int, int]] = []
    apart: set[tuple[int, int]] = set()
    for one, other in combinations(ordered, 2):
        comparison = compare(reports[one], reports[other])
        if comparison.contradiction:
            apart |= {(one, other), (other, one)}
        elif comparison.linked:
            links.append((-comparison.score, one, other))
    group_of = {i: {i} for i in ordered}
    links.sort(key=lambda link: (link[0], reports[link[1]].key, reports[link[2]].key))
    for _, one, other in links:
        left, right = group_of[one], group_of[other]
        if left is right or any((i, j) in apart for i in left for j in right):
            continue
        left |= right
        for member in right:
            group_of[member] = left
    distinct = {id(group): group for group in group_of.values()}
    return sorted(tuple(sorted(group)) for group in distinct.values())
