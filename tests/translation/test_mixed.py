from __future__ import annotations

import pytest

from tests.translation.sentences import LONG, SHORT, only, parts


@pytest.mark.parametrize(
    ("before", "quote", "after", "language", "quoted"),
    [
        (
            "The minister told reporters:",
            '"Nous ne céderons jamais face à la terreur."',
            "He then left the room.",
            "en",
            "fr",
        ),
        (
            "قال الرئيس في تغريدة:",
            '"We will never forget the victims of this attack"',
            "قبل أن يغادر المنصة.",
            "ar",
            "en",
        ),
        (
            "Der Sprecher sagte:",
            "«We are deeply saddened by this attack on our people».",
            "Mehr wollte er nicht sagen.",
            "de",
            "en",
        ),
        (
            "A poster read",
            '"الشعب يريد إسقاط النظام ولن نعود إلى البيوت"',
            "as the crowd marched through the city.",
            "en",
            "ar",
        ),
        (
            "Soldiers shouted",
            '"Wir werden euch nie vergessen"',
            "at the ceremony.",
            "en",
            "de",
        ),
        (
            "Le ministre a dit:",
            '"لن ننسى شهداءنا أبدا وسنحاسب القتلة"',
            "devant la presse.",
            "fr",
            "ar",
        ),
    ],
)
def test_a_quotation_in_another_language_is_a_span_of_its_own(
    before: str, quote: str, after: str, language: str, quoted: str
) -> None:
    assert parts(f"{before} {quote} {after}") == [
        (before, language, language != "en"),
        (quote, quoted, quoted != "en"),
        (after, language, language != "en"),
    ]


KIN = [{"id", "ms"}, {"am", "ti"}, {"zh", "ja"}]
"""Pairs too near to be told apart inside one segment of two sentences."""


@pytest.mark.parametrize("first", LONG)
def test_two_sentences_in_two_languages_are_two_spans(first: str) -> None:
    one = LONG[first]
    for second, other in LONG.items():
        if first == second or {first, second} in KIN:
            continue
        text = f"{one} {other}"
        assert parts(text) == [(one, first, first != "en"), (other, second, second != "en")]
        assert only(text).translation_reason == "mixed_language"


@pytest.mark.parametrize("language", LONG)
def test_two_sentences_of_one_language_are_not_divided(language: str) -> None:
    one = only(f"{LONG[language]} {SHORT.get(language, LONG[language])}. {LONG[language]}")
    assert (one.language, one.spans) == (language, ())


def test_the_names_of_a_dateline_do_not_mix_a_segment() -> None:
    text = "VEJER DE LA FRONTERA, Spain, March 3 (Reuters) - The army said it had left the town."
    one = only(text)
    assert one.dateline
    assert (one.language, one.spans) == ("en", ())


def test_kurdish_and_arabic_without_a_full_stop_are_told_apart() -> None:
    kurdish, arabic = "ژمارەی کوژراوان زیاد دەکات لە شارەکە", "وقالت الشرطة إن المنطقة أغلقت"
    assert parts(f"{kurdish} {arabic}") == [(kurdish, "ckb", True), (arabic, "ar", True)]


def test_a_sentence_inside_another_languages_paragraph_is_found() -> None:
    spans = parts(f"{LONG['es']} Police confirmed the attack on the market. {LONG['es']}")
    assert [language for _, language, _ in spans] == ["es", "en", "es"]


@pytest.mark.parametrize(
    "text",
    [
        "Terrible news tonight from the city, pray for them #ساحة_النصر #السلام_للجميع",
        "We saw the smoke from our house.#انفجار_السوق#المدينة pic.twitter.com/abc",
    ],
)
def test_an_english_post_with_arabic_hashtags_is_not_mixed(text: str) -> None:
    one = only(text)
    assert (one.language, one.spans, one.needs_translation) == ("en", (), False)


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت وكالة Reuters أن منظمة Human Rights Watch نشرت تقريرا عن شركة Black Water.",
        'ذكرت صحيفة "The New York Times" أن القوات انسحبت من المدينة.',
        "ذكرت صحيفة نيويورك تايمز (The New York Times) أن Space Exploration Technologies خسرت.",
        "قال المتحدث باسم الجيش إن منظومة Iron Dome اعترضت صاروخا من طراز Fateh-110 فوق المدينة.",
    ],
)
def test_latin_names_in_arabic_text_are_not_mixed(text: str) -> None:
    one = only(text)
    assert (one.language, one.spans, one.translation_reason) == ("ar", (), "foreign_language")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The group named the raid (غزوة الثأر) in its statement on Friday.", "en"),
        ("Hizbullah (حزب الله) said it would respond to the strike.", "en"),
        ("Le journal El País et le New York Times ont publié la vidéo.", "fr"),
        ("The Frankfurter Allgemeine Zeitung and Le Monde reported the news.", "en"),
        ("Witnesses heard him shout Allahu akbar before the blast went off.", "en"),
        ("El presidente visitó el Quai d'Orsay y la Bundesgartenschau.", "es"),
        ("Kurdistan24 بڵاوی کردەوە کە هێزەکانی پێشمەرگە هێرشیان کردووە.", "ckb"),
        ("On Monday, in San Pedro de la Paz, residents asked for measures against crime.", "en"),
    ],
)
def test_foreign_names_do_not_mix_a_segment(text: str, language: str) -> None:
    one = only(text)
    assert (one.language, one.spans) == (language, ())


def test_a_mix_of_targets_needs_no_translation() -> None:
    one = only(f"{LONG['es']} {LONG['en']}", targets=("en", "es"))
    assert len(one.spans) == 2
    assert (one.translation_reason, one.needs_translation) == ("target_language", False)


def test_markup_inside_a_segment_is_no_language() -> None:
    text = f"<p>{LONG['ar'][:40]}<b>قوية</b>&nbsp;<a href='/news/the-army-said-it-was'>جدا</a></p>"
    one = only(text)
    assert (one.language, one.spans) == ("ar", ())
