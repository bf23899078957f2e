from hypothesis import given
from hypothesis import strategies as st

from schemas import Article
from streams.text.identity import article_id, canonical_url, identified


def test_the_same_page_has_one_url() -> None:
    same = {
        canonical_url("https://www.example.org/a/?utm_source=x&b=2&a=1#top"),
        canonical_url("http://example.org/a?a=1&b=2"),
    }

    assert same == {"example.org/a?a=1&b=2"}


@given(st.text(min_size=1))
def test_an_id_depends_on_nothing_but_the_article(text: str) -> None:
    article = Article(text=text)

    assert article_id(article) == article_id(Article(text=text))
    assert identified(article).article_id == article_id(article)


def test_an_id_that_is_given_stays() -> None:
    assert article_id(Article(text="x", article_id="mine", url="https://e.org")) == "mine"
