"""Speakers in Arabic: the verb comes first, its subject follows it."""

from __future__ import annotations

import re
from functools import cache

from streams.segmentation.cues import pattern, words
from streams.segmentation.sayings import NAME_WORDS, Found, verbs_in

_OUTLETS = (
    "وكاله|قناه|صحيفه|شبكه|موقع|فرانس|رويترز|اسوشيتد|راديو|تلفزيون|اذاعه|بي بي سي|سي ان ان"
    "|الصحف|مراسل"
)
_STOP = re.compile(
    r"(?:^|\s)(?:خلال|في|عبر|عن|ضمن|اثناء|علي|من|الي|امام|مع|بعد|قبل|اليوم|امس|مساء|صباح|يوم|ان|انه|انها"
    r"|انهم|بان|بانه|بانها|بانهم|قايلا|قايله|ردا|تعليقا|مضيفا|موكدا|حول|بشان|حين"
    r"|لل\w+|ل(?:" + _OUTLETS + r")\w*|ل"
    r"|عقب|وسط|الذي|التي|الذين|لدي|كما|ايضا|حديثه|حديثها|كلامه|كلامها|عنه|عنها|فيه|فيها|له|لها|به|بها|عليه"
    r"|عليها|اليه|اليها|منه|منها|ذلك|هذا|هذه|الامر|ما|ب?ان)"
    r"(?=[\s:\"“«،,]|$)|[،,;؛:(\[\n.\"“«]|\s[-–—]\s"
)  # fmt: skip
_RELATIVE = re.compile(
    r"\s*و?(?:التي|الذي|الذين|اللذين|اللواتي|هو|هي|هم|ما|من|حيث|كما|مما|قد|لقد)(?!\w)"
)
_LEAD = re.compile(
    r"(?:^|\s)(?:و?كان|و?كانت|و?لكن|و?فيما|و?بينما|و?من جهته|و?من جانبه|و?بدوره|و?هذا|ف|ثم)\s+"
)


def before(text: str) -> Found:
    """Return the subject of the nearest verb that has one: after the verb, else before it."""
    told = False
    for start, end, verb in verbs_in(text, "ar"):
        told = True
        if verb in words("reporting_noun", "ar"):
            return _quoted_source(text, start), True
        if verb not in words("reporting_participle", "ar"):
            name = _name(text, end) or _name_before(text, start)
            if name:
                return name, True
    return None, told


def _quoted_source(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of the name in "عن فلان قوله"."""
    begin = text.rfind(" عن ", 0, end)
    if begin < 0:
        return None
    span = _name(text[:end], begin + len(" عن "))
    return span if span and span[1] - span[0] > 1 else None


def _name(text: str, start: int) -> tuple[int, int] | None:
    """Return the span of an Arabic subject that starts after a verb."""
    rest = text[start:]
    stop = _STOP.search(rest)
    name = rest[: stop.start()] if stop else rest
    if not name.strip() or len(name.split()) > NAME_WORDS:
        return None
    lead = len(name) - len(name.lstrip())
    return start + lead, start + len(name.rstrip())


def _name_before(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of an Arabic subject before its verb ("المتحدث قال")."""
    if text[end : end + 1] in "وف":
        return None
    begin = max(text.rfind(mark, 0, end) for mark in '.،؛:\n"”»') + 1
    clause = text[begin:end]
    opened = _LEAD.match(clause)
    begin += opened.end() if opened else 0
    name = text[begin:end]
    if not name.strip() or len(name.split()) > NAME_WORDS // 2 or _RELATIVE.match(name):
        return None
    if next(verbs_in(name, "ar"), None):
        return None
    return begin + len(name) - len(name.lstrip()), begin + len(name.rstrip())


@cache
def _saying() -> re.Pattern[str]:
    verbs = f"{pattern('reporting', 'ar')}|{pattern('source', 'ar')}"
    return re.compile(
        r"\s*[،,.]?\s*(?:(?:كما|بحسب ما|حسبما|وفق ما|علي ما|هكذا) )?"
        rf"(?:{verbs})(?!\w)(?P<name>[^\n]{{0,120}})"
    )


def after(text: str) -> Found:
    """Return the speaker that is named right after a quotation ("…"، قال فلان)."""
    match = _saying().match(text)
    if match is None:
        return None, False
    return _name(text[: match.end()], match.start("name")), True
