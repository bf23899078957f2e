from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import AnnotatedArticle, Entity
from streams.entities import annotate
from streams.entities.settle import main_town
from tests.entities.articles import flagged

PIECES = st.sampled_from(
    [
        "بغداد", "ولبغداد", "محافظة ", "في ", " و", "داعش", "الكاظمي", "مُصطفى ", "London", ", ",
        "Ohio", " Ky.", "#وسم_ما", "@name", "http://a.b/c", "\u200f", "\u202b", "\u200c", "ﷲ", "ﻻ",
        "32 قتيلا", "اليوم الجمعة", "on Monday", "12 killed", "\n", ". ", "“", "”", "Mr. ", "St. ",
        "İ", "ß", "😀", "ـ", "١٢", "Operation ", "U.S.", "'s", "--",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), min_size=1, max_size=30).map("".join)


def _exact(found: AnnotatedArticle) -> None:
    assert AnnotatedArticle.model_validate(found.model_dump()) == found
    assert all(list(entity.__dict__) == list(Entity.model_fields) for entity in found.entities)
    for entity in found.entities:
        source = found.title if entity.field == "title" else found.text
        assert source is not None
        assert source[entity.start : entity.end] == entity.text != ""
    numbers = [e.id for e in found.entities]
    assert numbers == [f"e{n}" for n in range(len(numbers))]


@given(TEXTS.filter(str.strip))
@settings(max_examples=150, deadline=None)
def test_every_entity_slices_its_field_exactly_whatever_the_text(text: str) -> None:
    _exact(annotate(flagged(text)))


@given(TEXTS.filter(str.strip), TEXTS.filter(str.strip))
@settings(max_examples=40, deadline=None)
def test_titles_keep_offsets_of_their_own(title: str, text: str) -> None:
    _exact(annotate(flagged(text, title=title)))


@given(TEXTS.filter(str.strip))
@settings(max_examples=40, deadline=None)
def test_the_same_article_gives_the_same_entities(text: str) -> None:
    assert annotate(flagged(text)).entities == annotate(flagged(text)).entities


def test_names_do_not_overlap_each_other() -> None:
    text = "قال تنظيم الدولة الإسلامية في العراق إن مقاتليه هاجموا شرطة محافظة الأنبار في الرمادي"
    spans = [(e.start, e.end) for e in annotate(flagged(text)).entities if e.type != "casualty"]

    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_an_organisation_in_english_may_hold_the_place_it_is_of() -> None:
    found = annotate(flagged("The Riverdale Police Department in Riverdale, Utah, is hiring."))
    texts = {(e.type, e.text) for e in found.entities}

    assert ("organization", "Riverdale Police Department") in texts
    assert ("location", "Riverdale") in texts


def test_a_part_of_a_toll_names_its_total() -> None:
    found = annotate(flagged("The blast killed 12 people, including three children."))
    tolls = [e for e in found.entities if e.type == "casualty"]
    parts = [e.count.part_of for e in tolls if e.count and e.count.part_of]

    assert all(part in {e.id for e in tolls} for part in parts)


def test_no_town_named_more_than_others_is_none() -> None:
    assert main_town([]) is None
