"""Merges the reports of many articles into incidents, one report at a time.

Which reports belong together is a function of the set of reports (`cluster.groups`), so
neither their order nor a replay changes the outcome.  A new report touches only the
incidents it is linked with, directly or through others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from schemas import ArticleReference, Incident, IncidentReport, IncidentRevision
from streams.merging.cluster import groups
from streams.merging.facts import Facts
from streams.merging.features import Features, birth, features
from streams.merging.fuse import Fields, fuse, withdrawn
from streams.merging.state import OpenIncident, bounded, unpack
from streams.merging.weigh import Member
from streams.record.title import title

SILENCE = dt.timedelta(days=30)
"""Event time after which an incident that nobody tells of any more is closed."""


RETIRED = 20
"""Most joined incidents whose revision numbers an incident keeps."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a report changed: revisions to publish, then the state to write."""

    revisions: tuple[IncidentRevision, ...] = ()
    writes: dict[str, bytes | None] = field(default_factory=dict)
    """New packed state by incident id; ``None`` removes the incident."""


class Merger:
    """The open incidents of one or more partitions over a store of packed incidents.

    ``store`` maps incident ids to what earlier outcomes wrote; the caller applies an
    outcome's writes to it before the next `add` (a Faust table, a dict).  ``silence`` is
    in event time; ``None`` never closes an incident.  Not safe for concurrent use.
    """

    def __init__(
        self, store: Mapping[str, bytes], *, silence: dt.timedelta | None = SILENCE
    ) -> None:
        self._store = store
        self._facts = Facts(silence=silence)
        for incident_id, value in store.items():
            kept = unpack(value)
            facts = [m.features for m in kept.members]
            self._facts.put(incident_id, facts, explored=False, joined=bool(kept.older))

    def add(self, report: IncidentReport) -> Outcome:
        """Return what the report changes; no revision if it is already known.

        The state of a known report's incident is then written once more, unchanged: after a
        crash it may stand in the local store and be missing in what that is recovered from.
        The report must name its article: ``articles[0]``.
        """
        member = Member(report, features(report))
        writes: dict[str, bytes | None] = dict.fromkeys(self._facts.advance(member.features))
        owner = self._facts.owner(member.features.key)
        if owner is not None and self._known(owner, member):
            return Outcome(writes=writes | {owner: self._store[owner]})
        component = self._facts.component(member.features, also=owner)
        parts = self._parts(component, member.features)
        touched = sorted(component - parts.keys() | self._changed(parts, member.features.key))
        before = {name: unpack(self._store[name]) for name in touched if name in component}
        if any(member.features.article == a.article_id for o in before.values() for a in o.older):
            return Outcome(writes=writes)
        after = _regroup(before, member, {n: parts[n] for n in touched if n in parts})
        revisions = _revisions(before, after)
        self._facts.replace(
            before,
            {name: [m.features for m in one.members] for name, one in after.items()},
            near=component,
            joined={name for name, one in after.items() if one.older},
        )
        writes |= dict.fromkeys(before.keys() - after.keys())
        writes |= {name: one.pack() for name, one in after.items()}
        return Outcome(tuple(revisions), writes)

    def _parts(self, component: Iterable[str], new: Features) -> dict[str, frozenset[str]]:
        """Return the keys of the reports of each incident that a component and a report make."""
        reports = {one.key: one for name in component for one in self._facts.reports(name)}
        reports[new.key] = new
        facts = [reports[key] for key in sorted(reports)]
        return {
            incident_id([facts[i] for i in part]): frozenset(facts[i].key for i in part)
            for part in groups(facts, joined=self._facts.joined(component))
        }

    def _changed(self, parts: Mapping[str, frozenset[str]], new: str) -> set[str]:
        """Return the incidents that hold the new report or not the very reports as filed."""
        return {
            name
            for name, keys in parts.items()
            if new in keys or keys != {one.key for one in self._facts.reports(name)}
        }

    def _known(self, owner: str, member: Member) -> bool:
        version = member.report.pipeline_version
        return any(
            one.features == member.features and one.report.pipeline_version == version
            for one in unpack(self._store[owner]).members
        )


