"""What an article tells: sentences with mentions and parties, incidents with sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from schemas import DateValue, Entity
from streams.incidents.countries import attribute
from streams.incidents.detect import Mention
from streams.incidents.parties import Party
from streams.incidents.reading import Sentence
from streams.incidents.roles import Part

FAMILIES = {
    **dict.fromkeys(("abduction", "hostages", "hijacking"), "abduction"),
    **dict.fromkeys(
        (
            "protest", "strike", "hunger_strike", "boycott", "obstruction", "riot", "intervention",
            "excessive",
        ),
        "protest",
    ),
    **dict.fromkeys(("arrest", "operation", "disrupted", "defused"), "control"),
    **dict.fromkeys(("agreement", "surrender"), "agreement"),
    **dict.fromkeys(("change", "base", "transfer", "other"), "posture"),
}  # fmt: skip
"""Families of classes; every other class is violence."""

_OUTLET = re.compile(
    r",? (?:correspondents?|bureau|(?:domestic|international|overseas|world) service|radio"
    r"|television|TV|daily|newspaper|news agency)(?!\w)",
    re.IGNORECASE,
)
"""Words after a place that only tell whose news it is."""


def family(mention: Mention) -> str:
    """Return the family of a mention's class."""
    return FAMILIES.get(mention.cls.name, "violence")


@dataclass(eq=False)
class Telling:
    """What one sentence tells: its mentions, the parties in it and their parts.

    Nothing of it changes once `gather.tellings` has made it; what is asked is worked out once.
    """

    sentence: Sentence
    mentions: list[Mention]
    parties: list[Party]
    parts: list[Part]
    claims: list[Part]
    starts: bool = False
    """Whether the sentence tells enough to be an incident by itself."""

    @cached_property
    def lead(self) -> Mention:
        """The mention that says most of what happened."""
        real = [m for m in self.mentions if m.realis == "actual"] or self.mentions
        strong = [m for m in real if m.trigger.strong] or real
        return min(strong, key=lambda m: (m.start, -m.cls.rank))

    @cached_property
    def lead_words(self) -> str:
        """The folded words of the leading trigger."""
        return self.sentence.folded.text[self.lead.at : self.lead.to]

    @cached_property
    def family(self) -> str:
        """The family of the leading mention."""
        return family(self.lead)

    @cached_property
    def tolls(self) -> list[Entity]:
        """The tolls of the sentence."""
        return [e for e in self.sentence.entities if e.count is not None]

    @cached_property
    def places(self) -> list[Entity]:
        """The places of the sentence outside its dateline, those resolved first."""
        operations = [e for e in self.sentence.entities if e.type == "operation"]
        found = [
            e
            for e in self.sentence.entities
            if e.place is not None
            and not self.sentence.in_dateline(e)
            and not attribute(self.sentence, e)
            and not _OUTLET.match(self.sentence.text, e.end - self.sentence.start)
            and not any(o.start <= e.start and e.end <= o.end for o in operations)
        ]
        return sorted(found, key=lambda e: e.place is None or e.place.latitude is None)

    @cached_property
    def date(self) -> DateValue | None:
        """The date nearest the leading mention."""
        return self.lead.date


@dataclass(slots=True)
class Gathered:
    """The tellings of one incident."""

    tellings: list[Telling] = field(default_factory=list)
    after: list[Sentence] = field(default_factory=list)
    """Sentences after a telling that only give numbers ("Three people died.")."""

    @property
    def mentions(self) -> list[Mention]:
        """All mentions in order."""
        return [m for t in self.tellings for m in t.mentions]

    @property
    def family(self) -> str:
        """The family of the first telling."""
        return self.tellings[0].family

    def tolls(self) -> list[tuple[int, Entity]]:
        """Return the tolls with the index of their sentence."""
        read = [*(t.sentence for t in self.tellings), *self.after]
        return [(s.index, e) for s in read for e in s.entities if e.count is not None]

    def dates(self) -> list[DateValue]:
        """The day-exact dates of the tellings."""
        return [t.date for t in self.tellings if t.date is not None and t.date.precision == "day"]

    def towns(self) -> list[Entity]:
        """The places of town size or finer of the tellings."""
        return [e for t in self.tellings for e in t.places if e.place and e.place.precision == 1]
