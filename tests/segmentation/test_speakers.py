import pytest

from schemas import Article, Quote
from streams.segmentation import segment


def quotes(text: str) -> list[tuple[str, str | None]]:
    found: list[Quote] = [
        q for s in segment(Article(article_id="a", text=text)).segments for q in s.quotes
    ]
    return [(text[q.start : q.end], q.speaker) for q in found]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('قال العميد ماجد حسن إن "الوضع عاد إلى طبيعته في الحي".', "العميد ماجد حسن"),
        ("قال العميد ماجد حسن «عاد الوضع إلى طبيعته في الحي».", "العميد ماجد حسن"),
        ('وكان الوزير قال في مؤتمر: "لن نتراجع عن هذا القرار".', "الوزير"),
        ('المتحدث باسم البلدية قال: "لن نتراجع عن هذا القرار".', "المتحدث باسم البلدية"),
        ('"لن نتراجع عن هذا القرار"، بحسب بيان البلدية.', "بيان البلدية"),
        ('"لن نتراجع عن هذا القرار"، يقول سليم وهو يغلق متجره.', "سليم وهو يغلق متجره"),
        ('ونقلت وكالة محلية عن شاهد قوله إن "الدخان غطى الشارع كله".', "شاهد"),
        ('وأكد المحافظ أن الخدمات "ستعود إلى الحي خلال أيام قليلة".', "المحافظ"),
        ('وأوضح الخبير لوكالة الأنباء أن "السد لم يتأثر بالهزة".', "الخبير"),
        ('شعار الحملة هو "مدينة بلا سلاح ولا خوف".', None),
        ("“The road is closed for now,” Captain Lee Park said.", "Captain Lee Park"),
        ("“The road is closed for now,” said Captain Lee Park, an officer.", "Captain Lee Park"),
        ('Moreover, Rana Aziz, who leads the group, said: "We will not go home."', "Rana Aziz"),
        ('On Monday, the mayor told reporters that "no one will be moved by force."', "the mayor"),
        ('The mayor said the plan was "a disgrace to the whole town."', "The mayor"),
        ('"No one will be moved by force," according to Mayor Rana Aziz.', "Mayor Rana Aziz"),
        ('The film is called "A long road to the sea".', None),
        ('He was told not to, so he wrote "never again and never more" there.', None),
    ],
)  # fmt: skip
def test_a_quotation_has_the_speaker_that_the_sentence_names(
    text: str, speaker: str | None
) -> None:
    ((_, found),) = quotes(text)

    assert found == speaker


def test_the_second_part_of_a_quotation_has_the_speaker_of_the_first() -> None:
    text = '"We saw the smoke first," said Hana Saleh. "Then the windows broke and we ran."'

    assert [speaker for _, speaker in quotes(text)] == ["Hana Saleh", "Hana Saleh"]


def test_a_pronoun_speaks_for_who_spoke_before() -> None:
    text = 'Hana Saleh said: "We saw the smoke first."\n"Then we ran to the river," she added.'

    assert [speaker for _, speaker in quotes(text)] == ["Hana Saleh", "Hana Saleh"]


def test_a_name_between_marks_has_no_speaker_and_hides_none() -> None:
    text = "وقال النائب سمير فارس لـ«صوت المدينة» إن «الجلسة المقبلة ستكون حاسمة للجميع»."

    assert quotes(text) == [
        ("«صوت المدينة»", None),
        ("«الجلسة المقبلة ستكون حاسمة للجميع»", "النائب سمير فارس"),
    ]


@pytest.mark.parametrize(
    "said",
    ["“…”", "«…»", '"…"', "„…“", "‟…”", "»…«", "”…”", "‘…’", "「…」"],
)
def test_all_marks_in_use_quote(said: str) -> None:
    quotation = said.replace("…", "one two three four")

    assert [q for q, _ in quotes(f"Ali said: {quotation} and left.")] == [quotation]


def test_a_quotation_reaches_across_sentences_and_holds_others() -> None:
    text = 'قال: «سمعنا الدوي أولا. ثم صاح أحدهم "اهربوا"! فهربنا». وانتهى كل شيء.'

    assert [q for q, _ in quotes(text)] == [
        '«سمعنا الدوي أولا. ثم صاح أحدهم "اهربوا"! فهربنا»',
        '"اهربوا"',
    ]


def test_speech_that_goes_on_in_the_next_block_is_quoted_to_the_end() -> None:
    text = 'Ali said: "We waited for an hour at the gate.\n"Then they let us in," he added.'

    assert [q for q, _ in quotes(text)] == [
        '"We waited for an hour at the gate.',
        '"Then they let us in,"',
    ]


@pytest.mark.parametrize("text", ["the soldiers’ base and Ali’s car", 'ראש צה"ל אמר', '5" pipe'])
def test_an_apostrophe_or_a_gershayim_quotes_nothing(text: str) -> None:
    assert quotes(text) == []