def merge_all(reports: Iterable[IncidentReport]) -> Iterator[Incident]:
    """Yield the incidents that the reports tell, in order of id; what was withdrawn is left out."""
    store: dict[str, bytes] = {}
    merger = Merger(store, silence=None)
    newest: dict[str, IncidentRevision] = {}
    for report in reports:
        outcome = merger.add(report)
        newest |= {revision.incident_id: revision for revision in outcome.revisions}
        for name, value in outcome.writes.items():
            if value is None:
                store.pop(name, None)
            else:
                store[name] = value
    for name in sorted(newest):
        if newest[name].status not in {"merged", "withdrawn"}:
            values = dict(newest[name])
            values.pop("changed_fields")
            yield Incident.model_construct(**values)


def incident_id(members: Sequence[Features]) -> str:
    """Return the id of an incident: that of its first report by time of publication."""
    first = min(members, key=birth)
    return blake2b(first.key.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _regroup(
    before: Mapping[str, OpenIncident], member: Member, parts: Mapping[str, frozenset[str]]
) -> dict[str, OpenIncident]:
    """Return the incidents that the reports of ``before`` and one more make."""
    members = {m.features.key: m for one in before.values() for m in one.members}
    members[member.features.key] = member
    older = {name: one.older for name, one in before.items()}
    let_go: dict[str, list[ArticleReference]] = {name: [*older.pop(name, ())] for name in parts}
    for name, articles in older.items():
        let_go[_holder(before[name], parts)] += articles
    retired = _retired(before, parts)
    made = {}
    for name, keys in parts.items():
        kept, gone = bounded([members[key] for key in sorted(keys)], let_go[name])
        revision = before[name].revision if name in before else retired.pop(name, 0)
        made[name] = OpenIncident(revision=revision, members=kept, older=gone)
    named = {incident_id([members[key].features]): n for n, keys in parts.items() for key in keys}
    for name in sorted(retired):
        holder = named.get(name, min(parts))
        joined = {**made[holder].retired, name: retired[name]}
        made[holder] = replace(made[holder], retired=dict([*joined.items()][-RETIRED:]))
    return made


def _retired(before: Mapping[str, OpenIncident], parts: Iterable[str]) -> dict[str, int]:
    """Return the last revisions of the incidents that were joined to others, now or earlier."""
    known: dict[str, int] = {}
    for one in before.values():
        known |= one.retired
    return known | {n: one.revision + 1 for n, one in before.items() if n not in set(parts)}


def _revisions(
    before: Mapping[str, OpenIncident], after: dict[str, OpenIncident]
) -> list[IncidentRevision]:
    """Return a revision for each incident that changed, and count it in ``after``."""
    revisions = []
    for name in sorted(after):
        one = after[name]
        fields = _fields(one)
        known = _fields(before[name]) if name in before else {}
        changed = tuple(sorted(k for k, v in fields.items() if v != known.get(k)))
        if not changed:
            continue
        number = one.revision + 1
        after[name] = replace(one, revision=number)
        status = "withdrawn" if withdrawn(one.members) else "new" if number == 1 else "updated"
        revisions.append(_revision(name, number, fields, status=status, changed_fields=changed))
    holding = {name: {m.features.key for m in one.members} for name, one in after.items()}
    for name in sorted(before.keys() - after.keys()):
        one = before[name]
        into = _holder(one, holding)
        revisions.append(
            _revision(
                name,
                one.revision + 1,
                _fields(one),
                status="merged",
                merged_into=into,
                changed_fields=("merged_into", "status"),
            )
        )
    return revisions


def _fields(one: OpenIncident) -> Fields:
    fields = fuse(one.members)
    if one.older:
        known = {a.article_id for a in fields["articles"]}
        extra = tuple(a for a in one.older if a.article_id not in known)
        fields["articles"] = (*fields["articles"], *extra)
    return fields


def _holder(gone: OpenIncident, holding: Mapping[str, AbstractSet[str]]) -> str:
    """Return the incident that now holds the most reports of one that is gone."""
    keys = {m.features.key for m in gone.members}
    return max(holding, key=lambda name: (len(holding[name] & keys), name))


def _revision(name: str, number: int, fields: Fields, **more: object) -> IncidentRevision:
    record = IncidentRevision.model_validate(
        {"incident_id": name, "revision": number, "title": "", **fields, **more}
    )
    return record.model_copy(update={"title": title(record)})
