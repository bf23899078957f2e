"""The benchmark itself: its articles, its sums, and one tiny run of every part."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.benchmarks import plot, summary
from tests.benchmarks.articles import message, text
from tests.benchmarks.feeding import Passed
from tests.benchmarks.passing import AIOKAFKA, OURS, PLAIN
from tests.benchmarks.processes import ROOT, percentile
from tests.benchmarks.systems.ours import ID
from tests.broker import need_kafka


def test_articles_are_the_same_each_time_and_have_the_length_asked_for() -> None:
    assert text(7) == text(7) != text(8)
    assert {len(text(n, characters=3300)) for n in range(8)} == {3300}


def test_the_id_of_a_message_stands_where_the_pass_through_stage_reads_it() -> None:
    key, value = message(41, copy=123)
    assert value[ID] == key == b"article-000000123"


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert percentile([5.0, 1.0, 3.0], 0.999) == 5.0


def test_ratios_are_cpu_over_cpu_by_medians() -> None:
    def rounds(*cpu: float) -> list[Passed]:
        return [Passed(count=100, cpu=one, wall=1.0, resident_mb=1.0) for one in cpu]

    found = {OURS: rounds(2, 9, 2), AIOKAFKA: rounds(1, 1, 7), PLAIN: rounds(8, 8, 8)}
    figures, (title, columns, rows) = summary.of_passing(found)
    assert figures["transport_over_aiokafka"] == 2
    assert figures["plain_faust_over_transport"] == 4
    assert plot.bars(title, columns, rows).count("<rect") == 1 + len(rows)


@pytest.mark.long
@pytest.mark.kafka
def test_a_tiny_run_gives_every_named_figure() -> None:
    need_kafka()
    command = [sys.executable, "-m", "tests.benchmarks", "--smoke", "--json"]
    command += ["--only", "line", "transport", "latency", "scaling"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout)
    for name in (
        "inprocess_articles_per_second",
        "topics_over_inprocess",
        "transport_over_aiokafka",
        "plain_faust_over_transport",
        "latency_p99_over_aiokafka",
        "two_workers_over_one",
        "resident_mb",
        "live_p99_ms",
    ):
        assert figures[name] > 0, name
