"""Tells whether an English sentence reports an event or only talks of violence.

Reports give details: a day, a town, a toll, who did it to whom.  Talk ("we reject all attacks",
"years of killings") gives none, speaks in the first person or in plurals.  Details add up; the
weights were set by hand after counting, over news of the MUC-4 corpus (public), how often each
detail stands in sentences that annotators took for incidents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from streams.incidents.telling import Telling
from streams.incidents.worded import Worded

ENOUGH = 1.3
"""Weight from which a sentence starts an incident."""

_US = Worded(r"(?:we|us|our|i|my|let us|you|your)(?!\w)")
_PLURAL = re.compile(
    r"(?:attacks|massacres|murders|bombings|killings|kidnappings|assassinations|crimes|executions|abductions|violence|battles)$"
)
_SPAN = Worded(
    r"(?:in (?:the )?(?:last|past|recent|\d+) (?:\w+ )?(?:years|months|weeks)|(?:so far|thus far) this year|over the years"
    r"|for (?:many |\w+ )?(?:years|months)|always|constantly|systematic\w*|every (?:day|year)"
    r"|(?:which|that|it) (?:has|have) (?:already )?(?:left|killed|claimed|cost)|\w+-year(?:-old)? (?:civil )?war"
    r"|dirty war|lately|a series of|since the (?:war|conflict|beginning|start))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail and what it weighs."""

    id: str
    weight: float
    holds: Callable[[Telling], bool]


_BACK = re.compile(
    r"(?<!\w)(?:since|following|because of|due to|in connection with|involved in|linked to|investigat\w+"
    r"|case of|responsib\w+ for|accused of|implicated in|condemn\w*|victims? of|participat\w+ in"
    r"|related to|about|regarding|concerning|despite|amid|against|for)"
    r" (?:the |this |an? |its )?(?:\w+ ){0,2}$"
)
_WHO = re.compile(
    r"(?<!\w)(?:who|whom|which|that|where|when) (?:(?:was|were|is|are|had|has|have|been|being|be|he|she|they|it|\w+ly) ){0,3}$"
)
_NOW = Worded(
    r"(?:today|yesterday|tonight|last night|this (?:morning|afternoon|evening)|hours ago|minutes ago)(?!\w)"
)


def _lead_in(telling: Telling) -> str:
    """Return the words just before the leading trigger."""
    return telling.sentence.folded.text[max(0, telling.lead.at - 70) : telling.lead.at]


def _part(role: str, *kinds: str) -> Callable[[Telling], bool]:
    return lambda t: any(p.role == role and (not kinds or p.party.kind in kinds) for p in t.parts)


DETAILS = (
    Detail("strong-words", 1.2, lambda t: t.lead.trigger.strong),
    Detail("day", 0.8, lambda t: t.date is not None and t.date.precision == "day"),
    Detail("vague-date", 0.2, lambda t: t.date is not None and t.date.precision != "day"),
    Detail("town", 0.6, lambda t: any(e.place and e.place.precision == 1 for e in t.places)),
    Detail("region", 0.2, lambda t: bool(t.places)),
    Detail("toll", 0.9, lambda t: bool(t.tolls)),
    Detail("victim", 0.9, _part("victim")),
    Detail("named-victim", 0.5, _part("victim", "person")),
    Detail("target", 0.4, _part("target")),
    Detail("perpetrator", 0.7, _part("perpetrator")),
    Detail("weapon", 0.2, lambda t: any(e.type == "weapon" for e in t.sentence.entities)),
    Detail("operation", 1.5, lambda t: any(e.type == "operation" for e in t.sentence.entities)),
    Detail("claimed", 0.5, lambda t: bool(t.claims)),
    Detail("early", 0.6, lambda t: t.sentence.index < EARLY),
    Detail("first-person", -0.6, lambda t: t.sentence.find(_US) is not None),
    Detail("plural", -0.8, lambda t: bool(_PLURAL.search(t.lead_words))),
    Detail("over-time", -0.9, lambda t: t.sentence.find(_SPAN) is not None),
    Detail("quoted", -0.8, lambda t: t.lead.voice == "quote"),
    Detail("background", -0.6, lambda t: bool(_BACK.search(_lead_in(t)))),
    Detail("relative", -0.3, lambda t: bool(_WHO.search(_lead_in(t)))),
    Detail("now", 0.3, lambda t: t.sentence.find(_NOW) is not None),
    Detail("fighting", -0.4, lambda t: t.lead.cls.name == "clash"),
    Detail("late-in-sentence", -0.3, lambda t: t.lead.at > LATE),
)
LATE = 160
"""Characters of a sentence before a trigger that comes late in it."""

EARLY = 3
"""Sentences from the start in which news says what is new."""


def detailed(telling: Telling) -> bool:
    """Tell whether an English sentence gives enough details to start an incident."""
    if all(m.realis == "hypothetical" and m.stage != "threatened" for m in telling.mentions):
        return False
    return sum(d.weight for d in DETAILS if d.holds(telling)) >= ENOUGH
