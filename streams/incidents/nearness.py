"""How far a place that a sentence names is from being where its incident happened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from schemas import Entity
from streams.incidents.countries import about, is_country
from streams.incidents.telling import Telling

_SAID = re.compile(
    r"(?<!\w)(?:told|said|spokes\w+|analyst|institute|researcher|based in|embassy in"
    r"|correspondent|الباحث|المعهد|مراسل|متحدث|خبير|محلل)(?!\w)"
)
_AT = re.compile(
    r"(?<!\w)(?:in|at|near|outside|on|of|from|to|towards|inside|around|between"
    r"|في|ب|علي|الي|نحو|باتجاه|قرب|شمال|جنوب|شرق|غرب|وسط|مدينه|بلده|قريه|حي|ناحيه|قضاء|محافظه)"
    r" ?(?:the |city of |town of |village of )?$"
)

_ORIGIN = re.compile(
    r"(?<!\w)(?:m[ae]n|wom[ae]n|boys?|girls?|youths?|natives?|citizens?|farmers?|students?"
    r"|workers?|teachers?|tourists?|born|hails?|originally|came|\d\d,?) (?:from|of) (?:the )?$"
)
"""Words that tell where somebody comes from."""

_POSSESSOR = re.compile(
    r"['’]s (?:[\w-]+ )?(?:arch)?(?:bishop|president|minister|prime|government|ambassador"
    r"|parliament|army|king|leader|foreign|interior|defen[cs]e|supreme|national|ruling|opposition)(?!\w)"
)
"""What follows a country or capital that stands for its institutions."""


def weight(telling: Telling, entity: Entity, votes: Mapping[str, float]) -> float:
    """Return how far an entity is from being the place: distance, coarseness, an odd context."""
    lead = telling.lead
    assert entity.place is not None
    gap = entity.start - lead.end if entity.start >= lead.end else (lead.start - entity.end) * 1.4
    text = telling.sentence.folded.text
    at = telling.sentence.at(entity.start)
    before = text[max(0, at - 40) : at]
    coarse = {1: 0, 2: 35, 3: 60}.get(entity.place.precision or 3, 60)
    coarse += 100 * is_country(entity) + 150 * about(telling.sentence, entity)
    odd = 0.0 if _AT.search(before) else 40.0
    odd += 80 * (_ORIGIN.search(before) is not None)
    odd += 60 * (_POSSESSOR.match(text, telling.sentence.at(entity.end)) is not None)
    odd += FAR * _talks_held_there(telling, entity)
    said = 120 if _SAID.search(before) else 0
    unresolved = 50 if entity.place.latitude is None else 0
    most = max(votes.values(), default=0.0)
    abroad = 250 * (most - votes.get(entity.place.country_code or "", 0.0) >= AHEAD)
    return gap + coarse + odd + said + unresolved + abroad


AHEAD = 0.5
"""Votes by which a country leads from which a place in another one is hardly believed."""

FAR = 1000.0
"""From here on a place is not that of the incident, whatever else is named."""


def _talks_held_there(telling: Telling, entity: Entity) -> bool:
    """Whether a place before an act of violence is only where talks were held or a visit went."""
    if telling.family not in {"violence", "abduction"} or entity.end > telling.lead.start:
        return False
    text = telling.sentence.folded.text
    return _TALKS.search(text, 0, telling.sentence.at(entity.start)) is not None


_TALKS = re.compile(
    r"(?<!\w)(?:meetings?|talks|dialogue|negotiations?|summit|conference|visit|trip)"
    r"(?: [\w'-]+){0,9} (?:in|at|to) (?:the )?(?:[\w'-]+, )?$"
)
