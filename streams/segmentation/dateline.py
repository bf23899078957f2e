"""The dateline that a report opens with: "BAGHDAD, Jan 21 (Reuters) -", "بغداد (رويترز) -"."""

from __future__ import annotations

import re

from streams.segmentation.cues import words
from streams.segmentation.lines import Line
from streams.text.alternation import alternation
from streams.text.months import names

_OPENING = 130
_WORDS = 14
_PLACE_WORDS = 6
_TOLD = re.compile(r"[\d(\[/]|--")
_MARK = re.compile("[-:/)]")
_MONTHS = alternation(names())
_DAY = (
    rf"(?:\d{{1,2}}\.? (?:{_MONTHS})\.?|(?:{_MONTHS})\.? \d{{1,2}}|\d{{1,2}}[./-]\d{{1,2}})"
    r"(?:,? \d{2,4})?"
)
_PLACE = r"[^\W\d_](?:[\w.'/-]|(?<!-) (?! ?-)){1,40}?"
_HOLDER = rf" ?\([^\W\d_][\w .'-]{{1,28}}\)(?=,? {_DAY})"
"""The country of the place, in brackets, before the day."""
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:[,،] ?{_PLACE}){{0,2}}?(?:{_HOLDER})?)?"
    rf"(?P<day>[,،]? ?{_DAY})?"
    r"(?P<agency> ?[(\[][^()\[\]\n]{1,60}[)\]])?"
    r",? ?(?P<mark>-{1,3}|:)(?=\s*\S)"
)
_WIRED = re.compile(
    rf"{_PLACE}(?:, ?{_PLACE})?,? ?(?P<bracket>\((?P<agency>[^()\n]{{2,20}})\)) (?=[^\W\d_])"
)
_SLASHED = re.compile(r"[^\W\d_][\w' ]{1,24} ?/ ?[^\W\d_][\w .'-]{1,30} ?[:-](?= ?\S)")


def dateline(line: Line) -> tuple[int, int] | None:
    """Return the span of a leading dateline with its mark, if the block opens with one.

    A place and a mark alone are one only where the place is in capitals or an Arabic name
    of one or two words before a dash; otherwise a date, an agency or a double dash must be
    there too.  Arabic feeds also part place and agency by a slash ("بغداد/ المرصد:").
    """
    opening = line.folded.text[:_OPENING]
    if "-" not in opening and ":" not in opening and ")" not in opening and "/" not in opening:
        return None
    mark = _MARK.search(opening)
    if mark is None or opening.count(" ", 0, mark.start()) > _WORDS or not _may_be(line, opening):
        return None
    match = _DATELINE.match(opening)
    if match and _is_dateline(line, match):
        return line.folded.source_span(match.start(), match.end())
    wired = _WIRED.match(opening)
    if wired and (wired["agency"] in words("credit") or line.text[: wired.end()].isupper()):
        return line.folded.source_span(wired.start(), wired.end("bracket"))
    slashed = _SLASHED.match(opening) if line.arabic else None
    return line.folded.source_span(slashed.start(), slashed.end()) if slashed else None


def _may_be(line: Line, opening: str) -> bool:
    """Whether an opening has a day, an agency or a long mark, or a place that may stand alone."""
    if _TOLD.search(opening):
        return True
    if line.arabic:
        return " -" in opening or opening.islower()
    return not line.text[1:2].islower()


def _is_dateline(line: Line, match: re.Match[str]) -> bool:
    place = match["place"] or ""
    if match["agency"] or (place and (match["day"] or len(match["mark"]) > 1)):
        return len(place.split()) <= _PLACE_WORDS
    return bool(place) and _is_place_alone(line, match)


def _is_place_alone(line: Line, match: re.Match[str]) -> bool:
    begin, end = line.folded.source_span(match.start("place"), match.end("place"))
    written = line.text[begin:end]
    if written.isupper():
        return len(written) > 2
    spaced = match["mark"] == "-" and line.folded.text[match.start("mark") - 1] == " "
    return line.arabic and len(written.split()) <= 2 and spaced
