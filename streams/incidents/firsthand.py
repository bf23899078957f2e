"""Tells whether an Arabic sentence reports an event or only talks about one.

Arabic news names attacks in passing far more often than it reports one: a noun with the
article, after "since" or "the investigation into", late in a long sentence.  Signs for and
against add up; their weights were set by hand, with an eye on a logistic regression over
annotated news sentences (the developers' half of the evaluation kit), and hold for the genre.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from streams.incidents.detect import Mention
from streams.incidents.telling import Telling
from streams.incidents.worded import Worded

REPORTS = 2.5
"""Weight from which a sentence reports violence."""

PROTESTS = 2.3
"""Weight from which a sentence reports a protest."""

LONG = 260
EARLY = 25

_BACK = re.compile(
    r"(?:^|\s)و?(?:عقب|بعد|اثر|منذ|خلال|قبل|غداه|جراء|بسبب|نتيجه|في اعقاب|علي خلفيه|عن|من|حول|بشان"
    r"|ضد|مع|بينها|قضيه|ملف|عمليه|جريمه|محاوله|تحقيق|التحقيق في|مسووليه|اهالي|ضحايا|ذكري)"
    r"\s*(?:\w+\s)?(?:ال|ب|ل)?$"
)
_FINITE = re.compile(
    "قتل|اصيب|جرح|فجر|هاجم|خطف|اختطف|اغتيل|اغتال|اطلق|قصف|شن|استهدف|اقتحم|انفجر|لقي|استشهد|اعدم|ذبح"
)
_CROWD = re.compile(
    r"(?:تظاهر|احتشد|خرج|نزل|سد|رفع|اعتصم|جاب|هتف|ردد|قطع|احتج|تجمع|تجمهر|انطلق|اندلع|نفذ|شكل)(?:ت|وا)?(?!\w)"
)
_OPENS = re.compile(
    r"^(?:و|ف|كما |وقد |فيما |من (?:جهه|ناحيه) (?:اخري|ثانيه)،? ?|من جانب اخر،? ?|الي ذلك،? ?"
    r"|في غضون ذلك،? ?)?(?:قتل|اصيب|جرح|فجر|هاجم|خطف|اختطف|اغتيل|اغتال|اطلق|قصف|شن|استهدف|اقتحم"
    r"|انفجر|لقي|استشهد|اعلن\w* \w+ مقتل|اسفر|ادي|ادت|اوقع|وقع|هز)"
)
_SOURCE = Worded(
    r"و?(?:اعلن|اعلنت|افاد|افادت|ذكر|ذكرت|قال|قالت|اكد|اكدت|اوضح) (?:\w+ ){0,3}(?:مصدر|مصادر"
    r"|شرطه|الشرطه|متحدث|شهود|ضابط|الجيش|مسوول|بيان|اطباء|طبي|امني|امنيه|وزاره|وكاله)"
)
_OPINION = Worded(
    r"و?ف?(?:يجب|ينبغي|اعتبر|اعتبرت|معتبرا|يري|نري|اعتقد|نعتقد|يعني|لابد|ضروره|سياسه"
    r"|الحكومه|مفاوضات|انتخابات|الحوار|السلام|الارهاب|مكافحه)(?!\w)"
)

_DENIES = Worded(r"^(?:و|ف)?(?:نفي|نفت|كذب|كذبت) (?:[^ ]+ ){0,6}(?:وقوع|حدوث|حصول|تعرض)(?!\w)")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that a mention is a report (above zero) or is not."""

    id: str
    violence: float
    protest: float
    holds: Callable[[Telling, Mention], bool]


def _toll(harm: str) -> Callable[[Telling, Mention], bool]:
    def holds(telling: Telling, _: Mention) -> bool:
        counts = [e.count for e in telling.tolls if e.count and e.count.harm == harm]
        return any((c.best or c.min or 0) > 0 for c in counts)

    return holds


def _role(name: str) -> Callable[[Telling, Mention], bool]:
    return lambda telling, _: any(p.role == name for p in telling.parts)


def _class(*names: str) -> Callable[[Telling, Mention], bool]:
    return lambda _, mention: mention.cls.name in names


