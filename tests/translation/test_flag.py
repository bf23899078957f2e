from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, FlaggedArticle, SegmentedArticle
from schemas.segment import Post, Segment
from streams.segmentation import segment
from streams.translation import flag
from tests.translation.sentences import CLAUSES, DIALECTS, LONG, SHORT, flagged, only

TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [
                *LONG.values(),
                *SHORT.values(),
                *DIALECTS,
                "#ساحة_النصر #VictorySquare",
                "— Lina ? (@lina_k) March 3, 2026",
                "https://t.co/x1 pic.twitter.com/abc",
                'He said: "لن ننسى شهداءنا أبدا"',
                "\u202e\u200bعكس\u0301",
                "می\u200cشود",
                "12:30 — 45%",
                " ",
                "\n",
            ]
        ),
        max_size=14,
    ).map(" ".join),
    st.lists(st.sampled_from([*LONG.values(), *SHORT.values(), "@x", "\n"]), max_size=9).map(
        "\n".join
    ),
)


@pytest.mark.parametrize(("language", "text"), LONG.items())
def test_a_sentence_names_its_language(language: str, text: str) -> None:
    one = only(text)
    assert (one.language, one.spans) == (language, ())
    assert one.needs_translation is (language != "en")
    assert one.translation_reason == ("target_language" if language == "en" else "foreign_language")
    assert one.language_confidence > 0.5


@pytest.mark.parametrize(("language", "text"), SHORT.items())
def test_a_headline_names_its_language(language: str, text: str) -> None:
    assert only(text).language == language


@pytest.mark.parametrize("language", sorted({language for language, _ in CLAUSES}))
def test_clauses_of_few_words_mostly_name_their_language(language: str) -> None:
    said = [only(clause).language for code, clause in CLAUSES if code == language]
    assert said.count(language) >= 0.85 * len(said)


@pytest.mark.parametrize("text", DIALECTS)
def test_dialects_are_arabic(text: str) -> None:
    assert only(text).language == "ar"


@pytest.mark.parametrize(
    ("text", "script"),
    [(LONG["ja"], "Jpan"), (LONG["zh"], "Hani"), (LONG["kmr"], "Latn"), (LONG["ckb"], "Arab")],
)
def test_the_script_is_told_by_its_iso_code(text: str, script: str) -> None:
    assert only(text).script == script


@pytest.mark.parametrize(
    "text",
    ["12/03/2026 45%", "https://t.co/x1 pic.twitter.com/abc", "@lina_k @omar", "Lara Haddad", "?!"],
)
def test_numbers_links_handles_and_names_alone_say_nothing(text: str) -> None:
    one = only(text)
    assert (one.language, one.translation_reason) == ("und", "no_linguistic_content")
    assert not one.needs_translation
    assert flagged(text).languages == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("#العدالة_للضحايا #تفجير_السوق https://t.co/ab", "ar"),
        ("#StopTheWar #WeWillNotForget", "en"),
        ("#Nous_sommes_avec_vous", "fr"),
    ],
)
def test_hashtags_alone_take_the_language_of_their_words(text: str, language: str) -> None:
    one = only(text)
    assert one.language == language
    assert one.needs_translation is (language != "en")


@pytest.mark.parametrize(
    ("heading", "body", "language"),
    [
        ("انفجار در موصل", LONG["fa"], "fa"),
        ("مذمت", LONG["ur"], "ur"),
        ("Explosion", LONG["fr"], "fr"),
        ("Explosion", LONG["de"], "de"),
        ("死者数増加", LONG["ja"], "ja"),
        ("死者人数上升", LONG["zh"], "zh"),
        ("کابل", LONG["ps"], "ps"),
    ],
)
def test_a_short_heading_takes_the_language_of_its_article(
    heading: str, body: str, language: str
) -> None:
    first, *_ = flagged(f"{body}\n{heading}\n{body}").segments[1:]
    assert first.language == language


def test_an_attribution_line_does_not_decide_a_post() -> None:
    text = (
        f"{LONG['en']}\nالله يرحم الشهداء ويصبر أهلهم\n"
        "— Sara Smith (@sarasmith) March 3, 2026\nA curfew followed, police said."
    )
    post = next(one for one in flagged(text).segments if one.kind == "social_post")
    assert (post.language, post.spans) == ("ar", ())


def test_an_arabic_attribution_does_not_make_an_english_post_arabic() -> None:
    text = (
        f"{LONG['ar']}\nStay home!\n"
        "— علي الكرخي من بغداد عاصمة العراق (@ali_karkhi) 3 مارس 2026\n"
        f"{LONG['ar']}"
    )
    post = next(one for one in flagged(text).segments if one.kind == "social_post")
    assert post.language == "en"
    assert not post.needs_translation


