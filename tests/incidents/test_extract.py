import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import AnnotatedArticle, Article, IncidentReport
from streams.entities import annotate
from streams.incidents import extract
from streams.segmentation import segment
from streams.translation import flag

PUBLISHED = dt.datetime(2026, 3, 11, 12, tzinfo=dt.UTC)
PIECES = st.lists(
    st.sampled_from(
        [
            "Gunmen killed three soldiers in Basra on Monday.",
            "قتل خمسة أشخاص بتفجير انتحاري في الرمادي أمس.",
            "No one claimed the attack.",
            "— Lina (@lina_k) March 3, 2026",
            "هل يقع هجوم جديد؟",
            "\u202e\u200b\ud800",
            "Read also: bomb blast in Mosul",
            '«قال: "قتلوا"»',
        ]
    ),
    max_size=8,
).map("\n".join)


def annotated(text: str, *, published: bool = True) -> AnnotatedArticle:
    article = Article.model_construct(
        article_id="a", text=text, published_at=PUBLISHED if published else None
    )
    return annotate(flag(segment(article)))


def reports(text: str) -> tuple[IncidentReport, ...]:
    return extract(annotated(text))


@settings(deadline=None)
@given(st.one_of(PIECES, st.text(max_size=120)), st.booleans())
def test_any_article_gives_reports_whose_evidence_slices_exactly(
    text: str, published: bool
) -> None:
    for report in extract(annotated(text, published=published)):
        assert report.evidence
        for piece in report.evidence:
            assert text[piece.start : piece.end] == piece.text
            if piece.context is not None and piece.context_start is not None:
                at = piece.context_start
                assert text[at : at + len(piece.context)] == piece.context


@settings(deadline=None)
@given(PIECES)
def test_the_same_article_gives_the_same_bytes(text: str) -> None:
    article = annotated(text.replace("\ud800", ""))  # no article with one passes the door

    assert [r.to_json() for r in extract(article)] == [r.to_json() for r in extract(article)]


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("A suicide bomber blew himself up at a checkpoint in Ramadi on Tuesday.", "Suicide bomb"),
        ("Warplanes bombed a market in Ariha, killing four civilians.", "Air/drone strike"),
        (
            "A roadside bomb exploded near a police patrol in Mosul on Monday.",
            "Remote explosive/landmine/IED",
        ),
        (
            "Rebels fired mortar shells at the town of Hays on Sunday.",
            "Shelling/artillery/missile attack",
        ),
        ("Gunmen kidnapped a teacher in Taiz on Monday.", "Abduction/forced disappearance"),
        ("Hundreds of residents protested in Tripoli over power cuts.", "Peaceful protest"),
        ("Police used tear gas to disperse a demonstration in Basra.", "Protest with intervention"),
        ("Protesters threw stones and burned tires in Basra on Friday.", "Violent demonstration"),
        ("Police arrested four suspects in Hit on Wednesday.", "Arrests"),
        ("The army clashed with militants near Kirkuk on Monday.", "Armed clash"),
        ("قتل خمسة أشخاص بتفجير انتحاري استهدف نقطة تفتيش في الرمادي أمس.", "Suicide bomb"),
        (
            "تظاهر المئات في ساحة التحرير في بغداد اليوم احتجاجا على انقطاع الكهرباء.",
            "Peaceful protest",
        ),
        ("The Houthis detained six teachers in Taiz on Monday.", "Abduction/forced disappearance"),
        ("Police in Hit arrested two members of Islamic State on Monday.", "Arrests"),
        ("Residents beat up a man suspected of killing a shepherd near Hit.", "Mob violence"),
        ("Engineers defused a bomb near the bridge of Hit on Monday.", "Disrupted weapons use"),
        ("أبطلت قوة أمنية مفعول عبوة ناسفة في الفلوجة أمس.", "Disrupted weapons use"),
        (
            "Government forces seized control of the town of Shoqra on Friday.",
            "Government regains territory",
        ),
        ("Drivers gathered at the port of Aden on Sunday to demand their pay.", "Peaceful protest"),
        ("Rebels torched houses in Hays on Sunday and killed six villagers.", "Attack"),
        ("احتجزت جماعة الحوثي خمسة معلمين في تعز أمس.", "Abduction/forced disappearance"),
        ("خطف مسلحون مجهولون موظفا في مدينة تعز أمس.", "Abduction/forced disappearance"),
        ("شنت طائرات حربية غارات على بلدة أريحا أمس.", "Air/drone strike"),
    ],
)
def test_an_event_has_the_type_that_acled_would_give(text: str, sub_event_type: str) -> None:
    (report,) = reports(text)

    assert (report.sub_event_type, report.realis) == (sub_event_type, "actual")


