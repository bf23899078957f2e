"""Who says a quotation: the subject of the verb of saying before it or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from streams.segmentation.cues import pattern, words
from streams.segmentation.lines import Line

SPEECH_WORDS = 4
"""Quotations of fewer words are names or wordings rather than speech, unless a verb brings them."""

_WORDING_WORDS = 4
"""Words from which a wording inside reported speech is the speaker's ("said it was “…”")."""

_REACH = 220
"""Characters before and after a quotation in which its speaker is looked for."""

_GAP = 170
"""Longest attribution between two parts of one quotation, in characters."""

_NAME_WORDS = 14
_SPOKEN_ENDS = frozenset(",.!?،؟…")
_OUTLETS = (
    "وكاله|قناه|صحيفه|شبكه|موقع|فرانس|رويترز|اسوشيتد|راديو|تلفزيون|اذاعه|بي بي سي|سي ان ان"
    "|الصحف|مراسل"
)
_AR_STOP = re.compile(
    r"(?:^|\s)(?:خلال|في|عبر|عن|ضمن|اثناء|علي|من|الي|امام|مع|بعد|قبل|اليوم|امس|مساء|صباح|يوم|ان|انه|انها"
    r"|انهم|بان|بانه|بانها|بانهم|قايلا|قايله|ردا|تعليقا|مضيفا|موكدا|حول|بشان|حين"
    r"|لل\w+|ل(?:" + _OUTLETS + r")\w*|ل"
    r"|عقب|وسط|الذي|التي|الذين|لدي|كما|ايضا|حديثه|حديثها|كلامه|كلامها|عنه|عنها|فيه|فيها|له|لها|به|بها|عليه"
    r"|عليها|اليه|اليها|منه|منها|ذلك|هذا|هذه|الامر|ما|ب?ان)"
    r"(?=[\s:\"“«،,]|$)|[،,;؛:(\[\n.\"“«]|\s[-–—]\s"
)  # fmt: skip
_EN_STOP = re.compile(
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
_BRIDGE = re.compile(
    r"(?:[:،,]|(?<!\w)(?:ان|انه|انها|انهم|بان|بانه|بانها|قايلا|قايله|متسايلا|متسايله|مضيفا|مضيفه"
    r"|بالقول|بالقول ان|فيه|فيها|ب|هو|هي|that|to|as|the))\s*$"
)  # fmt: skip
_RELATIVE = re.compile(
    r"\s*و?(?:التي|الذي|الذين|اللذين|اللواتي|هو|هي|هم|ما|من|حيث|كما|مما|قد|لقد)(?!\w)"
)
_BRIDGE_REACH = 16
_WORD = re.compile(r"[^\W\d_]+")
_PREFIX = re.compile("^(?:[وف]س?|س)")
_LEAD_AR = re.compile(
    r"(?:^|\s)(?:و?كان|و?كانت|و?لكن|و?فيما|و?بينما|و?من جهته|و?من جانبه|و?بدوره|و?هذا|ف|ثم)\s+"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A quotation in its block; offsets in the line's text."""

    line: Line
    start: int
    end: int
    floor: int
    """Where the quotation before it ends, or the block starts."""
    limit: int
    before: str | None
    """Who spoke the quotation before it in the block."""


def speaker_of(scene: Scene, last: str | None) -> str | None:
    """Return who says a quotation as the text writes the name; ``last`` spoke before the block."""
    folded = scene.line.folded
    first = folded.folded(max(scene.floor, scene.start - _REACH))
    here = folded.folded(scene.start)
    before = folded.text[first:here]
    last_said = scene.before or last
    if _BRIDGE.search(before[-_BRIDGE_REACH:]):
        found, told = _subject_before(scene, first, before, last_said)
        if told:
            return found
    after = _said_after(scene, last) or _goes_on(scene, before, last)
    if after or scene.line.text.count(" ", scene.start, scene.end) < _WORDING_WORDS - 1:
        return after
    opened = max(before.rfind(mark) + 1 for mark in (". ", "? ", "! ", "؟ ", "\n"))
    return _subject_before(scene, first + opened, before[opened:], last_said)[0]


def _subject_before(
    scene: Scene, offset: int, before: str, last: str | None
) -> tuple[str | None, bool]:
    """Return the subject of the verb of saying before a quotation, and whether there is a verb."""
    finders = (_arabic, _english) if scene.line.arabic else (_english, _arabic)
    for finder in finders:
        span, told = finder(before)
        if span is not None:
            return _written(scene.line, offset + span[0], offset + span[1]) or last, True
        if told:
            return last, True
    return None, False


@cache
def _verbs(language: str) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Return the words that bring a speaker, and the phrases that do by their last word."""
    entries = words("reporting", language) | words("source", language)
    entries |= words("reporting_noun", language)
    phrases = {e.split()[-1]: () for e in entries if " " in e}
    return frozenset(e for e in entries if " " not in e), {
        last: tuple(e for e in sorted(entries) if e.endswith(" " + last)) for last in phrases
    }


def _verbs_in(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and dictionary form of what brings a speaker, the nearest first."""
    single, phrases = _verbs(language)
    for match in reversed(list(_WORD.finditer(text))):
        word = match.group()
        if word in single:
            yield match.start(), match.end(), word
        elif language == "ar" and (bare := _PREFIX.sub("", word)) in single:
            yield match.start(), match.end(), bare
        for phrase in phrases.get(word, ()):
            if text.endswith(phrase, 0, match.end()):
                yield match.end() - len(phrase), match.end(), phrase


def _arabic(before: str) -> tuple[tuple[int, int] | None, bool]:
    """Return the span of the subject after the nearest verb that has one, else before it."""
    told = False
    for start, end, verb in _verbs_in(before, "ar"):
        told = True
        if verb in words("reporting_noun", "ar"):
            return _quoted_source(before, start), True
        if verb not in words("reporting_participle", "ar"):
            return _name(before, end) or _name_before(before, start), True
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
    stop = _AR_STOP.search(rest)
    name = rest[: stop.start()] if stop else rest
    if not name.strip() or len(name.split()) > _NAME_WORDS:
        return None
    lead = len(name) - len(name.lstrip())
    return start + lead, start + len(name.rstrip())


def _name_before(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of an Arabic subject before its verb ("المتحدث قال")."""
    if text[end : end + 1] in "وف":
        return None
    begin = max(text.rfind(mark, 0, end) for mark in '.،؛:\n"”»') + 1
    clause = text[begin:end]
    opened = _LEAD_AR.match(clause)
    begin += opened.end() if opened else 0
    name = text[begin:end]
    if not name.strip() or len(name.split()) > _NAME_WORDS // 2 or _RELATIVE.match(name):
        return None
    return begin + len(name) - len(name.lstrip()), begin + len(name.rstrip())


def _english(before: str) -> tuple[tuple[int, int] | None, bool]:
    """Return the span of the subject before the nearest English verb, or after "said X:"."""
    start, end, verb = next(_verbs_in(before, "en"), (0, 0, ""))
    if not verb:
        return None, False
    if verb in words("source", "en"):
        return _english_after(before, end), True
    begin = max(before.rfind(mark, 0, start) for mark in ('"', "”", ". ", "? ", "\n")) + 1
    clause = before[begin:start].rstrip()
    if _PASSIVE.search(clause):
        return None, False
    span, pronoun = _first_name(_TRAILING.sub("", clause))
    if span is None:
        return None, pronoun
    return (begin + span[0], begin + span[1]), True


def _first_name(clause: str) -> tuple[tuple[int, int] | None, bool]:
    """Return the span of the first part of a clause that is a subject; else whether none is."""
    for part in re.finditer(r"[^,]+", clause):
        name = part.group().lstrip(" ;'-—")
        start = part.end() - len(name)
        if not name or _OPENING_WORDS.match(name):
            continue
        if name.split()[0] in _PRONOUNS:
            return None, True
        stop = _EN_STOP.search(name)
        name = name[: stop.start()] if stop else name
        if len(name.split()) > _NAME_WORDS:
            return None, False
        return (start, start + len(name.rstrip())), True
    return None, True


def _english_after(text: str, start: int) -> tuple[int, int] | None:
    rest = text[start:]
    lead = len(rest) - len(rest.lstrip())
    stop = _EN_STOP.search(rest, lead)
    end = stop.start() if stop else len(rest)
    return (start + lead, start + end) if end > lead else None


@cache
def _after(language: str) -> re.Pattern[str]:
    verbs = f"{pattern('reporting', language)}|{pattern('source', language)}"
    if language == "ar":
        return re.compile(
            r"\s*[،,.]?\s*(?:(?:كما|بحسب ما|حسبما|وفق ما|علي ما|هكذا) )?"
            rf"(?:{verbs})\s+(?P<name>[^\n]{{2,120}})"
        )
    said = pattern("reporting", language)
    return re.compile(
        rf"\s*,?\s*(?:(?:as )?(?:{verbs})\s+(?P<name>[^\n]{{2,120}})"
        rf"|(?P<first>[^,.\n\"“:]{{1,60}}?)(?:, [^.\n\"“]{{2,90}}?,)?\s+(?:{said})(?!\w))"
    )


def _said_after(scene: Scene, last: str | None) -> str | None:
    text, folded = scene.line.text, scene.line.folded
    said = text[scene.start : scene.end]
    if len(said.split()) < SPEECH_WORDS and said[-2:-1] not in _SPOKEN_ENDS:
        return None
    start = folded.folded(scene.end)
    rest = folded.text[start : min(start + _REACH, folded.folded(scene.limit))]
    for language in ("ar", "en"):
        match = _after(language).match(rest)
        if not match:
            continue
        group = "name" if match["name"] else "first"
        name = match[group].lstrip()
        if name.split()[0] in _PRONOUNS:
            return scene.before or last
        if _PASSIVE.search(name) or _OPENING_WORDS.match(name):
            continue
        lead = match.end(group) - len(name) if group == "name" else match.start(group)
        stop = (_AR_STOP if language == "ar" else _EN_STOP).search(name)
        end = lead + (stop.start() if stop else len(name))
        return _written(scene.line, start + lead, start + end) or scene.before or last
    return None


def _goes_on(scene: Scene, gap: str, last: str | None) -> str | None:
    """Return the speaker before, if the quotation is the second part of what was said."""
    said = scene.line.text[scene.start : scene.end]
    if len(said.split()) < SPEECH_WORDS:
        return None
    if scene.floor == 0:
        alone = scene.start == 0 and scene.end >= scene.limit - 1
        return last if alone else None
    whole = len(gap) <= _GAP and gap.rstrip().endswith((".", "،", ",", "؛"))
    verb = any(True for language in ("ar", "en") for _ in _verbs_in(gap, language))
    return scene.before if whole and verb and gap.count(". ") <= 1 else None


def _written(line: Line, start: int, end: int) -> str | None:
    """Return a name as the text writes it, from its span in the folded text."""
    begin, finish = line.folded.source_span(start, end)
    return " ".join(line.text[begin:finish].split()).strip(" -–—'") or None
