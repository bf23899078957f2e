"""The line that says who posted: "— Name (@handle) January 22, 2021" and its kin."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from streams.segmentation.lines import Line
from streams.text.alternation import alternation
from streams.text.months import month_of, names

_CLOCK = r"\d{1,2}[:.]\d{2}(?: ?(?:[ap]\.?m\.?|ص|م|صباحا|مساء))?"
_DATE = (
    r"(?:(?:{clock} ?[·,|-]? ?)?(?:(?:on|le|el|il|am|em|في|يوم) )?(?:"
    r"(?P<m1>{months})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[,،]? (?P<y1>\d{{4}})"
    r"|(?P<d2>\d{{1,2}})\.?(?: de)? (?P<m2>{months})(?:/(?:{months}))?\.?"
    r"(?: de)?[,،]? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{{4}})-(?P<m3>\d{{1,2}})-(?P<d3>\d{{1,2}})"
    r"|(?P<y4>\d{{4}})年(?P<m4>\d{{1,2}})月(?P<d4>\d{{1,2}})日"
    r"|(?P<d5>\d{{1,2}})[/.](?P<m5>\d{{1,2}})[/.](?P<y5>\d{{4}})"
    r")(?: г\.?)?(?:,? ?(?:at )?{clock})?)"
)
_SHORT_DATE = (
    r"(?:{date}|(?:{months})\.? \d{{1,2}}|\d{{1,2}} (?:{months})|\d{{1,2}} ?(?:[hmd]|س|د|ي))"
)
_POSTED = (
    "posted by|a post shared by|publie par|publicado por|تم النشر بواسطه|نشر بواسطه|نشره"
    "|تمت مشاركه منشور بواسطه|منشور تمت مشاركته بواسطه"
)
_DASH = r"(?:(?:^|\s)(?:[-&]|mdash;){1,3}|(?<=\w)-(?= ))"
_AUTHOR = r"(?P<author>[^@#\n]{0,120}?)"
_ON = r"(?:on|le|el|في|يوم) (?:\w+[,،]? )?"
_TAIL = r"(?:\s*(?:#\S+|pic\.(?:twitter|x)\.com/\S+|https?://\S+))*\s*$"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who posted and when; offsets in the line's text."""

    start: int
    end: int
    author: str | None
    handle: str | None
    posted_at: dt.date | None
    leads: bool = False
    """Whether it stands above the post's words rather than below them."""
    bare: bool = False
    """Whether it may do without words, as those of platforms do that show pictures."""


def _forms() -> tuple[tuple[bool, re.Pattern[str]], ...]:
    months = alternation(names())
    date = _DATE.format(months=months, clock=_CLOCK)
    short = _SHORT_DATE.format(months=months, date=date)
    handle = r"\(? ?(?P<handle>@[\w.]{1,50}) ?\)?"
    closing, opening = False, True
    tagged = _AUTHOR.replace("#", "")
    forms = (
        # — Author (@handle) January 22, 2021
        rf"{_DASH} ?{tagged} ?{handle}[ ,·|.-]*{date}?{_TAIL}",
        # Author (@handle) January 22, 2021
        rf"^{_AUTHOR} ?{handle}[ ,|.-]*{date}{_TAIL}",
        # Posted by Author on Friday, January 22, 2021
        rf"^(?:{_POSTED}) {_AUTHOR} ?(?:{handle})?(?: {_ON}{date}(?: .{{0,20}})?)?\s*$",
    )
    # Author @handle · Jan 22
    above = rf"^{_AUTHOR} ?{handle} ?· ?{short}\s*$"
    return (
        *((closing, re.compile(form)) for form in forms),
        (opening, re.compile(above)),
    )


_FORMS = _forms()
_OPENINGS = tuple(_POSTED.split("|"))


def attribution(line: Line) -> Attribution | None:
    """Return what an attribution line says, whether it is the whole line or ends it."""
    folded = line.folded
    if "@" not in folded.text and not folded.text.startswith(_OPENINGS):
        return None
    for leads, form in _FORMS:
        match = form.search(folded.text)
        if match:
            begin = match.start() + (folded.text[match.start() : match.start() + 1].isspace())
            start, _ = folded.source_span(begin, begin + 1)
            return Attribution(
                start=start,
                end=len(line.text),
                author=_named(line.text, folded.source_span(*match.span("author"))),
                handle=_named(line.text, folded.source_span(*match.span("handle"))),
                posted_at=_date(match),
                leads=leads,
                bare=folded.text.startswith(_OPENINGS),
            )
    return None


def _named(text: str, span: tuple[int, int]) -> str | None:
    if span[0] >= span[1]:
        return None
    return " ".join(text[slice(*span)].strip(" \t(—–-·,،").split()) or None


def _date(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    for number in "12345":
        month = groups.get(f"m{number}")
        if month:
            value = int(month) if month.isdecimal() else month_of(month) or 0
            try:
                return dt.date(int(groups[f"y{number}"]), value, int(groups[f"d{number}"]))
            except ValueError:
                return None
    return None