@pytest.mark.parametrize(
    "text",
    [
        "Officials fear that gunmen could attack the port.",
        "The minister denied that a bomb exploded in Basra.",
        "Read also: bomb blast in Mosul kills five",
        "هل يقع هجوم جديد على المدينة؟",
        "حذر مسؤول من هجمات انتحارية خلال شهر رمضان.",
        "لم يقع أي هجوم في المدينة.",
        "An earthquake killed 40 people in Van on Sunday.",
        "Six workers died when a gas cylinder exploded in Basra on Monday.",
        "قتل خمسة أشخاص بحادث سير قرب الرمادي أمس.",
    ],
)
def test_what_is_feared_denied_asked_or_linked_is_no_actual_incident(text: str) -> None:
    assert [r for r in reports(text) if r.realis == "actual"] == []


def test_an_old_attack_told_for_context_is_historical() -> None:
    (report,) = reports("A car bomb killed 20 people in Mosul on 3 May 2014.")

    assert (report.realis, report.date and report.date.start) == ("historical", dt.date(2014, 5, 3))


def test_a_claim_names_claimant_and_channel() -> None:
    (report,) = reports(
        "A suicide bomber killed nine people in Ramadi on Tuesday. "
        "Islamic State claimed responsibility for the attack in a statement on Telegram."
    )
    claims = [(a.name, a.claim and a.claim.channel) for a in report.actors if a.role == "claimant"]

    assert claims == [("Islamic State", "Telegram")]
    assert report.casualties[0].best == 9


def test_two_incidents_of_an_article_stay_two() -> None:
    found = reports(
        "قتل ثلاثة جنود بانفجار عبوة ناسفة في كركوك أمس.\n"
        "وفي حادث منفصل، خطف مسلحون مجهولون طبيبا في مدينة البصرة أمس."
    )

    assert [r.sub_event_type for r in found] == [
        "Remote explosive/landmine/IED",
        "Abduction/forced disappearance",
    ]


def test_the_day_of_a_dateline_is_when_it_was_written_not_told_as_that_of_the_incident() -> None:
    (written,) = reports("BASRA, March 11 (Wire) -- Gunmen killed three soldiers in Basra.")
    (told,) = reports("BASRA, March 11 (Wire) -- Gunmen killed three soldiers on March 10.")

    assert written.date is not None
    assert told.date is not None
    assert (written.date.start, written.date.precision) == (dt.date(2026, 3, 11), "week")
    assert (told.date.start, told.date.precision) == (dt.date(2026, 3, 10), "day")


@pytest.mark.parametrize(
    "text",
    [
        "نفت وزارة الداخلية وقوع هجوم مسلح على حاجز في مدينة الرمادي أمس.",
        "نفى محافظ كركوك حدوث تفجير انتحاري في المدينة أمس.",
    ],
)
def test_who_denies_that_it_happened_at_all_tells_a_denied_incident(text: str) -> None:
    (report,) = reports(text)

    assert (report.realis, report.date and report.date.start) == ("denied", dt.date(2026, 3, 10))


def test_candles_are_lit_for_what_happened_before() -> None:
    (report,) = reports("Residents lit candles for the six killed in the Basra market bombing.")

    assert (report.realis, report.date) == ("historical", None)


def test_a_toll_that_grew_is_the_report_and_not_its_background() -> None:
    (report,) = reports(
        "ارتفعت حصيلة ضحايا تفجير سوق الخضار في الرمادي من 20 قتيلا إلى 30 قتيلا، بحسب مصدر طبي."
    )
    assert report.trigger.text == "تفجير"
    assert [(one.harm, one.best) for one in report.casualties] == [("killed", 30)]
