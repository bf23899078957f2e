"""Finds where an article tells of events: trigger, voice, realis and stage of each mention."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import DateValue
from schemas.events import Realis, Stage
from streams.incidents.idle import only_intended, only_lies_there
from streams.incidents.lexicon import Cue, EventClass, Trigger, cues, triggers
from streams.incidents.reading import Sentence, Voice

HISTORY = dt.timedelta(days=62)
"""Age at which what an article tells is background (MUC-4 drew the line at two months)."""

_CLAUSE = re.compile(
    r"[;:؛]|,? (?:but|while|whereas|although|however)(?!\w)|(?<!\w)(?:لكن|بينما|فيما|غير ان|الا ان)(?!\w)"
)
_END = re.compile(r"[.!?؟](?=\s|$|[\"”»])")


@dataclass(frozen=True, slots=True)
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
    text = sentence.folded.text
    taken: list[tuple[int, int]] = []
    found = list(triggers(sentence.language).find(text))
    found.sort(key=lambda f: (-f[2].cls.rank, f[0], -f[1]))
    kept: list[tuple[int, int, Trigger]] = []
    for start, end, trigger in found:
        if not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            kept.append((start, end, trigger))
    for start, end, trigger in sorted(kept, key=lambda f: f[:2]):
        mention = _mention(sentence, trigger, start, end, anchor)
        if mention is not None:
            yield mention


def _mention(
    sentence: Sentence, trigger: Trigger, start: int, end: int, anchor: dt.date | None
) -> Mention | None:
    text = sentence.folded.text
    if not sentence.arabic and only_lies_there(text, start, end, trigger):
        return None
    begin, finish = sentence.span(start, end)
    if any(
        e.type in {"hashtag", "url", "handle"} and e.start < finish and begin < e.end
        for e in sentence.entities
    ):
        return None
    if any(
        e.type
        in {"organization", "armed_group", "security_force", "government", "operation", "person"}
        and e.start <= begin
        and finish <= e.end
        for e in sentence.entities
    ):
        return None
    voice, speaker = sentence.voice_at(begin)
    if voice == "link":
        return None
    date = nearest_date(sentence, begin)
    realis, stage, cue = _reality(sentence, start, end, weak=not trigger.strong)
    if realis == "actual" and date and anchor and date.end < anchor - HISTORY:
        realis = "historical"
    if date and anchor and date.start > anchor and realis == "actual":
        realis = "hypothetical"
    if realis == "actual" and _asked(text, end):
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


def _asked(text: str, at: int) -> bool:
    """Whether the words stand in a question."""
    end = _END.search(text, at)
    return end is not None and end.group() in "?؟"


def nearest_date(sentence: Sentence, position: int) -> DateValue | None:
    """Return the date of a sentence that stands nearest a position, days before vaguer ones."""
    dates = [e for e in sentence.entities if e.date is not None]
    if not dates:
        return None
    ranks = {"day": 0, "week": 60, "month": 90, "year": 140}

    def far(start: int, end: int) -> int:
        return max(start - position, position - end, 0)

    best = min(dates, key=lambda e: far(e.start, e.end) + ranks[e.date.precision])  # type: ignore[union-attr]  # filtered above
    return best.date


def _reality(
    sentence: Sentence, start: int, end: int, *, weak: bool
) -> tuple[Realis, Stage, str | None]:
    """Return what the words around a trigger make of it."""
    text = sentence.plain
    said: dict[str, str] = {}
    before = _clause_before(text, start)
    after = _clause_after(text, end)
    for cue in cues(sentence.language):
        if (weak or cue.says != "accident") and _holds(cue, before, after):
            said.setdefault(cue.says, cue.id)
    stage: Stage = next((s for s in _STAGES if s in said), "completed")
    if "foiled" in said and not {"denied", "threatened"} & said.keys():
        return "actual", "foiled", said["foiled"]
    if "threatened" in said:
        return "hypothetical", "threatened", said["threatened"]
    for says, realis in _REALIS:
        if says in said:
            return realis, stage, said[says]
    return "actual", stage, said.get(stage)


_STAGES: tuple[Stage, ...] = ("attempted", "ongoing")
_REALIS: tuple[tuple[str, Realis], ...] = (
    ("denied", "denied"),
    ("hypothetical", "hypothetical"),
    ("historical", "historical"),
    ("general", "hypothetical"),
    ("accident", "hypothetical"),
)
"""What a cue makes of a mention, the strongest first."""


def _holds(cue: Cue, before: str, after: str) -> bool:
    if cue.side in {"before", "any"}:
        window = " ".join(before.split()[-cue.words :])
        if cue.pattern.search(window):
            return True
    if cue.side in {"after", "any"}:
        window = " ".join(after.split()[: cue.words])
        return bool(cue.pattern.search(window))
    return False


def _clause_before(text: str, at: int) -> str:
    begin = max(0, at - 110)
    window = text[begin:at]
    cut = 0
    for match in _CLAUSE.finditer(window):
        cut = match.end()
    return window[cut:]


def _clause_after(text: str, at: int) -> str:
    window = text[at : at + 90]
    match = _CLAUSE.search(window)
    return window[: match.start()] if match else window
