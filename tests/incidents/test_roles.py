import pytest

from tests.incidents.test_extract import reports


def told(text: str) -> set[tuple[str, str]]:
    """Return the role and words of every actor."""
    return {(actor.role, actor.text or "") for report in reports(text) for actor in report.actors}


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("Gunmen killed two teachers in Taiz on Monday.", "perpetrator", "Gunmen"),
        ("Two teachers were killed by gunmen in Taiz on Monday.", "perpetrator", "gunmen"),
        ("Rebels blew up a bridge near Hays on Sunday.", "target", "bridge"),
        ("The mayor, Ana Rojas Paz, was shot dead in Hays on Sunday.", "victim", "Ana Rojas Paz"),
        ("The assassination of judge Omar Saleh in Aden on Monday.", "victim", "Omar Saleh"),
        ("The assassination in Aden of judge Omar Saleh shocked many.", "victim", "Omar Saleh"),
        ("Gunmen killed two reporters, Omar Saleh and Ana Rojas Paz.", "victim", "Ana Rojas Paz"),
        ("A bomb killed six teachers, including Omar Saleh.", "victim", "Omar Saleh"),
        (
            "The soldier killed in Hays on Monday was identified as Omar Saleh.",
            "victim",
            "Omar Saleh",
        ),
        ("A bomb killed six members of a party, including Omar Saleh.", "victim", "Omar Saleh"),
        (
            "The body of Omar Saleh, 30, who was kidnapped, was found.",
            "victim",
            "Omar Saleh",
        ),
        (
            "Rebels took as hostages Omar Saleh and Ana Rojas Paz.",
            "victim",
            "Ana Rojas Paz",
        ),
        ("Three tourists were taken hostage by rebels in Hays.", "victim", "tourists"),
        ("Omar Saleh blamed rebels for a bombing from which he escaped.", "victim", "Omar Saleh"),
        ("The group was blamed for killing Omar Saleh in Hays.", "victim", "Omar Saleh"),
        ("Three men took judge Omar Saleh hostage in Hays.", "victim", "Omar Saleh"),
        ("The widow of Omar Saleh, killed in Hays on Monday, spoke.", "victim", "Omar Saleh"),
        (
            "The victims, who had been tortured, were identified as Omar Saleh and Ana Rojas Paz.",
            "victim",
            "Ana Rojas Paz",
        ),
        ("General Omar Saleh escaped unhurt from a car bomb attack.", "victim", "Omar Saleh"),
        (
            "Omar Saleh, dean of the school, four other teachers, and a guard were murdered today.",
            "victim",
            "Omar Saleh",
        ),
        (
            "Ana Rojas Paz, party leader and deputy, was kidnapped in Hays.",
            "victim",
            "Ana Rojas Paz",
        ),
    ],
)
def test_word_order_tells_who_did_it_and_who_suffered(text: str, role: str, words: str) -> None:
    assert (role, words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed two guards in Aden on Monday, it was reported today by the national police.",
        "ADEN, March 9 (AFP) -- A bomb killed two guards in Aden on Monday.",
    ],
)
def test_who_tells_the_news_did_nothing(text: str) -> None:
    assert not {words for role, words in told(text) if role in {"perpetrator", "claimant"}}


def test_a_group_that_a_claim_names_is_the_claimant() -> None:
    text = "A car bomb killed nine people in Ramadi on Monday. Islamic State claimed the attack."

    assert ("claimant", "Islamic State") in told(text)


def test_who_speaks_of_the_harmed_is_not_among_them() -> None:
    text = "Gunmen killed two reporters, President Omar Saleh said in Aden on Monday."

    assert ("victim", "Omar Saleh") not in told(text)
