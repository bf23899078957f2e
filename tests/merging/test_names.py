import pytest

from streams.merging.names import couples, meet, reduced


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("salim haddad", "saleem haddad"),
        ("febe velasquez", "febe velazquez"),
        ("muhammad al-sadiq", "mohammed alsadiq"),
        ("ana rojas", "ana maria rojas paz"),
        ("juan carlos rojas paz", "juan rojas paz"),
    ],
)
def test_spellings_and_left_out_parts_are_one_person(one: str, other: str) -> None:
    assert meet(reduced([one]), reduced([other]))
    assert set(couples(reduced([one]))) & set(couples(reduced([other])))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("salim haddad", "rana haddad"),
        ("juan carlos rojas", "juan carlos perez"),
        ("ahmed mohammed ali", "ahmed mohammed hassan"),
        ("haddad", "haddad"),
    ],
)
def test_given_names_or_a_surname_alone_are_not(one: str, other: str) -> None:
    assert not meet(reduced([one]), reduced([other]))
