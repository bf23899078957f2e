"""What a stage makes unchecked is what checking it would give, field by field."""

from __future__ import annotations

import pytest

from schemas import Article, Contract, FlaggedArticle, SegmentedArticle
from streams.segmentation import segment
from streams.translation import flag

TEXT = 'انفجار في السوق\n\nقال شاهد: "سمعنا الدوي" ثم رحل.\n— Lina (@lina_k) March 3, 2026\n#السوق'
ARTICLE = Article(article_id="a", text=TEXT, title="A blast at the market", source="feed")
SEGMENTED = segment(ARTICLE)


@pytest.mark.parametrize(
    ("made", "contract"), [(SEGMENTED, SegmentedArticle), (flag(SEGMENTED), FlaggedArticle)]
)
def test_a_record_made_unchecked_is_as_a_checked_one(
    made: Contract, contract: type[Contract]
) -> None:
    checked = contract.from_json(made.to_json())

    assert type(made) is contract
    assert made == checked
    assert list(made.__dict__) == list(checked.__dict__)
    assert made.to_json() == checked.to_json()