def _words(forms: str) -> Callable[[Telling, Mention], bool]:
    words = Worded(forms)
    return lambda telling, _: telling.sentence.find(words) is not None


def _any(*parts: str) -> Callable[[Telling, Mention], bool]:
    def holds(telling: Telling, _: Mention) -> bool:
        text = telling.sentence.folded.text
        return any(part in text for part in parts)

    return holds


def _before(pattern: str) -> Callable[[Telling, Mention], bool]:
    compiled = re.compile(pattern)
    return lambda telling, m: bool(compiled.search(telling.sentence.folded.text[: m.at]))


def _tally(text: str) -> bool:
    """Tell whether a text says that a toll rose or how high it is."""
    if "ارتف" in text or "بلغ" in text or "وصل" in text:
        return _TALLY.search(text) is not None
    return False


def _in_passing(text: str, at: int) -> bool:
    """Tell whether words before an event make it the background; its growing toll does not."""
    return _BACK.search(text[:at]) is not None and not _tally(text[:at])


_TALLY = re.compile(r"(?:ارتفع|ارتفاع|ارتفعت|بلغ|بلغت|وصل)(?: \w+){0,3} (?:حصيله|عدد|قتلي|ضحايا)")
_WHERE = (
    "جنوب", "شمال", "شرق", "غرب", "وسط", "قرب", "امام", "في منطقه", "في مدينه", "في حي", "في بلده",
    "ضاحيه",
)  # fmt: skip
_RESULT = (
    "اسفر", "ما ادي", "ادي الي", "ادت الي", "اودي", "اودت", "اوقع", "مخلفا", "راح ضحيت",
)  # fmt: skip
_WILL = _words(r"س[يتن]\w+")
_MAY = _any("سوف", "قد ي", "قد ت")

