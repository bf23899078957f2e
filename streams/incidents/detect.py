"""Finds where an article tells of events: trigger, voice, realis and stage of each mention."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import DateValue, Entity
from schemas.events import Realis, Stage
from streams.incidents.idle import only_intended, only_lies_there
from streams.incidents.lexicon import EventClass, Trigger, triggers
from streams.incidents.reading import SILENT, Sentence, Voice
from streams.incidents.realis import reality

HISTORY = dt.timedelta(days=62)
"""Age at which what an article tells is background (MUC-4 drew the line at two months)."""

_END = re.compile(r"[.!?؟](?=\s|$|[\"”»])")


@dataclass(slots=True)
class Mention:
    """One telling of an event; ``start`` and ``end`` are the trigger's in the article's field."""

    sentence: Sentence
    trigger: Trigger
    start: int
    end: int
    at: int
    """Where the trigger begins in the folded sentence."""
    to: int
    voice: Voice
    speaker: str | None
    realis: Realis
    stage: Stage
    cue: str | None
    """The cue that decided realis or stage."""
    date: DateValue | None = None

    @property
    def cls(self) -> EventClass:
        """The class of the event."""
        return self.trigger.cls


def mentions(read: Sequence[Sentence], anchor: dt.date | None) -> list[Mention]:
    """Return the mentions of all sentences, in order."""
    return [m for sentence in read for m in _in_sentence(sentence, anchor)]


def _in_sentence(sentence: Sentence, anchor: dt.date | None) -> Iterator[Mention]:
    if sentence.segment.kind in SILENT:
        return
    text = sentence.folded.text
    found = triggers(sentence.language).find(text, sentence.pieces)
    if not found:
        return
    found.sort(key=lambda f: (-f[2].cls.rank, f[0], -f[1]))
    kept: list[tuple[int, int, Trigger]] = []
    for start, end, trigger in found:
        if not any(a < end and start < b for a, b, _ in kept):
            kept.append((start, end, trigger))
    kept.sort(key=lambda f: f[:2])
    plain = sentence.plain
    for start, end, trigger in kept:
        mention = _mention(sentence, trigger, (start, end), anchor=anchor, plain=plain)
        if mention is not None:
            yield mention


def _mention(
    sentence: Sentence,
    trigger: Trigger,
    words: tuple[int, int],
    *,
    anchor: dt.date | None,
    plain: str,
) -> Mention | None:
    start, end = words
    text = sentence.folded.text
    if not sentence.arabic and only_lies_there(text, start, end, trigger):
        return None
    begin, finish = sentence.span(start, end)
    if _in_name(sentence, begin, finish):
        return None
    voice, speaker = sentence.voice_at(begin)
    date = nearest_date(sentence, begin)
    realis, stage, cue = reality(
        plain, start, end, language=sentence.language, weak=not trigger.strong
    )
    if realis == "actual" and date and anchor and date.end < anchor - HISTORY:
        realis = "historical"
    if date and anchor and date.start > anchor and realis == "actual":
        realis = "hypothetical"
    if realis == "actual" and _asked(text, end) and not _TAKEN_AS_TOLD.search(text[:start]):
        realis, cue = "hypothetical", "question"
    if realis == "actual" and stage == "completed" and trigger.cls.plover_event != "PROTEST":
        head = text[start:end].split(" ", 1)[0]
        if not sentence.arabic and only_intended(text, start, head):
            realis, cue = "hypothetical", "infinitive"
    return Mention(
        sentence=sentence,
        trigger=trigger,
        start=begin,
        end=finish,
        at=start,
        to=end,
        voice=voice,
        speaker=speaker,
        realis=realis,
        stage=stage,
        cue=cue,
        date=date,
    )


_WHOLE = frozenset(
    {"organization", "armed_group", "security_force", "government", "operation", "person"}
)
_LOOSE = frozenset({"hashtag", "url", "handle"})


def _in_name(sentence: Sentence, begin: int, finish: int) -> bool:
    """Whether words are part of a name, or touch a hashtag or an address."""
    return any(
        e.start < finish
        and begin < e.end
        and (e.type in _LOOSE or (e.type in _WHOLE and e.start <= begin and finish <= e.end))
        for e in sentence.entities
    )


_TAKEN_AS_TOLD = re.compile(
    r"(?<!\w)(?:who|that|which)(?: (?:was|were|had been|have been|has been))? $"
    r"|(?<!\w)(?:following|after|since) the (?:\w+ )?$|(?:الذي|التي|الذين|بعد|عقب) (?:ال)?$"
)
"""Words before a trigger that a question takes as known."""


def _asked(text: str, at: int) -> bool:
    """Whether the words stand in a question."""
    if "?" not in text and "؟" not in text:
        return False
    end = _END.search(text, at)
    return end is not None and end.group() in "?؟"


_SAID = re.compile(
    r"(?<!\w)(?:said|told|announced|reported|confirmed|stated|declared|added|disclosed|admitted|denied)"
    r"(?: (?:in a statement|reporters|the press|officially))? (?:on |late |early )?$"
    r"|(?<!\w)(?:قال|قالت|اعلن|اعلنت|ذكر|ذكرت|افاد|افادت|اكد|اكدت|صرح|صرحت)(?: \w+){0,3} (?:يوم )?(?:ال)?$"
)
"""Words before a date that tell when something was said."""


def _day_of_saying(sentence: Sentence, date: Entity) -> bool:
    at = sentence.at(date.start)
    return _SAID.search(sentence.folded.text[max(0, at - 60) : at]) is not None


def nearest_date(sentence: Sentence, position: int) -> DateValue | None:
    """Return the date of a sentence that stands nearest a position, days before vaguer ones.

    That of a dateline only where there is no other: it tells when the text was written.
    """
    dates = [e for e in sentence.entities if e.date is not None]
    if len(dates) > 1:
        dates = [e for e in dates if not sentence.in_dateline(e)] or dates
        dates = [e for e in dates if not _day_of_saying(sentence, e)] or dates
    if not dates:
        return None
    ranks = {"day": 0, "week": 60, "month": 90, "year": 140}

    def far(start: int, end: int) -> int:
        return max(start - position, position - end, 0)

    best = min(dates, key=lambda e: far(e.start, e.end) + ranks[e.date.precision])  # type: ignore[union-attr]  # filtered above
    return best.date
