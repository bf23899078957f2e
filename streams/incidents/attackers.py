"""How many attackers there were: the number before them, a dual, a singular, their names."""

from __future__ import annotations

import re
from functools import cache

from schemas import Attackers
from streams.incidents.evidence import Notes
from streams.incidents.lexicon import rows
from streams.incidents.parties import Party
from streams.incidents.telling import Gathered, Telling

MOST = 500
"""Attackers from which a number is no longer believed to count them."""
_BETWEEN = r"(?: (?:[a-z-]+ ){0,2}| )"
_DUAL = re.compile(r"(?:انتحاري|مسلح|مهاجم|مجهول|ارهابي|قناص|مفجر)ان(?: |$)")
_UNKNOWN = frozenset({"no", "some", "several", "many", "of", "group", "dozens", "hundreds"})


@cache
def _numbers(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    values = {
        form: int(row["value"])
        for row in rows("numbers.tsv")
        if row["language"] == language
        for form in row["forms"].split("|")
    }
    words = "|".join(sorted(values, key=len, reverse=True))
    return re.compile(rf"(?<![\w.,])(?P<n>\d{{1,4}}|{words}){_BETWEEN}$"), values


def attackers(one: Gathered, notes: Notes) -> Attackers | None:
    """Return the number of attackers that an incident tells first, with its evidence noted."""
    people: dict[str, tuple[Party, Telling]] = {}
    for telling in one.tellings:
        for part in telling.parts:
            party = part.party
            if part.role != "perpetrator" or party.kind not in {"people", "person"}:
                continue
            if party.kind == "person":
                people.setdefault(party.canonical_id or party.name, (party, telling))
                continue
            found = _count(telling, party)
            if found is not None:
                number, start = found
                notes.add("attackers", telling, start, party.end, "attackers.number")
                return Attackers(count=number)
    for party, telling in people.values():
        notes.add("attackers", telling, party.start, party.end, "attackers.named")
    return Attackers(count=len(people)) if people else None


def _count(telling: Telling, party: Party) -> tuple[int, int] | None:
    """Return the number told of a party and where its words start in the article."""
    sentence = telling.sentence
    text = sentence.folded.text
    words = text[party.at : party.to]
    if sentence.arabic and _DUAL.match(words):
        return 2, party.start
    begin = text.rfind(" ", 0, party.at) + 1
    before = text[max(0, begin - 40) : begin]
    pattern, values = _numbers(sentence.language)
    found = pattern.search(before)
    if found is None:
        return None
    skipped = found.group().removeprefix(found["n"]).split()
    if _UNKNOWN.intersection(skipped):
        return None
    number = values.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 0)
    if not 0 < number <= MOST or (number == 1 and words.endswith("s")):
        return None
    start, _ = sentence.span(begin - len(before) + found.start(), party.at)
    return number, start
