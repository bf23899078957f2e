import pytest

from schemas import Casualty, Plover
from streams.record.fingerprint import SAME_TEXT_BITS, distance, fingerprint
from streams.record.title import title
from tests.merging.stories import report


def test_a_title_tells_event_place_toll_and_claim() -> None:
    one = report("a", killed=9, claimed_by="Islamic State")

    assert title(one) == "Suicide bombing in Ramadi, Iraq: 9 killed, claimed by Islamic State"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"stage": "foiled"}, "Foiled: suicide bombing in Ramadi, Iraq"),
        ({"realis": "historical"}, "Earlier: suicide bombing in Ramadi, Iraq"),
        ({"place": None}, "Suicide bombing"),
        (
            {
                "sub_event_type": "Air/drone strike",
                "plover": Plover(event="ASSAULT", mode="drone"),
                "casualties": (
                    Casualty(harm="injured", min=3, best=3),
                    Casualty(harm="killed", min=2, qualifier="at_least"),
                    Casualty(harm="killed", best=1, of="children"),
                ),
            },
            "Drone strike in Ramadi, Iraq: at least 2 killed, 3 injured",
        ),
    ],
)
def test_a_title_says_how_far_it_got_and_no_more_than_is_known(
    change: dict[str, object], expected: str
) -> None:
    assert title(report("a").model_copy(update=change)) == expected


def test_copies_of_a_text_have_close_fingerprints_and_other_texts_have_not() -> None:
    text = " ".join(f"word{n} of the report from the town" for n in range(60))
    copy = text.replace("word7 ", "word-seven ") + " (Agency)"
    other = " ".join(f"another{n} story told by somebody else" for n in range(60))
    one, two, three = (int(fingerprint(t), 16) for t in (text, copy, other))

    assert distance(one, two) <= SAME_TEXT_BITS < distance(one, three)
