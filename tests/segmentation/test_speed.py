"""Time grows with the length of a text, whatever the text is made of."""

import time

import pytest

from schemas import Article
from streams.segmentation import segment

LENGTH = 40_000


def seconds(text: str) -> float:
    start = time.process_time()
    segment(Article.model_construct(article_id="a", text=text))
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit",
    [
        "a", "#", "#a", '"x ', "«", "‹›", "<", "<p>", "<p>x", "<p><a b='", "<p><!--", "<p><![", "http://",
        "\u200b", "\n", "x\n", "@a ", "- a @b ", "(a/", "[a/", 'قال "ا ب ج د ه" ', "a. ", "Dr. ",
        "بَ", "\ufdfa", "x\n— a (@b) May 3, 2026\n", "اقرأ أيضا:\nعنوان قصير\n", "a -b", "我们。",
        "&amp;", "\ud800", "- a\n", "<div>", "<p>&#x",
    ],
)  # fmt: skip
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    quarter = min(seconds(text[: LENGTH // 4]) for _ in range(3))

    assert min(seconds(text) for _ in range(2)) < 12 * quarter + 0.05
