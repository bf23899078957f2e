"""The cost model adds up, and the page says what it gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streams.topics import ARTICLES
from tests.benchmarks.capacity import (
    COPIES,
    COUNTRIES,
    LOAD,
    Assumed,
    partition,
    plan,
    skew,
)
from tests.benchmarks.page import RATES, number, page, size
from tests.benchmarks.sizing import PAGE, kept


def test_the_page_is_what_the_kept_figures_give() -> None:
    assert PAGE.read_text("utf-8") == page(kept())


@pytest.mark.parametrize("rate", RATES)
def test_the_workers_bear_the_rate_and_there_is_a_partition_for_each(rate: float) -> None:
    measured = kept()
    made = plan(measured, rate)
    work = rate * (measured.line_seconds + Assumed().reports_per_article * measured.merge_seconds)

    assert made.workers * LOAD >= work
    assert made.workers >= 2
    assert made.partitions >= made.workers
    assert made.brokers >= COPIES


def test_ten_times_the_articles_need_ten_times_the_disks() -> None:
    one, ten = plan(kept(), 100), plan(kept(), 1000)

    assert ten.stored == pytest.approx(10 * one.stored)
    assert ten.open_incidents == pytest.approx(10 * one.open_incidents)
    assert one.stored_short < one.stored


def test_the_articles_alone_fill_what_their_retention_says() -> None:
    only = replace(kept(), article_bytes={ARTICLES.name: 1000}, report_bytes=0, revision_bytes=0)
    only.article_bytes.update({t: 0 for t in kept().article_bytes if t != ARTICLES.name})

    assert plan(only, 10).stored == 10 * 1000 * 7 * 86_400 * COPIES


def test_a_country_lies_where_kafkas_clients_put_it() -> None:
    assert len(set(COUNTRIES)) == 60
    assert {partition(country, 8) for country in COUNTRIES} == set(range(8))
    assert {partition(country, 1) for country in COUNTRIES} == {0}


def test_more_partitions_never_take_the_first_countrys_share_away() -> None:
    shares = [skew(kept(), exponent=1.0, partitions=p, draws=50) for p in (1, 8, 64, 4096)]

    assert shares[0].median == pytest.approx(1.0)
    assert [s.median for s in shares] == sorted((s.median for s in shares), reverse=True)
    assert all(s.first - 1e-9 <= s.median <= s.worst for s in shares)


def test_numbers_are_written_as_people_read_them() -> None:
    assert [number(n) for n in (0.1549, 27.46, 1550, 43_210_000)] == [
        "0.155",
        "27.5",
        "1,550",
        "43,200,000",
    ]
    assert [size(n) for n in (999, 50_000, 1.1e15)] == ["999 B", "50 kB", "1.1 PB"]
