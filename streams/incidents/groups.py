"""Which organisation unnamed fighters belong to, where the article leaves only one reading."""

from __future__ import annotations

import re

from schemas import Claim
from streams.incidents.parties import Party
from streams.incidents.roles import Part
from streams.incidents.telling import Gathered, Telling

_FIGHTERS = re.compile(
    r"(?<!\w)(?:guerr?illas?|rebels?|insurgents?|subversives?|terrorists?|extremists?|militants?"
    r"|fighters?|commandos?|column|cell|jihadists?)(?!\w)"
)
_GROUPS = frozenset({"armed_group", "organization", "security_force", "government"})
RULE = "role.only-group-named"


def suspects(one: Gathered) -> list[tuple[Part, Telling]]:
    """Return the armed group that unnamed rebels of an incident are suspected to be of.

    It is the only armed group that the incident's sentences name; several tell nothing.
    """
    doers = [p.party for t in one.tellings for p in t.parts if p.role == "perpetrator"]
    if any(p.kind in _GROUPS for p in doers):
        return []
    if not any(p.kind == "people" and _FIGHTERS.search(p.text.lower()) for p in doers):
        return []
    told: list[tuple[Party, Telling]] = [
        (p, t) for t in one.tellings for p in t.parties if p.kind == "armed_group"
    ]
    harmed = {
        _key(p.party) for t in one.tellings for p in t.parts if p.role in {"target", "victim"}
    }
    named = {_key(p) for p, _ in told}
    if len(named) != 1 or named & harmed:
        return []
    claim = Claim(confidence="suspected")
    return [(Part("perpetrator", p, RULE, claim), t) for p, t in told]


def _key(party: Party) -> str:
    return party.canonical_id or party.name.lower()
