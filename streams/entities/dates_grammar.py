"""The date grammar: patterns over folded text, each with the rule that reads it.

Arabic with Levantine, Maghrebi and Egyptian month names and the Hijri calendar, English in
the styles of the press.  Names of months come from CLDR (`streams.text.months`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from streams.entities.numbers import ARABIC, ENGLISH
from streams.text.fold import fold_name
from streams.text.months import alternatives


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of date expression: ``id`` names it in the output, ``reads`` the reading."""

    id: str
    reads: str
    pattern: str


@cache
def word_lists() -> dict[str, Any]:
    """Return the words of `data/dates/words.toml`, folded."""
    text = files("streams.entities").joinpath("data", "dates", "words.toml").read_text("utf-8")
    return {name: _folded(value) for name, value in tomllib.loads(text).items()}


def _folded(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {k if isinstance(v, dict) else fold_name(k): _folded(v) for k, v in value.items()}


def _any(words: Any) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, those that read more words first."""
    lists = word_lists()
    weekdays = _any(lists["weekday"])
    arabic = _any(w for w in lists["weekday"] if not w.isascii())
    ar = alternatives("ar", "ar-levant", "ar-maghreb")
    en = alternatives("en")
    latin = alternatives("en", "fr", "es", "tr")
    ar_month = rf"(?:شهر )?(?P<m>{ar})(?: ?[/(] ?(?:{ar})\)?)?"
    ar_year = r"(?:(?:،? | من )?(?:عام |سنه |العام )?(?P<y>\d{4})(?: ?م(?!\w))?)"
    ar_day = rf"(?:(?:يوم )?(?:{arabic})(?: الموافق)?،? (?:\(|في )?)?(?P<d>\d{{1,2}})(?: من)?(?: شهر)?[ /-]"
    en_wd = rf"(?:(?:{_any(w for w in lists['weekday'] if w.isascii())})\.?,? )?(?:the )?"
    en_year = r"(?:,? (?:of )?(?P<y>\d{4}))"
    past = r"(?:الماضي|الماضيه|الفايت|الفايته|المنصرم|المنصرمه|الاخير|الاخيره|السابق|السابقه)"
    coming = r"(?:المقبل|المقبله|القادم|القادمه)"
    now = r"(?:الجاري|الجاريه|الحالي|الحاليه)"
    ar_units = _any(lists["unit"]["ar"])
    en_units = _any(lists["unit"]["en"])
    hijri = _any(lists["hijri"])
    today = _any(lists["day"]["ar"])
    english_day = _any(lists["day"]["en"])
    return (
        Rule("iso", "numeric", r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?:t[\d:.]+z?)?"),
        Rule("numeric", "numeric", r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})"),
        Rule("hijri", "hijri", rf"(?P<d>\d{{1,2}}) (?:من )?(?P<m>{hijri})(?: (?:عام |سنه )?(?P<y>1[34]\d\d))(?: ?(?:هـ|ه))?"),
        Rule("ar-range", "range", rf"(?:(?:من|بين) )?(?P<d>\d{{1,2}}) ?(?:-|الي|و|حتي) ?(?P<e>\d{{1,2}}) (?:من )?{ar_month}{ar_year}?"),
        Rule("ar-day", "day", rf"{ar_day}{ar_month}{ar_year}?"),
        Rule("ar-month", "month", rf"{ar_month}{ar_year}"),
        Rule("ar-month-past", "month", rf"{ar_month} {past}"),
        Rule("ar-month-of", "month", rf"(?<=في ){ar_month}|شهر (?P<m2>{ar})"),
        Rule("ar-day-word", "word", rf"(?P<w>{today})(?:،? (?:يوم )?(?P<wd>{arabic})(?! ال))?"),
        Rule("ar-weekday", "weekday", rf"(?:يوم )(?P<wd>{arabic})(?: (?:(?P<past>{past})|(?P<next>{coming})))?"),
        Rule("ar-weekday-bare", "weekday", rf"(?P<wd>{arabic})(?: (?:(?P<past>{past})|(?P<next>{coming})))?"),
        Rule("ar-unit", "unit", rf"(?P<u>الاسبوع|الشهر|العام|السنه) (?:(?P<past>{past})|(?P<next>{coming})|(?P<now>{now}))"),
        Rule("ar-unit-this", "unit", r"هذا (?P<u>الاسبوع|الشهر|العام)|هذه (?P<u2>السنه)"),
        Rule("ar-ago", "ago", rf"(?:قبل|منذ) (?:نحو |حوالي |اكثر من )?(?:(?P<n>\d{{1,3}}|{ARABIC}) )?(?P<u>{ar_units})"),
        Rule("ar-year", "year", r"(?:عام|سنه|العام) (?P<y>(?:19|20)\d\d)"),
        Rule("en-range", "range", rf"{en_wd}(?P<m>{en})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|to|and|through) ?(?P<e>\d{{1,2}})(?:st|nd|rd|th)?{en_year}?"),
        Rule("en-range-day-first", "range", rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|to|and|through) ?(?P<e>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{en})\.?{en_year}?"),
        Rule("en-month-day", "day", rf"{en_wd}(?P<m>{latin})\.? (?P<d>[12]?\d|3[01])(?:st|nd|rd|th)?(?!\d|:|%| ?(?:people|killed))(?:{en_year}(?!\d))?"),
        Rule("en-day-month", "day", rf"{en_wd}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of| de)?[ -](?P<m>{latin})\.?(?:(?:,? (?:of |de )?|-)(?P<y>\d{{4}}|\d{{2}}(?= *(?:--|$|\)))))?"),
        Rule("en-month-year", "month", rf"(?:(?:early|mid|late)[ -])?(?P<m>{latin})\.?,? (?:of )?(?P<y>(?:19|20)\d\d)"),
        Rule("en-day-word", "word", rf"(?P<w>{english_day})(?:,? \(?(?P<wd>{weekdays})\)?)?"),
        Rule("en-weekday", "weekday", rf"(?:(?P<past>last|past)|(?P<next>next|coming)|this|early|late)? ?(?P<wd>{weekdays})(?: (?P<past2>ago))?"),
        Rule("en-unit", "unit", r"(?:(?P<past>last|previous|past)|(?P<next>next|coming)|(?P<now>this)) (?P<u>week|month|year)(?:end)?"),
        Rule("en-month-last", "month", rf"(?:(?P<past>last)|(?:early|mid|late)[ -]|(?:in|since|during) )(?: ?)(?P<m>{en})(?!\.? ?\d)"),
        Rule("en-ago", "ago", rf"(?:(?P<n>\d{{1,3}}|{ENGLISH}|an?|a few|several) )(?P<u>{en_units}) (?:ago|earlier|before)"),
        Rule("en-year", "year", r"(?:in|since|during|of|until|by) (?P<core>(?P<y>(?:19|20)\d\d))(?!\d| (?:people|persons|soldiers))"),
    )  # fmt: skip


@cache
def compiled() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """Return the rules with their patterns, bounded by the edges of words."""
    return tuple(
        (rule, re.compile(rf"(?<![\w/.-])(?:و|ل|ب|ف|وب|ول)??(?P<all>{rule.pattern})(?![\w/]|-\d)"))
        for rule in rules()
    )


@cache
def trigger() -> re.Pattern[str]:
    """Return a quick test for texts that could hold a date at all."""
    lists = word_lists()
    names = [*lists["weekday"], *lists["day"]["ar"], *lists["day"]["en"], *lists["hijri"]]
    cues = ["ago", "earlier", "last", "next", "this", "قبل", "منذ", "الماضي", "المقبل", "الجاري", "عام", "سنه"]  # fmt: skip
    return re.compile(rf"\d{{4}}|\d[/-]\d|{_any([*names, *cues])}|{alternatives()}")
