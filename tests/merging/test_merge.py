import datetime as dt
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Incident, IncidentDate, IncidentPlace, IncidentReport, IncidentRevision
from streams.merging import Merger, merge_all
from streams.merging.state import MAXIMUM_BYTES
from tests.merging.stories import report, reports


class Feed:
    """A merger over a dict, as the worker drives it over its table."""

    def __init__(self, silence: dt.timedelta | None = None) -> None:
        self.store: dict[str, bytes] = {}
        self.silence = silence
        self.published: list[IncidentRevision] = []
        self.restart()

    def restart(self) -> None:
        """Begin anew from the store, as a worker does after a crash."""
        self.merger = Merger(self.store, silence=self.silence)

    def send(self, report: IncidentReport) -> tuple[IncidentRevision, ...]:
        """Merge a report and return what is published."""
        outcome = self.merger.add(report)
        self.published += outcome.revisions
        for name, value in outcome.writes.items():
            if value is None:
                self.store.pop(name, None)
            else:
                self.store[name] = value
        return outcome.revisions

    def standing(self) -> dict[str, dict[str, object]]:
        """Return what a consumer sees in the end, revision numbers left out."""
        newest = {revision.incident_id: revision for revision in self.published}
        return {
            name: revision.model_dump(exclude={"revision", "status", "changed_fields"})
            for name, revision in newest.items()
            if revision.status != "merged"
        }


def fed(all_reports: Iterable[IncidentReport]) -> Feed:
    feed = Feed()
    for one in all_reports:
        feed.send(one)
    return feed


def test_two_reports_of_one_attack_make_one_incident() -> None:
    incidents = list(merge_all([report("a"), report("b", source="paper")]))

    assert [(i.source_count, len(i.articles)) for i in incidents] == [(2, 2)]


def test_other_town_other_day_and_other_type_stay_apart() -> None:
    incidents = list(
        merge_all(
            [
                report("a"),
                report("b", town="Mosul"),
                report("c", day=14),
                report("d", sub_type="Air/drone strike"),
            ]
        )
    )

    assert len(incidents) == 4


def test_a_rising_toll_replaces_keeps_its_history_and_bumps_the_revision() -> None:
    feed = Feed()
    feed.send(report("a", killed=5, hour=8))
    (second,) = feed.send(report("b", killed=9, hour=15, source="paper"))

    assert second.revision == 2
    assert second.status == "updated"
    assert "casualties" in second.changed_fields
    assert second.casualties[0].best == 9
    assert [c.best for c in second.casualty_history] == [5, 9]


def test_a_lower_toll_of_another_source_is_a_conflict_not_a_change() -> None:
    (incident,) = merge_all(
        [report("a", killed=9, hour=8), report("b", killed=5, hour=15, source="paper")]
    )

    assert incident.casualties[0].best == 9
    assert ("casualties.killed", ("5", "9")) in [(c.field, c.values) for c in incident.conflicts]


def test_a_source_may_correct_its_own_toll_downwards() -> None:
    (incident,) = merge_all([report("a", killed=9, hour=8), report("b", killed=7, hour=15)])

    assert incident.casualties[0].best == 7


def test_a_source_that_takes_everything_back_withdraws_the_incident() -> None:
    feed = Feed()
    feed.send(report("a", hour=8))
    (revision,) = feed.send(report("b", hour=15, realis="denied"))

    assert revision.status == "withdrawn"
    assert list(merge_all([report("a", hour=8), report("b", hour=15, realis="denied")])) == []


def test_a_withdrawal_that_comes_before_what_it_takes_back_withdraws_too() -> None:
    first, denial = report("a", hour=8), report("b", hour=15, realis="denied")

    assert list(merge_all([denial, first])) == []
    assert {r.status for r in fed([denial, first]).published[-2:]} == {"withdrawn", "merged"}


