"""The scanner finds what the regular expressions themselves would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.incidents.lexicon import rows
from streams.incidents.openings import alternatives, openings
from streams.incidents.scan import Scanner

CLITICS = {"en": "", "ar": "(?:و|ف)?(?:ب|ل|ك)?(?:ال|ل)?"}
WORDS = {
    "en": "gunmen attacked a bus car bomb exploded anti-kidnapping kidnapped set on fire police "
    "clashed with stones, threw two petrol bombs protest marched hunger strike -bomb",
    "ar": "قتل والقتل بالتفجير انفجار سيارة مفخخة والانفجار خطف مسلحون فاشتبكوا للاعتقال لاضراب "
    "تظاهر الاف الطلاب كالهجوم وبقصف ولل الغارات 12",
}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("(?:car|truck)-? ?bomb(?:s|ed)?", {"car-", "car ", "carb", "truc"}),
        (r"kidnap\w*", {"kidn"}),
        ("ab?c", {"abc", "ac"}),
        ("[kc]ill", {"kill", "cill"}),
        ("(?<!flash )mobs?", {"mob", "mobs"}),
        (r"(?:\w+ )?x", {"", "x"}),
        (r"[^a]+ dead", {""}),
        (r"\d ab", {f"{digit} ab" for digit in range(10)}),
        ("a{2,3}b", {"a"}),
    ],
)
def test_the_openings_of_a_form_are_the_letters_it_may_start_with(
    form: str, expected: set[str]
) -> None:
    assert openings(form) == expected


def test_only_bars_outside_groups_part_alternatives() -> None:
    assert alternatives("a|(?:b|c)d|[|]") == ["a", "(?:b|c)d", "[|]"]


@pytest.mark.parametrize("language", ["en", "ar"])
@given(data=st.data())
def test_the_scanner_finds_what_each_form_finds_alone(language: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[language].split()), max_size=9))
    text = " ".join(words)
    found: dict[str, list[int]] = {}
    for start, _, name in SCANNERS[language].find(text):
        found.setdefault(name, []).append(start)
    expected: dict[str, list[int]] = {}
    for name, pattern in PATTERNS[language].items():
        for match in pattern.finditer(text):
            expected.setdefault(name, []).append(match.start("t"))
    assert found == expected


@given(st.text(max_size=60))
def test_any_text_is_scanned_without_error_and_spans_hold_words(text: str) -> None:
    for scanner in SCANNERS.values():
        assert all(0 <= start < end <= len(text) for start, end, _ in scanner.find(text))


FORMS = {
    language: {row["id"]: row["forms"] for row in rows(f"triggers_{language}.tsv")}
    for language in ("en", "ar")
}
SCANNERS = {
    language: Scanner(forms.items(), clitics="all" if language == "ar" else "none", tail=r"(?!\w)")
    for language, forms in FORMS.items()
}
PATTERNS = {
    language: {
        name: re.compile(rf"(?<![\w-]){CLITICS[language]}(?P<t>{form})(?!\w)")
        for name, form in forms.items()
    }
    for language, forms in FORMS.items()
}
