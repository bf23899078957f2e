"""HTML articles: blocks from tags, offsets into the source as it came."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Article, Segment
from streams.segmentation import segment

PIECES = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<br>", "<br/>", "<div class='share'>",
            "</div>", "<h2>", "</h2>", "<li>",
            "<b>قتل</b>", "a < b", "&amp;", "&nbsp;", "&#x663;", "&bogus;", "&#x;", "&", "نص عربي.",
            "Two men were held.", "\n", "  ", "#tag", "“quoted words here”", "<!-- note -->",
            '<blockquote class="twitter-tweet">', "</blockquote>", "— N (@n_1) March 3, 2026",
            "<a href='/x'>", "</a>", "\u200f", "\ud800", ">",
        ]
    ),
    max_size=25,
).map(lambda parts: "<p>x</p>" + "".join(parts))  # fmt: skip


def segments(text: str) -> tuple[Segment, ...]:
    return segment(Article.model_construct(article_id="a", text=text)).segments


def blocks(text: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in segments(text)]


@settings(deadline=None)
@given(PIECES)
def test_blocks_are_in_order_and_what_is_inside_them_slices(text: str) -> None:
    at = 0
    for one in segments(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        for part in (*one.sentences, *one.quotes, *one.hashtags):
            assert one.start <= part.start < part.end <= one.end
        for tag in one.hashtags:
            assert text[tag.start : tag.end] == tag.text


@settings(deadline=None)
@given(PIECES)
def test_no_word_that_a_reader_sees_is_left_out(text: str) -> None:
    covered = [False] * len(text)
    for one in segments(text):
        covered[one.start : one.end] = [True] * (one.end - one.start)
    for match in re.finditer(r"قتل|عربي|men were held|quoted words", text):
        assert all(covered[match.start() : match.end()])


def test_an_article_page_comes_apart_into_its_blocks() -> None:
    text = """<!DOCTYPE html>
<html lang="ar"><head><title>لا يقرأ</title><style>p {color: red}</style></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة</a></li></ul></nav>
<article>
<h1>انفجار في سوق شعبي جنوب بغداد</h1>
<div class="post-meta">3 آذار 2026</div>
<figure><img src="a.jpg"><figcaption>موقع الانفجار</figcaption></figure>
<p>قتل <strong>ثلاثة</strong> أشخاص &amp; أصيب خمسة،
   الثلاثاء، وفق الشرطة.</p>
<h3>شهود</h3>
<p>قال شاهد إن &quot;الانفجار كان قويا جدا&quot;.<br>وأضاف أن الدخان غطى المكان.</p>
<div class="related-posts"><a href="/1">توقيف مشتبه بهم في بابل</a></div>
<ul><li>السوق أغلق</li><li><a href="/2">خبر آخر عن السوق</a></li></ul>
</article><footer>جميع الحقوق محفوظة</footer><script>var p = "<p>x</p>";</script></body></html>"""

    assert blocks(text) == [
        ("boilerplate", "الرئيسية"),
        ("boilerplate", "سياسة"),
        ("title", "انفجار في سوق شعبي جنوب بغداد"),
        ("boilerplate", "3 آذار 2026"),
        ("caption", "موقع الانفجار"),
        (
            "paragraph",
            "قتل <strong>ثلاثة</strong> أشخاص &amp; أصيب خمسة،\n   الثلاثاء، وفق الشرطة.",
        ),
        ("heading", "شهود"),
        ("paragraph", "قال شاهد إن &quot;الانفجار كان قويا جدا&quot;."),
        ("paragraph", "وأضاف أن الدخان غطى المكان."),
        ("related_link", "توقيف مشتبه بهم في بابل"),
        ("list_item", "السوق أغلق"),
        ("related_link", "خبر آخر عن السوق"),
        ("boilerplate", "جميع الحقوق محفوظة"),
    ]


def test_references_are_read_and_keep_their_place_in_the_source() -> None:
    text = (
        "<p>قال شاهد: &laquo;سمعنا ثلاثة انفجارات&raquo; في &#1576;غداد. وانتهى كل شيء بسرعة.</p>"
    )
    (one,) = segments(text)
    (quote,) = one.quotes

    assert text[quote.start : quote.end] == "&laquo;سمعنا ثلاثة انفجارات&raquo;"
    assert quote.speaker == "شاهد"
    assert [text[s.start : s.end] for s in one.sentences] == [
        "قال شاهد: &laquo;سمعنا ثلاثة انفجارات&raquo; في &#1576;غداد.",
        "وانتهى كل شيء بسرعة.",
    ]


def test_an_embedded_post_is_one_block_with_its_author() -> None:
    text = (
        '<p>وكتب ناشط:</p><blockquote class="twitter-tweet" data-lang="ar"><p lang="ar" dir="rtl">'
        'الطريق مقطوع <a href="https://t.co/a">#بابل</a></p>&mdash; حسن ? (@hasan_b) '
        '<a href="https://example.org/1">March 3, 2026</a></blockquote><script async></script>'
        "<p>ثم أعيد فتح الطريق.</p>"
    )
    first, one, last = segments(text)

    assert [first.kind, one.kind, last.kind] == ["paragraph", "social_post", "paragraph"]
    assert one.post is not None
    assert (one.post.author, one.post.handle) == ("حسن ?", "@hasan_b")
    assert str(one.post.posted_at) == "2026-03-03"
    assert [tag.text for tag in one.hashtags] == ["#بابل"]


def test_a_post_told_by_its_attribution_alone_is_one_in_html_too() -> None:
    text = "<p>Streets are empty #Kut</p><p>— Omar (@omar_kut) March 3, 2026</p><p>It rained.</p>"

    assert [kind for kind, _ in blocks(text)] == ["social_post", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Open tags only<p>Second <b>block",
        "<P>Open tags only</P>\r\n<P>Second <B>block</B></P>",
        "Open tags only<br><br />Second <b>block</b>",
        "<div><div>Open tags only</div></section>Second <i>block</i></div>",
    ],
)
def test_broken_html_is_read_as_far_as_it_goes(text: str) -> None:
    seen = [unescape(re.sub("<[^>]*>", "", block)) for _, block in blocks(text)]

    assert seen == ["Open tags only", "Second block"]
