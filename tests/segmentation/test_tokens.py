import pytest

from streams.segmentation.tokens import bare, hashtags, links_of, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ساحة_الطيران", ["ساحة", "الطيران"]),
        ("BaghdadBombing", ["Baghdad", "Bombing"]),
        ("USArmyInIraq2026", ["US", "Army", "In", "Iraq", "2026"]),
        ("covid19", ["covid", "19"]),
        ("بغدادBaghdad", ["بغداد", "Baghdad"]),
        ("ÉliseeParis", ["Élisee", "Paris"]),
        ("العراق2026", ["العراق", "2026"]),
        ("__a__b_", ["a", "b"]),
        ("ISIS", ["ISIS"]),
    ],
)
def test_a_hashtag_comes_apart_into_words(name: str, expected: list[str]) -> None:
    assert list(words(name)) == expected


def test_hashtags_run_together_are_several() -> None:
    text = "#بغداد#ساحة_الطيران#Iraq"

    assert [text[a:b] for a, b, _ in hashtags(text, [])] == ["#بغداد", "#ساحة_الطيران", "#Iraq"]


@pytest.mark.parametrize("text", ["room #5", "a # b", "no tag"])
def test_a_number_or_a_lone_mark_is_no_hashtag(text: str) -> None:
    assert hashtags(text, []) == []


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://e.org/a_(b)?c=1#d.", ["https://e.org/a_(b)?c=1#d"]),
        ("صورة pic.twitter.com/Ab1", ["pic.twitter.com/Ab1"]),
        ("end pic.twitter.com/Ab1#Iraq", ["pic.twitter.com/Ab1"]),
        ("t.me/channel and www.e.org", ["t.me/channel", "www.e.org"]),
        ("«https://e.org/x» و http://e.org/ع،", ["https://e.org/x", "http://e.org/ع"]),
        ("3/4 and/or km/h", []),
        ("not.t.co/a", []),
    ],
)
def test_links_are_found_with_a_scheme_or_without(text: str, links: list[str]) -> None:
    assert [text[a:b] for a, b in links_of(text)] == links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#a #b pic.twitter.com/x", True),
        ("@a_b https://e.org", True),
        ("#a and more", False),
        ("Iraq", False),
        ("...", False),
    ],
)
def test_a_line_of_tags_and_links_alone_is_bare(text: str, expected: bool) -> None:
    assert bare(text) is expected
