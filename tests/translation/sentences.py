"""Sentences of the news in many languages, written for these tests."""

from __future__ import annotations

import csv
from pathlib import Path

from schemas import Article, FlaggedArticle, FlaggedSegment
from streams.segmentation import segment
from streams.translation import flag

LONG = {
    "ar": "انفجرت سيارة مفخخة صباح الخميس قرب سوق شعبي، وقال شهود عيان إن عشرة أشخاص قتلوا.",
    "fa": "روز پنجشنبه بمبی در بازاری شلوغ منفجر شد و ده نفر کشته شدند.",
    "ur": "جمعرات کو ایک پرہجوم بازار میں بم دھماکے سے دس افراد ہلاک ہو گئے۔",
    "ckb": "بۆمبێک ڕۆژی پێنجشەممە لە بازاڕێکی قەرەباڵغ تەقییەوە و دە کەس کوژران.",
    "kmr": "Roja pêncşemê li bazareke qerebalix bombeyek teqiya û deh kes hatin kuştin.",
    "ps": "پنجشنبې په ورځ په یوه ګڼه ګوڼه بازار کې بم وچاودېد او لس تنه ووژل شول.",
    "he": "פצצה התפוצצה ביום חמישי בשוק הומה אדם ועשרה בני אדם נהרגו.",
    "en": "A bomb went off in a crowded market on Thursday, killing ten people, police said.",
    "fr": "Une bombe a explosé jeudi dans un marché bondé, faisant dix morts selon la police.",
    "de": "Bei einem Anschlag auf einen Markt sind am Donnerstag zehn Menschen ums Leben gekommen.",
    "es": "Una bomba estalló el jueves en un mercado lleno de gente y mató a diez personas.",
    "it": "Una bomba è esplosa giovedì in un mercato affollato e ha ucciso dieci persone.",
    "pt": "Uma bomba explodiu na quinta-feira num mercado cheio e matou dez pessoas.",
    "tr": "Perşembe günü kalabalık bir pazarda patlayan bomba on kişinin ölümüne yol açtı.",
    "id": "Sebuah bom meledak di pasar yang ramai pada hari Kamis dan menewaskan sepuluh orang.",
    "so": "Qarax xoogan ayaa ka dhacay suuqa magaalada, waxaana ku dhintay toban qof.",
    "sw": "Bomu lililipuka katika soko lenye watu wengi siku ya Alhamisi na kuua watu kumi.",
    "ha": "Bam ya fashe a kasuwa ranar Alhamis inda ya kashe mutane goma.",
    "am": "ሐሙስ ዕለት በገበያ ውስጥ ቦምብ ፈንድቶ አስር ሰዎች ሞቱ።",
    "ru": "В четверг на рынке взорвалась бомба, погибли десять человек.",
    "uk": "У четвер на ринку вибухнула бомба, загинули десять людей.",
    "zh": "周四一枚炸弹在拥挤的市场爆炸，造成十人死亡。",
    "ja": "木曜日、混雑した市場で爆弾が爆発し、十人が死亡した。",
    "hi": "गुरुवार को भीड़ भरे बाजार में बम फटने से दस लोगों की मौत हो गई।",
    "bn": "বৃহস্পতিবার একটি জনাকীর্ণ বাজারে বোমা বিস্ফোরণে দশজন নিহত হয়েছেন।",
    "ms": "Sebuah bom meletup di pasar pada hari Khamis, kata pihak polis kerana serangan itu.",
    "nl": "Bij een bomaanslag op een drukke markt zijn donderdag tien mensen omgekomen.",
    "sv": "Minst tio personer dödades när en bomb exploderade på en marknad i torsdags.",
    "pl": "W czwartek na zatłoczonym targu wybuchła bomba, zginęło dziesięć osób.",
    "el": "Βόμβα εξερράγη την Πέμπτη σε αγορά και σκότωσε δέκα ανθρώπους.",
    "ko": "목요일 붐비는 시장에서 폭탄이 터져 열 명이 숨졌다.",
    "ti": "እቲ ፈንጂ ኣብ ማእከል ከተማ ተፈንጂሩ፡ ዓሰርተ ሰብ ድማ ሞይቶም እዩ ዝብል ጸብጻብ ኣሎ።",
    "ug": "پەيشەنبە كۈنى بازاردا بومبا پارتلاپ ئون كىشى ئۆلدى.",
}
"""One sentence in each language."""

SHORT = {
    "ar": "مقتل جنديين في كمين",
    "fa": "شمار کشته‌شدگان افزایش یافت",
    "ur": "ہلاکتوں کی تعداد میں اضافہ",
    "ckb": "ژمارەی کوژراوان زیاد دەکات",
    "kmr": "Hejmara miriyan zêde dibe",
    "ps": "په کابل کې چاودنه",
    "en": "Dozens feared dead after blast",
    "fr": "Attentat meurtrier près de la gare",
    "de": "Zahl der Toten steigt weiter",
    "es": "Aumenta el número de víctimas",
    "it": "Sale il bilancio delle vittime",
    "pt": "Sobe para dez o número de mortos",
    "tr": "Patlamada ölü sayısı artıyor",
    "id": "Korban tewas bertambah menjadi sepuluh orang",
    "so": "Tirada dhimashada oo sii kordhaysa",
    "sw": "Idadi ya waliofariki yaongezeka",
    "ha": "Sojoji sun kashe yan bindiga da dama",
    "ru": "Число погибших растет",
    "uk": "Кількість загиблих зростає",
    "hi": "मृतकों की संख्या बढ़ी",
}
"""A headline of three to seven words in each language."""

CLAUSES = [
    (language, clause)
    for language, clause in csv.reader(
        (Path(__file__).parent / "clauses.tsv").read_text("utf-8").splitlines()[1:], delimiter="\t"
    )
]
"""Clauses of one to five words, some of which several languages could have said."""

DIALECTS = (
    "شو صار مبارح بالسوق؟ هيك ما بيصير",
    "شلون صارت هاي؟ گالوا ماكو شي والناس تركض",
    "واش كاين شي جديد على داكشي ديال البارح",
    "ايه اللي حصل امبارح ده؟ احنا مش فاهمين حاجة",
)
"""Arabic of the Levant, Iraq, Morocco and Egypt."""


def flagged(text: str, *, targets: tuple[str, ...] = ("en",), **more: str) -> FlaggedArticle:
    """Return a text as the line of the product flags it."""
    article = Article.model_construct(article_id="a", text=text, **more)
    return flag(segment(article), targets=targets)


def only(text: str, *, targets: tuple[str, ...] = ("en",)) -> FlaggedSegment:
    """Return the one segment of a text."""
    (one,) = flagged(text, targets=targets).segments
    return one


def parts(text: str) -> list[tuple[str, str, bool]]:
    """Return the spans of a text's only segment: its words, language, and whether to translate."""
    return [
        (text[span.start : span.end], span.language, span.needs_translation)
        for span in only(text).spans
    ]
