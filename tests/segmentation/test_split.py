import datetime as dt
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Article, Segment
from streams.segmentation import segment
from streams.segmentation.lines import INVISIBLE

UNSEEN = INVISIBLE + string.whitespace + "\u2028\u2029\x1c\x1d\x1e\x85"
BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
ANY = st.text(max_size=400)
LINES = st.lists(
    st.sampled_from(
        [
            "قتل ثلاثة أشخاص في انفجار وسط المدينة، بحسب الشرطة.",
            "عملية في الجنوب",
            "Police closed the road for hours.",
            "— Lina ? (@lina_k) March 3, 2026",
            "#الجنوب #South pic.twitter.com/abc",
            "اقرأ أيضا: أمطار غزيرة",
            "- first point",
            "Follow us on Telegram",
            'He said: "We heard “two” blasts."',
            "\u202e\u200bعكس\ud800",
            "",
            "   ",
        ]
    ),
    max_size=12,
).map("\n".join)
HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br>", "a < b", "&amp;", "<b>x</b>", "نص", "\n", "<script>", "&#x;"]
    ),
    max_size=20,
).map("".join)


def blocks(text: str, **more: str) -> list[tuple[str, str]]:
    article = Article.model_construct(article_id="a", text=text, **more)
    return [(s.kind, _source(article, s)[s.start : s.end]) for s in segment(article).segments]


def _source(article: Article, one: Segment) -> str:
    return article.text if one.field == "text" else article.title or ""


@settings(deadline=None)
@given(st.one_of(ANY, LINES))
def test_segments_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    if text.startswith("<"):
        return
    at = 0
    for one in segment(Article.model_construct(article_id="a", text=text)).segments:
        assert text[at : one.start].strip() == ""
        assert at <= one.start < one.end
        at = one.end

    assert text[at:].strip() == "" or "<" in text


@settings(deadline=None)
@given(st.one_of(ANY, LINES, HTML))
def test_everything_inside_a_segment_lies_inside_it_and_slices(text: str) -> None:
    article = Article.model_construct(article_id="a", text=text)
    for one in segment(article).segments:
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        for part in (*one.sentences, *one.quotes, *one.hashtags):
            assert one.start <= part.start < part.end <= one.end
        for tag in one.hashtags:
            assert text[tag.start : tag.end] == tag.text
        for link in one.post.urls if one.post else ():
            assert text[link.start : link.end] == link.text


@settings(deadline=None)
@given(st.one_of(ANY, LINES))
def test_sentences_are_in_order_and_leave_out_only_what_is_unseen(text: str) -> None:
    for one in segment(Article.model_construct(article_id="a", text=text)).segments:
        at = one.start
        for sentence in one.sentences:
            assert text[at : sentence.start].strip(UNSEEN) == ""
            at = sentence.end
        assert text[at : one.end].strip(UNSEEN) == ""


@settings(deadline=None)
@given(LINES)
def test_a_block_by_itself_is_one_block_again(text: str) -> None:
    for kind, block in blocks(text):
        if kind != "social_post" and "<" not in block:
            assert [b for _, b in blocks(block)] == [block]


@settings(deadline=None)
@given(st.one_of(ANY, LINES, HTML))
def test_the_same_text_gives_the_same_segments(text: str) -> None:
    article = Article.model_construct(article_id="a", text=text)

    assert segment(article).segments == segment(article).segments


@settings(deadline=None)
@given(st.one_of(ANY, LINES))
def test_the_blocks_put_together_come_apart_again_as_they_were(text: str) -> None:
    found = segment(Article.model_construct(article_id="a", text=text)).segments
    again, at = "", 0
    for one in found:
        gap = BREAK.findall(text[at : one.start])
        again += ("\n\n" if len(gap) > 1 else "\n") if at else ""
        again += text[one.start : one.end]
        at = one.end

    assert blocks(again) == [(s.kind, text[s.start : s.end]) for s in found]


def test_headings_paragraphs_and_related_links_are_told_apart() -> None:
    text = (
        "أعلنت السلطات، اليوم الأحد، توقيف خمسة أشخاص في مدينة الكوت.\n"
        "تفاصيل العملية\n"
        "وقال مصدر في الشرطة إن المداهمات جرت فجرا في حيين من المدينة.\n"
        "اقرأ أيضاً: حريق في سوق الكوت القديم\n"
        "Read also: Fire in Kut's old market\n"
        "تابعونا على تلغرام"
    )

    assert [kind for kind, _ in blocks(text)] == [
        "paragraph",
        "heading",
        "paragraph",
        "related_link",
        "related_link",
        "boilerplate",
    ]


def test_a_sentence_that_opens_like_a_cue_stays_a_paragraph() -> None:
    text = (
        "شاهد السكان سيارة تغادر المكان قبل الانفجار بدقائق.\n"
        "By noon the army had reached the edge of the town.\n"
        "Related families were moved to the school nearby."
    )

    assert {kind for kind, _ in blocks(text)} == {"paragraph"}