def test_a_report_without_a_country_joins_once_a_later_one_names_it() -> None:
    nowhere = report("a", town=None, killed=23, hour=8, victim="Salim Haddad")
    somewhere = report("b", killed=23, hour=9, victim="Salim Haddad", source="paper")

    for order in ([nowhere, somewhere], [somewhere, nowhere]):
        (incident,) = merge_all(order)
        assert incident.place is not None
        assert (incident.place.country_code, incident.source_count) == ("IQ", 2)


def test_a_report_between_two_incidents_joins_them_and_the_later_one_is_merged() -> None:
    named = report("a", hour=8, victim="Salim Haddad")
    placeless = report("b", hour=12, town=None, source="paper", fingerprint="00000000000000ff")
    between = report(
        "c", hour=14, town=None, victim="Salim Haddad", source="radio",
        fingerprint="00000000000000ff",
    )  # fmt: skip
    feed = fed([named, placeless])
    assert len(feed.store) == 2
    first = {r.articles[0].article_id: r.incident_id for r in feed.published}

    revisions = feed.send(between)

    assert {r.incident_id: r.merged_into for r in revisions if r.status == "merged"} == {
        first["b"]: first["a"]
    }
    assert feed.standing() == fed([between, placeless, named]).standing()


def test_named_victims_bind_reports_that_date_the_killing_days_apart() -> None:
    (incident,) = merge_all(
        [
            report("a", sub_type="Attack", killed=1, victim="Salim Haddad"),
            report("b", day=14, sub_type="Attack", killed=1, victim="Salim Haddad", source="paper"),
        ]
    )

    assert [c.field for c in incident.conflicts] == ["date"]


def test_a_killing_told_again_weeks_later_without_a_day_is_the_same_killing() -> None:
    again = IncidentDate(
        start=dt.date(2026, 3, 28), end=dt.date(2026, 3, 28), precision="week",
        anchor="published_at", time_precision=2,
    )  # fmt: skip
    (incident,) = merge_all(
        [
            report("a", sub_type="Attack", victim="Salim Haddad"),
            report("b", day=28, date=again, sub_type="Attack", victim="Saleem A. Haddad"),
        ]
    )

    assert [a.article_id for a in incident.articles] == ["a", "b"]


def test_a_year_in_an_apposition_contradicts_no_full_name() -> None:
    year = IncidentDate(
        start=dt.date(2019, 1, 1), end=dt.date(2019, 12, 31), precision="year",
        anchor="absolute", time_precision=3,
    )  # fmt: skip
    told = report("a", sub_type="Attack", victim="Salim Haddad")

    vague = report("b", date=year, sub_type="Attack", victim="Salim Haddad", source="paper")
    assert len(list(merge_all([told, vague]))) == 1

    vague = report("b", date=year, sub_type="Attack", victim="Rana Haddad", source="paper")
    assert len(list(merge_all([told, vague]))) == 2


def test_a_name_outweighs_a_country_that_only_the_nation_of_somebody_told() -> None:
    abroad = IncidentPlace(name="France", country_code="FR", precision=3)
    (incident,) = merge_all(
        [
            report("a", sub_type="Attack", victim="Salim Haddad"),
            report("b", place=abroad, sub_type="Attack", victim="Salim Haddad", source="paper"),
        ]
    )

    assert incident.place is not None
    assert incident.place.country_code == "IQ"


def test_news_of_the_day_is_the_event_of_the_day_before_but_a_later_event_is_another() -> None:
    news = IncidentDate(
        start=dt.date(2026, 3, 11), end=dt.date(2026, 3, 11), precision="week",
        anchor="published_at", time_precision=2,
    )  # fmt: skip
    undated = report("b", day=11, date=news, killed=5, source="paper")

    assert len(list(merge_all([report("a", day=10, killed=5), undated]))) == 1
    assert len(list(merge_all([report("a", day=14, killed=5), undated]))) == 2


def test_a_chain_of_half_likenesses_is_not_one_incident() -> None:
    days = [report(f"a{n}", day=10 + n, killed=3 + 9 * n, sub_type="Attack") for n in range(6)]

    assert len(list(merge_all(days))) > 1