@pytest.mark.parametrize(
    ("targets", "needed"),
    [(("en",), True), (("fr",), False), (("fr-CA",), False), (("en", "FR"), False)],
)
def test_targets_need_no_translation_whatever_their_region(
    targets: tuple[str, ...], needed: bool
) -> None:
    article = flagged(LONG["fr"], targets=targets)
    assert article.needs_translation is needed
    assert article.translation_targets == targets


def test_shares_follow_the_letters_of_each_language() -> None:
    article = flagged(f"{LONG['ar']}\n{LONG['ar']}\n{LONG['fr']}")
    assert [one.language for one in article.languages] == ["ar", "fr"]
    assert article.primary_language == "ar"
    assert 0.55 < article.languages[0].share < 0.75


def test_a_script_of_no_known_language_is_undetermined_and_needs_translation() -> None:
    one = only("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎠᏂᏴᏫᏯ")
    assert (one.language, one.translation_reason) == ("und", "undetermined")
    assert one.needs_translation


def test_the_title_is_read_in_its_own_field() -> None:
    title, body = flagged(LONG["en"], title=SHORT["tr"]).segments
    assert (title.field, title.language) == ("title", "tr")
    assert body.language == "en"


def test_a_hint_decides_where_words_do_not() -> None:
    assert flagged("Nokia ja Sampo", language="fi").segments[0].language == "fi"
    assert flagged(LONG["en"], language="ar").segments[0].language == "en"


def test_letters_in_other_forms_read_as_the_plain_ones() -> None:
    assert only("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠: the army has entered the city").language == "en"
    assert only("ﻗﺘﻞ ﻋﺸﺮﺓ ﺃﺷﺨﺎﺹ ﻓﻲ ﺍﻧﻔﺠﺎﺭ").language == "ar"


def test_the_rest_of_a_segment_stays_as_it_was() -> None:
    text = f'{LONG["ar"]}\nHe said: "We heard it." #Blast'
    before = segment(Article.model_construct(article_id="a", text=text))
    for old, new in zip(before.segments, flag(before).segments, strict=True):
        assert {key: getattr(new, key) for key in Segment.model_fields} == {
            key: getattr(old, key) for key in Segment.model_fields
        }


@given(TEXTS)
def test_any_text_keeps_the_contract(text: str) -> None:
    article = flagged(text)
    assert article == flagged(text)
    shares = [one.share for one in article.languages]
    assert not shares or round(sum(shares), 4) == 1.0
    assert article.needs_translation is any(one.needs_translation for one in article.segments)
    for one in article.segments:
        _check_spans(text, one.start, one.end, [(s.start, s.end) for s in one.spans])
        if one.spans:
            assert len({span.language for span in one.spans}) > 1
            assert one.language in {span.language for span in one.spans}
            assert one.needs_translation is any(s.needs_translation for s in one.spans)


@given(st.text(max_size=120), st.lists(st.integers(0, 120), max_size=8))
def test_segments_cut_anywhere_are_read(text: str, cuts: list[int]) -> None:
    edges = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    segments = tuple(
        Segment(index=at, kind="paragraph", start=start, end=end)
        for at, (start, end) in enumerate(pairwise(edges))
    )
    article = SegmentedArticle.model_construct(article_id="a", text=text, segments=segments)
    assert [one.end for one in flag(article).segments] == [one.end for one in segments]


@pytest.mark.parametrize("text", ["\ud800", "كلام \udfff آخر", "word \ud83d word", "पानी\udc00"])
def test_lone_surrogates_do_no_harm(text: str) -> None:
    assert flagged(text).segments


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "@",
        "#a",
        "www.",
        "a.",
        "(@x)",
        "<",
        "<a",
        "&",
        "/",
        "ال",
        "می\u200c",
        "漢",
        "a,",
        "in der ",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    segments = (Segment(index=0, kind="social_post", start=0, end=len(text), post=Post()),)
    article = SegmentedArticle.model_construct(article_id="a", text=text, segments=segments)
    assert len(flag(article).segments) == 1


def test_an_article_of_nothing_has_no_language() -> None:
    article = flagged("")
    assert (article.primary_language, article.languages, article.segments) == ("und", (), ())


def test_the_flagged_article_survives_json() -> None:
    article = flagged(f'{LONG["ar"]}\nقال: "We will never forget the victims of this attack"')
    assert FlaggedArticle.from_json(article.to_json()) == article


def _check_spans(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Spans are in order and cover the segment but for white space."""
    at = start
    for first, last in spans:
        assert at <= first < last <= end
        assert not text[at:first].strip()
        at = last
    if spans:
        assert not text[at:end].strip()


def test_a_segment_of_a_title_that_is_not_there_says_nothing() -> None:
    segments = (Segment(start=0, end=200, index=0, kind="title", field="title"),)
    text = f"{LONG['en']} {LONG['ar']}"
    article = SegmentedArticle(article_id="a", text=text, segments=segments)

    (one,) = flag(article).segments
    assert (one.language, one.spans) == ("und", ())