def test_a_post_takes_its_body_its_attribution_and_what_trails_it() -> None:
    text = (
        "وتداول ناشطون صورا من مكان الحادث في حي السلام.\n"
        "Smoke over the market, people are running #Kut\n"
        "— Omar ?? (@omar_kut) March 3, 2026\n"
        "#الكوت pic.twitter.com/Zx81kk\n"
        "وأغلقت الشرطة الطرق المؤدية إلى السوق."
    )
    article = segment(Article(article_id="a", text=text))
    one = article.segments[1]

    assert [s.kind for s in article.segments] == ["paragraph", "social_post", "paragraph"]
    assert text[one.start : one.end].startswith("Smoke")
    assert text[one.start : one.end].endswith("Zx81kk")
    assert one.post is not None
    assert (one.post.author, one.post.handle) == ("Omar ??", "@omar_kut")
    assert one.post.posted_at == dt.date(2026, 3, 3)
    assert [tag.words for tag in one.post.hashtags] == [("Kut",), ("الكوت",)]
    assert [u.text for u in one.post.urls] == ["pic.twitter.com/Zx81kk"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ministry said on Monday that seven people had been hurt when a\n"
        "bus left the road near the bridge, and that two of them were in a\n"
        "serious condition at the town's hospital, where doctors called for\n"
        "blood donors.\n"
        "\n"
        "A second bus, which was travelling behind the first one, was able to\n"
        "stop in time."
    )

    assert [block.split()[0] for _, block in blocks(text)] == ["The", "A"]


def test_the_title_comes_first_and_counts_in_the_title() -> None:
    article = segment(Article(article_id="a", title=" حريق في المرفأ ", text="اندلع حريق."))

    assert [(s.kind, s.field, s.start, s.end) for s in article.segments] == [
        ("title", "title", 1, 15),
        ("paragraph", "text", 0, 11),
    ]


def test_sentences_do_not_end_at_titles() -> None:
    text = "وقال د. سامي خليل إن الوضع مستقر. وأكد م. علي جابر ذلك في بيان صدر مساء اليوم."
    found = segment(Article(article_id="a", text=text)).segments[0].sentences

    assert [text[s.start : s.end].split(maxsplit=1)[0] for s in found] == ["وقال", "وأكد"]


def test_a_verb_without_a_subject_goes_on_with_the_last_speaker() -> None:
    text = 'وقالت النائبة ريم حداد: "لا جديد في الملف".\nوأضافت: "سننتظر نتائج التحقيق كاملة".'
    speakers = [
        q.speaker for s in segment(Article(article_id="a", text=text)).segments for q in s.quotes
    ]

    assert speakers == ["النائبة ريم حداد", "النائبة ريم حداد"]


def test_html_gives_its_blocks_and_offsets_into_the_source() -> None:
    text = (
        "<html><body><h1>Two held in Kut</h1><p>Police held <b>two men</b> &amp; a woman.</p>"
        "<ul><li>One</li><li>Two</li></ul><script>var x = '<p>no</p>';</script>\n"
        '<blockquote class="twitter-tweet"><p>Seen it #Kut</p>&mdash; Omar (@omar_kut) '
        '<a href="https://e.org">March 3, 2026</a></blockquote>'
        "<footer>Copyright</footer></body></html>"
    )

    assert blocks(text) == [
        ("title", "Two held in Kut"),
        ("paragraph", "Police held <b>two men</b> &amp; a woman."),
        ("list_item", "One"),
        ("list_item", "Two"),
        (
            "social_post",
            'Seen it #Kut</p>&mdash; Omar (@omar_kut) <a href="https://e.org">March 3, 2026',
        ),
        ("boilerplate", "Copyright"),
    ]


@pytest.mark.parametrize("text", ["a < b and c > d", "i <3 this", "x <y> z", "<Basra> said no"])
def test_a_text_with_angle_brackets_is_no_html(text: str) -> None:
    assert blocks(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقال د. سامي خليل إن الوضع مستقر. وأكد م. علي جابر ذلك في بيان.", 2),
        ("Mr. Lee met Gen. Park at 3 p.m. in the U.S. embassy. They left at five.", 2),
        ("J. R. Smith of St. John's said it cost 3.5 million. No one else spoke.", 2),
        ("1. The road will be closed until Friday evening. Drivers must wait.", 2),
        ('سأل الشاهد: "من هناك؟" قال له الحارس إنه لا يعرف. ثم غادر المكان.', 2),
        ('"Who was it?" he asked the guard at the gate. The guard did not know.', 2),
        ("یہ پہلا جملہ ہے جو کافی لمبا ہے۔ یہ دوسرا جملہ ہے۔", 2),
        ("这是第一句话。这是第二句话！这是第三句话？", 3),
        ("ذلك صحيح... وأضاف أن الأمر انتهى في ساعة متأخرة", 2),
        ("He was asked twice and said no. Then the guard let him in at No. 5.", 2),
        ("The base belongs to the U.S. The army left it in May of that year.", 2),
        ("استقبل أ. كمال حسن وفد البلدة. وحضر اللقاء أ.د. سمير نجم أيضا.", 2),
        ("no full stop here", 1),
    ],
)
def test_a_block_comes_apart_into_its_sentences(text: str, expected: int) -> None:
    (one,) = segment(Article(article_id="a", text=text)).segments

    assert len(one.sentences) == expected
