"""Which country an incident is in, by all that its sentences name there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from schemas import Entity
from streams.incidents.reading import Sentence
from streams.incidents.worded import Worded

_STRENGTH = {"ADM1": 1.6, "ADM2": 1.2, "PPLC": 1.7}
_TOWN, _COUNTRY, _COUNTRY_AT, _PEOPLE = 1.0, 0.5, 1.5, 0.45
"""What a town, a country, a country with "in" before it and a people's adjective count."""
_KIND = (
    r"village|town|city|district|area|neighbou?rhood|township|commune|county|municipality|camp"
    r"|sub-county|parish|governorate|province|region|sector|road"
)
HOLDS = re.compile(
    rf",?(?:(?: [\w'-]+){{0,2}} (?:{_KIND})s?)? ?(?:in |of |, ?|\()(?:the )?(?:[a-z]+ern )?"
    r"(?:(?:province|state|governorate|countryside|district|region|city) of )?"
)
"""What stands between a place and the one that a text puts it in."""
_AT = re.compile(r"(?<!\w)(?:in|across|inside|throughout|within|في|داخل|ب) ?(?:the )?$")
_TOPIC = Worded(
    r"(?:against|over|demanding|denouncing|condemning|supporting|opposing|calling|protesting"
    r"|in (?:support|solidarity|protest|response|retaliation|opposition)|for peace|visits? of"
    r"|to (?:protest|demand|denounce|call|show|voice|express|support|oppose|condemn|commemorate"
    r"|celebrate|mark|urge|reject)|(?:support|embassy|consulate|invasion|annexation|aggression|war"
    r"|crisis|conflict|refugees|imports?|products|goods|headed|fled|returning|returned|en route)"
    r" (?:of|in|on|from|to|for)|ضد|الحرب علي|دعما ل|تضامنا مع|العدوان علي|سفاره|تنديدا ب"
    r"|احتجاجا علي)"
    r"(?!\w)"
)
"""Words after which a text names what an incident is about, not where it is."""
_ABROAD = re.compile(
    r"^(?:-led|-backed|-made| (?:embassy|consulate|ambassador|invasion|aggression|war|goods"
    r"|products|military operation|fossil|gas|oil))(?!\w)"
)
"""Words after a people's adjective that say nothing of where the incident is."""


def home(sentences: Iterable[Sentence]) -> dict[str, float]:
    """Return how much speaks for each country (ISO 3166-1), each name once."""
    found: defaultdict[str, float] = defaultdict(float)
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        for entity in sentence.entities:
            country = _country(entity)
            name = entity.canonical.id if entity.canonical else entity.text
            if country is None or (country, name) in seen:
                continue
            seen.add((country, name))
            found[country] += _strength(sentence, entity)
    return dict(found)


def _country(entity: Entity) -> str | None:
    """Return the country that a place lies in by its own name, or that a people is of."""
    if entity.canonical is None:
        return None
    if entity.place is not None:
        return entity.place.country_code
    scheme, _, code = entity.canonical.id.partition(":")
    return code if entity.type == "nationality" and scheme == "iso3166-1" else None


def is_country(entity: Entity) -> bool:
    """Tell whether a place is a whole country."""
    return entity.canonical is not None and entity.canonical.id.startswith("iso3166-1:")


def initials(entity: Entity) -> bool:
    """Tell whether a country is named by its initials: "U.S.", "UK"."""
    if not is_country(entity):
        return False
    letters = entity.text.replace(".", "")
    return letters.isascii() and letters.isupper() and len(letters) < 4


def attribute(sentence: Sentence, entity: Entity) -> bool:
    """Tell whether a country's initials say whose somebody is ("U.S. citizens"), not where."""
    if not initials(entity):
        return False
    text = sentence.folded.text
    at, end = sentence.at(entity.start), sentence.at(entity.end)
    return _WHOSE.match(text, end) is not None and not _AT.search(text[max(0, at - 15) : at])


_WHOSE = re.compile(
    r"\.?(?:-[a-z]| (?!(?:and|or|in|on|at|by|to|for|from|with|after|before|during|when|while|as|but"
    r"|is|was|are|were|has|have|had|will|would|could|can|may|did|said|says|that|which|who|where|since|until)(?!\w))[a-z])"
)
"""A noun right after a country's name."""


def about(sentence: Sentence, entity: Entity) -> bool:
    """Tell whether a place is what an incident is about: after "against", "to denounce"."""
    return sentence.find(_TOPIC, 0, sentence.at(entity.start)) is not None


def _strength(sentence: Sentence, entity: Entity) -> float:
    text = sentence.folded.text
    at = sentence.at(entity.start)
    if entity.type == "nationality":
        after = text[sentence.at(entity.end) :]
        return 0.1 if _ABROAD.match(after) else _PEOPLE
    if attribute(sentence, entity):
        return _PEOPLE
    topic = 0.2 if about(sentence, entity) else 1.0
    if is_country(entity):
        at_it = _AT.search(text[max(0, at - 15) : at]) is not None
        return topic * (_COUNTRY_AT if at_it else _COUNTRY)
    assert entity.place is not None
    return topic * _STRENGTH.get(entity.place.feature_code or "", _TOWN)
