import datetime as dt

import pytest

from schemas import Article, Post
from streams.segmentation import segment

DAY = dt.date(2026, 1, 22)
BEFORE = "كتب ناشط ما يلي في صفحته على الموقع."
AFTER = "قال المصدر إن التحقيق مستمر في الحادث حتى الآن."


def post(*lines: str) -> Post:
    text = "\n".join((BEFORE, *lines, AFTER))
    first, one, last = segment(Article(article_id="a", text=text)).segments

    assert [text[s.start : s.end] for s in (first, last)] == [BEFORE, AFTER]
    assert one.kind == "social_post"
    assert text[one.start : one.end] == "\n".join(lines)
    assert one.post is not None
    return one.post


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("— Ali (@ali_h) January 22, 2026", "Ali"),
        ("— Ali \U0001f1ee\U0001f1f6 (@ali_h) Jan. 22, 2026", "Ali \U0001f1ee\U0001f1f6"),
        ("— Ali ?? (@ali_h) January 22nd 2026", "Ali ??"),
        ("— علي Ali (@ali_h) 22 يناير، 2026", "علي Ali"),
        ("— علي (@ali_h) ٢٢ كانون الثاني، ٢٠٢٦", "علي"),
        ("— علي (@ali_h) 22 يناير/كانون الثاني 2026", "علي"),
        ("\u200f— \u200fعلي\u200f (@ali_h) \u200f22 يناير 2026\u200f", "علي"),
        ("— Ali (@ali_h) ۲۲ ژانویه ۲۰۲۶", "Ali"),
        ("— Ali (@ali_h) 22 Ocak 2026", "Ali"),
        ("— Ali (@ali_h) 22 janvier 2026", "Ali"),
        ("— Ali (@ali_h) 22. Januar 2026", "Ali"),
        ("— Ali (@ali_h) el 22 de enero de 2026", "Ali"),
        ("— Али (@ali_h) 22 января 2026 г.", "Али"),
        ("— עלי (@ali_h) 22 בינואר 2026", "עלי"),
        ("— Ali (@ali_h) 2026年1月22日", "Ali"),
        ("— Ali (@ali_h) 10:15 PM · Jan 22, 2026", "Ali"),
        ("&mdash; Ali (@ali_h) 2026-01-22", "Ali"),
        ("-- Ali (@ali_h) 22/1/2026", "Ali"),
        ("Ali (@ali_h) January 22, 2026", "Ali"),
    ],
)
def test_an_attribution_tells_author_handle_and_day(line: str, author: str) -> None:
    found = post("نص المنشور هنا", line)

    assert (found.author, found.handle, found.posted_at) == (author, "@ali_h", DAY)


@pytest.mark.parametrize(
    ("line", "platform", "author"),
    [
        (
            "\u200ePosted by \u200eصفحة الحي\u200e on \u200eThursday, January 22, 2026\u200e",
            "Facebook",
            "صفحة الحي",
        ),
        ("تم النشر بواسطة صفحة الحي في الخميس، 22 يناير 2026", "Facebook", "صفحة الحي"),
        ("A post shared by Noor (@noor.s) on Jan 22, 2026 at 3:15pm PST", "Instagram", "Noor"),
    ],
)
def test_other_platforms_are_known_by_their_words(line: str, platform: str, author: str) -> None:
    found = post("نص المنشور هنا", line)

    assert (found.platform, found.author, found.posted_at) == (platform, author, DAY)


def test_the_attribution_may_stand_on_the_last_line_of_the_post_itself() -> None:
    found = post("Smoke over the market #Kut pic.twitter.com/aB1— Ali (@ali_h) January 22, 2026")

    assert (found.author, found.posted_at) == ("Ali", DAY)
    assert [link.text for link in found.urls] == ["pic.twitter.com/aB1"]


def test_tags_and_links_after_the_attribution_belong_to_the_post() -> None:
    found = post("نص المنشور", "— Ali (@ali_h) January 22, 2026", "#الكوت#Kut", "https://t.co/x")

    assert [tag.words for tag in found.hashtags] == [("الكوت",), ("Kut",)]
    assert [link.text for link in found.urls] == ["https://t.co/x"]


def test_an_attribution_with_a_dot_between_name_and_day_opens_its_post() -> None:
    text = f"{BEFORE}\nAli Hadi @ali_h · Jan 22\nWe saw everything from here.\n{AFTER}"
    one = segment(Article(article_id="a", text=text)).segments[1]

    assert text[one.start : one.end] == "Ali Hadi @ali_h · Jan 22\nWe saw everything from here."
    assert one.post is not None
    assert (one.post.author, one.post.handle) == ("Ali Hadi", "@ali_h")


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert post("نص المنشور", "— Ali (@ali_h) January 42, 2026").posted_at is None
