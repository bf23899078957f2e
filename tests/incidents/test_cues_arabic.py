"""Words before a party are found by its last word as they are by looking at all of them."""

from hypothesis import given
from hypothesis import strategies as st

from schemas import FlaggedSegment
from streams.incidents import cues_arabic
from streams.incidents.cues_arabic import NEAR, Lead
from streams.incidents.reading import Sentence
from streams.incidents.worded import may
from streams.text.fold import fold

CUES = ("AGENT", "ONTO", "EXPOSED", "HARM", "ACTS_BEFORE", "MAY_BE_PASSIVE", "STRIKE")
WORDS = """
من قبل قد ان علي يد ايدي يقود احدهما قامت به بها تقف وراءه نسبت الي جانب برصاص ضد لدي عند مرور
استهداف بالقرب قباله تعرضت لها يتعرض قتل ومقتل لقي مصرع اعتداءات امس هاجمت قصفت القي يقتل خطفت
غاره جويه قوات خمسه نحو اكثر ما لا يقل عن عدد احد ايام خلال اسبوع 12 اليوم فجر مساء اول و فقتلت
"""
SEGMENT = FlaggedSegment(
    index=0, kind="paragraph", start=0, end=0, language="ar", script="Arab",
    language_confidence=1.0, needs_translation=True, translation_reason="foreign_language",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS.split()), max_size=8))
def test_words_are_found_before_a_party_wherever_they_match(words: list[str]) -> None:
    text = " ".join([*words, "مسلحين"])
    pieces = text.split(" ")
    sentence = Sentence(
        0, SEGMENT, 0, text, fold(text), (), arabic=True, pieces=pieces, may=may(pieces)
    )
    start = text.rfind(" ") + 1
    lead = Lead(sentence, start)
    for name in CUES:
        cue = getattr(cues_arabic, name)
        whole = cue.pattern.search(text, max(0, start - NEAR), start) is not None

        assert lead.has(cue) == whole, name