SIGNS = (
    Sign("tally", 1.5, 0.0, lambda t, _: _tally(t.sentence.folded.text)),
    Sign("killed", 0.5, -0.3, _toll("killed")),
    Sign("injured", 0.6, 0.0, _toll("injured")),
    Sign("victim", 0.4, -0.3, _role("victim")),
    Sign("perpetrator", 0.4, 0.0, _role("perpetrator")),
    Sign("several", 0.25, 0.0, lambda t, _: sum(m.cls.violent for m in t.mentions) > 1),
    Sign("place", 0.5, 0.3, lambda t, _: bool(t.places)),
    Sign("town", 0.05, 0.5, lambda t, _: any(e.place and e.place.precision == 1 for e in t.places)),
    Sign("day", 0.0, 0.4, lambda _, m: m.date is not None and m.date.precision == "day"),
    Sign("today", -0.15, 0.3, _words(r"(?:امس|اليوم|صباح|مساء|ليل)(?!\w)")),
    Sign("crowd", 0.0, 0.5, _words(r"(?:الاف|مييات|عشرات|الالاف|\d+|نحو|حشود)(?!\w)")),
    Sign("strong", 0.25, 0.5, lambda _, m: m.trigger.strong and m.trigger.pos == "verb"),
    Sign("quoted", 0.25, 0.0, lambda _, m: m.voice == "quote"),
    Sign("early", 0.1, 0.5, lambda _, m: m.at < EARLY),
    Sign("actual", 0.4, 0.2, lambda _, m: m.realis == "actual"),
    Sign("finite-verb", 0.75, 0.0, lambda t, m: bool(_FINITE.match(t.sentence.folded.text, m.at))),
    Sign("crowd-acts", 0.0, 0.6, lambda t, m: bool(_CROWD.match(t.sentence.folded.text, m.at))),
    Sign("opens-with-it", 0.5, 0.0, lambda t, _: bool(_OPENS.search(t.sentence.folded.text))),
    Sign("weapon", 0.8, -0.3, lambda t, _: any(e.type == "weapon" for e in t.sentence.entities)),
    Sign(
        "one-weapon",
        0.8,
        0.0,
        _words(r"(?:عبوه|سياره مفخخه|انتحاري|صاروخ|قذيفه|قنبله|مسلح)"),
    ),
    Sign("source", 0.6, 0.0, lambda t, _: t.sentence.find(_SOURCE) is not None),
    Sign(
        "where",
        0.4,
        0.25,
        _any(*_WHERE),
    ),
    Sign(
        "result",
        0.2,
        0.0,
        _any(*_RESULT),
    ),
    Sign("suicide", 0.25, 0.0, _class("suicide", "shelling")),
    Sign("general-attack", -0.4, 0.0, _class("attack")),
    Sign("riot", 0.0, -0.2, _class("riot", "intervention")),
    Sign("historical", -0.4, -0.2, lambda _, m: m.realis == "historical"),
    Sign("background", -0.6, -0.3, lambda t, m: _in_passing(t.sentence.folded.text, m.at)),
    Sign("relative", -0.5, 0.0, _before(r"(?:الذي|التي|الذين|اللذين|ممن) (?:\w+ )?$")),
    Sign(
        "court",
        -0.85,
        0.0,
        _words(
            r"(?:و|ف)?(?:ب|ل)?(?:ال|ل)?(?:محكمه|محاكم\w*|حكم|احكام|قضايي\w*|قاضي|قضيه"
            r"|متهم\w*|اتهام\w*|سجن|مدعي|تحقيق\w*)(?!\w)"
        ),
    ),
    Sign("opinion", -0.4, 0.2, lambda t, _: t.sentence.find(_OPINION) is not None),
    Sign("negation", -0.4, 0.0, _words(r"(?:لم|لن|لا|ليس|عدم|دون)(?!\w)")),
    Sign("future", -0.25, -0.25, lambda t, m: _MAY(t, m) or _WILL(t, m)),
    Sign("condition", -0.3, -0.15, _words(r"(?:اذا|لو|ان كان|عندما|حين)(?!\w)")),
    Sign("we", 0.0, -0.4, _words(r"و?(?:نحن|اننا|انا|انني|لنا|علينا|ندين|نريد)(?!\w)")),
    Sign("was", 0.1, -0.35, _words(r"و?(?:كان|كانت|كانوا)(?!\w)")),
    Sign("late", -0.8, -0.4, lambda t, m: m.at > 0.6 * len(t.sentence.folded.text)),
    Sign("article", -0.7, -0.7, lambda t, m: t.sentence.folded.text[: m.at].endswith("ال")),
    Sign("long", -0.9, 0.2, lambda t, _: len(t.sentence.folded.text) > LONG),
)


_Weighed = tuple[float, float, Callable[[Telling, Mention], bool]]
"""A sign's weight, the most that it and those after it can add, and whether it holds."""


def _weighed(weights: Sequence[float]) -> tuple[_Weighed, ...]:
    made: list[_Weighed] = []
    most = ROUNDING
    for weight, sign in zip(reversed(weights), reversed(SIGNS), strict=True):
        most += max(weight, 0.0)
        if weight:
            made.append((weight, most, sign.holds))
    return tuple(reversed(made))


ROUNDING = 1e-9
_OF_PROTEST = _weighed([sign.protest for sign in SIGNS])
_OF_VIOLENCE = _weighed([sign.violence for sign in SIGNS])


def reports(telling: Telling) -> bool:
    """Tell whether an Arabic sentence reports an event of its own, or denies one by its place."""
    if telling.lead.realis == "denied":
        return bool(telling.places) and telling.sentence.find(_DENIES) is not None
    for mention in telling.mentions:
        if mention.realis not in {"actual", "historical"}:
            continue
        if mention.cls.plover_event == "PROTEST":
            told = _holds(telling, mention, _OF_PROTEST, PROTESTS)
        else:
            told = _holds(telling, mention, _OF_VIOLENCE, REPORTS)
        if told:
            return True
    return False


def _holds(telling: Telling, mention: Mention, signs: tuple[_Weighed, ...], enough: float) -> bool:
    """Tell whether the signs that hold weigh enough; those that cannot help are not looked at."""
    total = 0.0
    for weight, most, holds in signs:
        if total + most < enough:
            return False
        if holds(telling, mention):
            total += weight
    return total >= enough
