import pytest

from schemas import Article
from streams.segmentation import segment


def dateline(text: str) -> str | None:
    one = segment(Article(article_id="a", text=text)).segments[0].dateline
    return text[one.start : one.end] if one else None


@pytest.mark.parametrize(
    "opening",
    [
        "BASRA, March 3 (Wire) -",
        "BASRA, Iraq (Wire) —",
        "BASRA —",
        "MOSUL/BASRA, Mar. 3 (Wire) -",
        "Basra, 3 March 2026 (Wire) --",
        "Basra, 3 Mar 90 --",
        "Basra (Iraq), 3 Mar 90 (Wire) --",
        "(Wire) -",
        "بغداد (وكالات) -",
        "بغداد – ",
        "القدس المحتلة - ",
        "بغداد/ المرصد:",
        "دمشق، 3 آذار (وكالات) -",
    ],
)
def test_a_dateline_is_found_with_its_mark(opening: str) -> None:
    text = f"{opening.strip()} قتل شخصان، وأصيب ثالث في حادث سير على طريق رئيسي صباح اليوم."

    assert dateline(text) == opening.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Police - who came late - held two men in the evening.",
        "The so-called army of the north said on Monday it had left.",
        "وقال المتحدث: لا جديد في هذا الملف حتى الآن على الإطلاق.",
        "قتل 3/4 من الماشية - بحسب المزارعين - في العاصفة الأخيرة.",
        "Note: the road stays closed until Friday morning at least.",
        "3-1 was the score after a long evening in the capital city.",
    ],
)
def test_a_sentence_with_a_dash_or_a_colon_has_no_dateline(text: str) -> None:
    assert dateline(text) is None
