from streams.incidents.confidence import LEAST, MOST, SIGNS
from streams.incidents.lexicon import rows
from tests.benchmarks.reliability import binned, drawn
from tests.incidents.test_extract import reports


def sure(text: str) -> float:
    (report,) = reports(text)
    return report.confidence.overall


def test_every_sign_has_its_weights_and_every_weight_its_sign() -> None:
    assert {row["id"] for row in rows("confidence.tsv")} == set(SIGNS)


def test_a_report_with_a_day_and_a_town_is_surer_than_a_bare_one() -> None:
    full = sure("Gunmen killed three soldiers in Basra on 9 March 2026.")
    bare = sure("Gunmen killed three soldiers.")
    assert LEAST <= bare < full <= MOST


def test_what_only_a_quoted_speaker_says_is_told_less_surely() -> None:
    own = sure("Gunmen killed three soldiers in Basra on 9 March 2026.")
    quoted = sure(
        '"Gunmen killed three soldiers in Basra on 9 March 2026, and we saw it," Ali Hasan said.'
    )
    assert quoted < own


def test_a_place_taken_from_the_dateline_is_surer_where_the_sentence_names_it_too() -> None:
    lead = "BASRA, March 9 (Wire) -- Officials met."
    (elsewhere,) = reports(f"{lead} Gunmen killed three soldiers.")
    (here,) = reports(f"{lead} Gunmen killed three soldiers in Basra.")
    assert elsewhere.confidence.place is not None
    assert here.confidence.place is not None
    assert elsewhere.confidence.place < here.confidence.place


def test_each_suite_counts_the_same_in_a_bin() -> None:
    found = [("a", 0.85, True)] * 90 + [("b", 0.85, False)] * 10
    ((told, right, number),) = binned(found)
    assert (round(told, 2), round(right, 2), number) == (0.85, 0.5, 100)


def test_a_bin_that_keeps_its_promise_lies_on_the_diagonal() -> None:
    plot = drawn([(0.5, 0.5, 10)])
    assert 'cx="220.0" cy="220.0"' in plot
    assert "said 0.50, right 0.50, 10 reports" in plot
