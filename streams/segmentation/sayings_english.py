"""Speakers in English: the subject stands before its verb, or after it behind a quotation."""

from __future__ import annotations

import re
from functools import cache

from streams.segmentation.cues import pattern, words
from streams.segmentation.sayings import NAME_WORDS, Found, verbs_in

_STOP = re.compile(
    r"\s(?:during|in|on|at|to|after|before|late|early|yesterday|today|that|who|as|when|while|by|told|over|via|since|last|this"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|also|said|and then)(?=[\s,.:]|$)|[,;:(\[\n\"“]|\.(?=\s|$)"
)  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "which", "one"})
_OPENING_WORDS = re.compile(
    r"(?:and|but|while|meanwhile|however|moreover|still|also|yesterday|today|earlier|later|on|in|at|after|before|during|when"
    r"|as|since|speaking|asked|for|by|with|to|from|finally|separately|instead|then|so|if|because|although|though|further"
    r"|furthermore|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last|this|that|addressing|responding|referring"
    r"|citing|quoting|nevertheless|additionally|thus)(?!\w)"
)  # fmt: skip
_TRAILING = re.compile(
    r"\s(?:also|later|then|has|had|have|earlier|reportedly|further|again|once|repeatedly|publicly|recently|previously)$"
)
_PASSIVE = re.compile(
    r"\s(?:is|are|was|were|be|been|being|not|to|will|would|could|can|may|might|should)$"
)


def before(text: str) -> Found:
    """Return the subject of the nearest verb, or whom "according to" names."""
    start, end, verb = next(verbs_in(text, "en"), (0, 0, ""))
    if not verb:
        return None, False
    if verb in words("source", "en"):
        return _named_after(text, end), True
    begin = max(text.rfind(mark, 0, start) for mark in ('"', "”", ". ", "? ", "\n")) + 1
    clause = text[begin:start].rstrip()
    if _PASSIVE.search(clause):
        return None, False
    span, pronoun = _first_name(_TRAILING.sub("", clause))
    if span is None:
        return None, pronoun
    return (begin + span[0], begin + span[1]), True


def _first_name(clause: str) -> Found:
    """Return the span of the first part of a clause that is a subject; else whether none is."""
    for part in re.finditer(r"[^,]+", clause):
        name = part.group().lstrip(" ;'-—")
        start = part.end() - len(name)
        if not name or _OPENING_WORDS.match(name):
            continue
        if name.split()[0] in _PRONOUNS:
            return None, True
        stop = _STOP.search(name)
        name = name[: stop.start()] if stop else name
        if len(name.split()) > NAME_WORDS:
            return None, False
        return (start, start + len(name.rstrip())), True
    return None, True


def _named_after(text: str, start: int) -> tuple[int, int] | None:
    rest = text[start:]
    lead = len(rest) - len(rest.lstrip())
    stop = _STOP.search(rest, lead)
    end = stop.start() if stop else len(rest)
    return (start + lead, start + end) if end > lead else None


@cache
def _saying() -> re.Pattern[str]:
    said = pattern("reporting", "en")
    return re.compile(
        rf"\s*,?\s*(?:(?:as )?(?:{said}|{pattern('source', 'en')})\s+(?P<name>[^\n]{{2,120}})"
        rf"|(?P<first>[^,.\n\"“:]{{1,60}}?)(?:, [^.\n\"“]{{2,90}}?,)?\s+(?:{said})(?!\w))"
    )


def after(text: str) -> Found:
    """Return the speaker that is named right after a quotation: said X, X said."""
    match = _saying().match(text)
    if match is None:
        return None, False
    group = "name" if match["name"] else "first"
    name = match[group].lstrip()
    if not name or name.split()[0] in _PRONOUNS:
        return None, True
    if _PASSIVE.search(name) or _OPENING_WORDS.match(name):
        return None, False
    begin = match.end(group) - len(name)
    stop = _STOP.search(name)
    end = begin + (stop.start() if stop else len(name))
    return ((begin, end) if end > begin else None), True