def test_a_denial_by_someone_else_is_a_conflict() -> None:
    (incident,) = merge_all(
        [report("a", hour=8), report("b", hour=15, source="ministry", realis="denied")]
    )

    assert incident.realis == "actual"
    assert [c.field for c in incident.conflicts] == ["realis"]


def test_a_report_that_comes_late_but_was_first_gives_the_incident_its_id() -> None:
    feed = Feed()
    feed.send(report("b", hour=15))
    revisions = feed.send(report("a", hour=8, source="paper"))

    merged = [r for r in revisions if r.status == "merged"]
    assert [r.merged_into for r in merged] == [
        r.incident_id for r in revisions if r.status != "merged"
    ]


def test_an_incident_without_a_time_closes_too_counted_from_when_it_came() -> None:
    def undated(article: str, town: str) -> IncidentReport:
        one = report(article, town=town)
        return one.model_copy(
            update={"articles": (one.articles[0].model_copy(update={"published_at": None}),)}
        )

    feed = Feed(silence=dt.timedelta(days=30))
    feed.send(undated("a0", "Ramadi"))
    feed.send(report("a1", day=1, town="Idlib"))
    feed.send(undated("a2", "Mosul"))
    assert len(feed.store) == 3
    feed.send(report("a3", day=40, town="Fallujah"))

    assert len(feed.store) == 1


def test_an_incident_closes_after_silence_and_leaves_the_state() -> None:
    feed = Feed(silence=dt.timedelta(days=30))
    feed.send(report("a", day=1))
    feed.send(report("b", day=20, town="Mosul"))
    feed.send(report("c", day=40, town="Idlib"))

    assert len(feed.store) == 2


def test_a_hundred_reports_of_one_incident_stay_within_eight_kilobytes() -> None:
    feed = fed(
        report(f"a{n:03}", killed=n, source=f"s{n % 17}", hour=n % 24, published=10 + n // 24)
        for n in range(100)
    )

    assert len(feed.store) == 1
    assert len(next(iter(feed.store.values()))) <= MAXIMUM_BYTES
    assert len(feed.published[-1].articles) == 100


@settings(deadline=None)  # other work on the machine is no failure
@given(reports(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_incidents(made: list[IncidentReport], random: object) -> None:
    expected = fed(made).standing()
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random

    assert fed(shuffled).standing() == expected


@settings(deadline=None)  # other work on the machine is no failure
@given(reports(), st.data())
def test_a_replay_changes_nothing(made: list[IncidentReport], data: st.DataObject) -> None:
    feed = fed(made)
    store = dict(feed.store)
    again = data.draw(st.lists(st.sampled_from(made)))

    assert [feed.send(one) for one in again] == [()] * len(again)
    assert feed.store == store


@settings(deadline=None)  # other work on the machine is no failure
@given(reports(), st.integers(0, 8))
def test_a_restart_changes_nothing(made: list[IncidentReport], at: int) -> None:
    feed = Feed()
    for number, one in enumerate(made):
        if number == at:
            feed.restart()
        feed.send(one)

    assert feed.standing() == fed(made).standing()


@settings(deadline=None)  # other work on the machine is no failure
@given(reports())
def test_revisions_count_up_and_every_report_is_somewhere(made: list[IncidentReport]) -> None:
    feed = fed(made)
    numbers: dict[str, int] = {}
    for revision in feed.published:
        assert revision.revision > numbers.get(revision.incident_id, 0)
        numbers[revision.incident_id] = revision.revision
    named = [a["article_id"] for i in feed.standing().values() for a in i["articles"]]  # type: ignore[attr-defined]  # a dump

    assert sorted(named) == sorted(r.articles[0].article_id for r in made)


def test_merge_all_gives_incidents_without_revision_fields() -> None:
    (incident,) = merge_all([report("a")])

    assert type(incident) is Incident
    assert b"changed_fields" not in incident.to_json()
