"""An open incident as it is kept: its reports, packed; what it holds is bounded.

The reports to be believed first are kept whole, the next without their evidence, the
rest as references to their articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cramjam
import orjson

from schemas import ArticleReference, IncidentReport
from streams.merging.features import birth, features
from streams.merging.weigh import Member, ranked

WHOLE = 6
"""Reports kept with their evidence."""
SLIM = 24
"""Further reports kept without it."""
REFERENCES = 120
"""Further articles kept by name only; older ones are forgotten."""
MAXIMUM_BYTES = 8192
"""Most bytes of one packed incident."""

FITS = ((WHOLE, SLIM), (3, SLIM), (1, 16), (1, 8), (0, 6), (0, 3))
"""Reports kept whole and slim, the first that fits into `MAXIMUM_BYTES`."""

SMALL = 40
"""Pieces of evidence that surely fit."""

_ROOM = MAXIMUM_BYTES - 700
"""Bytes for all but the revision numbers of joined incidents."""

_WITHOUT = {"evidence": (), "other_places": ()}


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """What is known of an incident that can still change."""

    revision: int
    members: tuple[Member, ...]
    older: tuple[ArticleReference, ...] = ()
    """Articles of reports that are no longer kept."""
    retired: Mapping[str, int] = field(default_factory=dict)
    """Last revisions of incidents that were joined to this one, should they part again."""

    def pack(self) -> bytes:
        """Return it as compressed JSON of at most `MAXIMUM_BYTES`."""
        value = {
            "revision": self.revision,
            "members": [m.report.model_dump(mode="json", exclude_none=True) for m in self.members],
            "older": [a.model_dump(mode="json", exclude_none=True) for a in self.older],
            "retired": dict(self.retired),
        }
        return bytes(cramjam.zstd.compress(orjson.dumps(value), level=3))


def unpack(value: bytes) -> OpenIncident:
    """Return the open incident that was packed."""
    data = orjson.loads(bytes(cramjam.zstd.decompress(value)))
    reports = [IncidentReport.model_validate(r) for r in data["members"]]
    return OpenIncident(
        revision=data["revision"],
        members=tuple(Member(r, features(r)) for r in reports),
        older=tuple(ArticleReference.model_validate(a) for a in data["older"]),
        retired=data.get("retired", {}),
    )


def bounded(
    members: Sequence[Member], older: Sequence[ArticleReference]
) -> tuple[tuple[Member, ...], tuple[ArticleReference, ...]]:
    """Return the members trimmed to what is kept, and the articles of those let go.

    The first report stays, since the incident is named for it.  Which others stay depends
    on the set alone, so a report that was let go would not have come back; only where the
    reports are so long that fewer fit does it depend on the order in which they came.
    """
    for whole, slim in FITS:
        kept, gone = _trimmed(members, older, whole=whole, slim=slim)
        if _surely_fits(kept, gone) or len(OpenIncident(0, kept, gone).pack()) <= _ROOM:
            break
    return kept, gone


def _surely_fits(kept: Sequence[Member], gone: Sequence[ArticleReference]) -> bool:
    evidence = sum(len(m.report.evidence) for m in kept)
    return len(kept) <= WHOLE and evidence <= SMALL and not gone


def _trimmed(
    members: Sequence[Member], older: Sequence[ArticleReference], *, whole: int, slim: int
) -> tuple[tuple[Member, ...], tuple[ArticleReference, ...]]:
    first = min(members, key=lambda m: birth(m.features))
    order = [m for m in ranked(members) if m is not first]
    order.insert(min(max(whole, 1) - 1, len(order)), first)
    kept = [*order[:whole], *(_slim(m) for m in order[whole : whole + slim])]
    gone = {a.article_id: a for a in older}
    gone |= {m.features.article: m.report.articles[0] for m in order[whole + slim :]}
    references = REFERENCES if whole == WHOLE else REFERENCES // 2
    return tuple(kept), tuple(gone[name] for name in sorted(gone))[:references]


def _slim(member: Member) -> Member:
    report = member.report
    if not report.evidence:
        return member
    actors = tuple(a.model_copy(update={"mentions": ()}) for a in report.actors)
    return Member(report.model_copy(update=_WITHOUT | {"actors": actors}), member.features)
