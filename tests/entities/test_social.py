import pytest

from schemas import Entity
from streams.entities import annotate
from tests.entities.articles import flagged


def entities(text: str, kind: str) -> list[Entity]:
    return [e for e in annotate(flagged(text)).entities if e.type == kind]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://example.org/a?b=1, please", "https://example.org/a?b=1"),
        ("(www.example.org/x)", "www.example.org/x"),
        ("watch pic.twitter.com/Ab12", "pic.twitter.com/Ab12"),
        ("عبر t.me/channel.", "t.me/channel"),
    ],
)
def test_a_link_ends_before_the_sentence_s_marks(text: str, link: str) -> None:
    assert [e.text for e in entities(text, "url")] == [link]


def test_an_address_is_no_handle() -> None:
    assert entities("write to desk@example.org", "handle") == []
    assert [e.text for e in entities("via @desk_one now", "handle")] == ["@desk_one"]


def test_hashtags_have_their_words() -> None:
    found = entities("#تفجير_سوق #MarketBlast #2021 #IRQ2020News", "hashtag")

    assert [e.words for e in found] == [
        ("تفجير", "سوق"),
        ("Market", "Blast"),
        ("IRQ", "2020", "News"),
    ]


def test_names_are_not_sought_in_hashtags_handles_and_links() -> None:
    text = "#بغداد @Baghdad_Now https://example.org/Baghdad/Iraq"

    assert entities(text, "location") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('أطلقت القوات عملية عسكرية باسم "فجر البادية" غربي البلاد', "فجر البادية"),
        ("بدأت معركة «وعد الجبال» صباح اليوم", "وعد الجبال"),
        ("Operation Desert Rain began at dawn", "Operation Desert Rain"),
    ],
)
def test_operations_are_named(text: str, name: str) -> None:
    assert [e.text for e in entities(text, "operation")] == [name]


def test_a_quotation_without_an_operation_is_none() -> None:
    assert entities('كتب رواية باسم "ليل طويل" العام الماضي', "operation") == []
