"""English names that no list has: runs of capitalised words, typed by the words around them.

A run's type comes from its own words (``University``, ``County``, a given name), from its
neighbours (a title, a verb of saying, a preposition of place, a state after a comma) and
from the rest of the article: who is named in full once is known by the surname later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.entity import EntityType
from streams.entities.candidate import Candidate, Passage
from streams.entities.names_lexicon import listed
from streams.entities.names_runs import (
    Word,
    bare,
    english,
    is_capital,
    is_stop,
    parts,
    possessive,
    runs,
    title_length,
    words,
)

_PARTICLES = frozenset({"bin", "ibn", "bint", "abu", "abdul"})
_BASED = frozenset({"based", "area", "bound"})
_OF = frozenset({"of", "for", "and", "the", "&"})


@dataclass(slots=True)
class Reading:
    """Words ``first`` to ``last`` (excluded) read as a name."""

    first: int
    last: int
    type: EntityType
    confidence: float
    rule: str


def read(found: Sequence[Word], first: int, last: int) -> Iterator[Reading]:
    """Yield the readings of one run."""
    while first < last and (is_stop(found[first]) or not found[first].capital):
        first += 1
    titled = False
    while first < last and (cut := title_length(found, first, last)) and first + cut < last:
        first, titled = first + cut, True
    while last > first and (not found[last - 1].capital or is_stop(found[last - 1])):
        last -= 1
    if first >= last:
        return
    titled = titled or _title_before(found, first)
    organisation = _organization(found, first, last)
    if organisation is not None:
        yield organisation
        return
    place = _place(found, first, last, titled=titled)
    person = _person(found, first, last, titled=titled)
    if person is not None and (place is None or person.confidence >= place.confidence):
        yield person
    elif place is not None:
        yield place


def _title_before(found: Sequence[Word], first: int) -> bool:
    if not first:
        return False
    before = found[first - 1]
    if before.text == "." and first > 1:
        before = found[first - 2]
    return before.lower in english().kind("title") and before.lower not in {"miss", "private"}


def _organization(found: Sequence[Word], first: int, last: int) -> Reading | None:
    ids = english().ids
    tail, head = bare(found[last - 1]), found[first].lower
    headed = (tail in ids["org_head"] or head in ids["org_head"]) and tail == found[last - 1].lower
    if headed and last < len(found) - 1 and found[last].lower in {"of", "for"}:
        end = _of_phrase(found, last)
        if end > last:
            return Reading(first, end, "organization", 0.85, "en.org.of")
    if last - first > 1 and tail in ids["org_tail"] and not _province(found, first, last):
        return Reading(first, last, "organization", 0.8, "en.org.tail")
    return None


def _province(found: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether ``… Department`` is a division of a country, as in Latin America."""
    departments = english().ids["division_word"] | english().ids["org_word"]
    words_before = {bare(word) for word in found[first : last - 1]}
    return bare(found[last - 1]) == "department" and not words_before & departments


def _of_phrase(found: Sequence[Word], at: int) -> int:
    """Return the end of ``of …``/``for …`` after ``at``, if capitalised words follow."""
    end = at + 1
    if found[end].lower == "the":
        end += 1
    if not is_capital(found, end):
        return at
    while end < len(found):
        if found[end].capital:
            end += 1
        elif found[end].lower in _OF and is_capital(found, end + 1):
            end += 2
        else:
            break
    return end


def _person(found: Sequence[Word], first: int, last: int, *, titled: bool) -> Reading | None:
    length = sum(word.capital for word in found[first:last])
    if _generic(found[last - 1]) or (length == 1 and found[first].text.isupper()):
        return None
    if titled and length <= 5:
        return Reading(first, last, "person", 0.9, "en.person.title")
    if length > 5 or any(_place_word(word) for word in found[first + 1 : last]):
        return None
    for confidence, rule in _person_rules(found, first, last, length):
        return Reading(first, last, "person", confidence, rule)
    return None


def _person_rules(
    found: Sequence[Word], first: int, last: int, length: int
) -> Iterator[tuple[float, str]]:
    given = found[first].lower
    if given in listed("given") and 1 < length < 5:
        yield 0.6 if given in listed("ambiguous") else 0.85, "en.person.given"
    if length > 1 and any(word.lower in _PARTICLES for word in found[first:last]):
        yield 0.8, "en.person.particle"
    if length > 1 and _aged(found, last):
        yield 0.85, "en.person.age"
    if _saying(found, first, last):
        yield 0.7 if length > 1 else 0.5, "en.person.say"


def _generic(word: Word) -> bool:
    """Tell whether a word names a kind of thing, not one thing."""
    kinds = english().kinds
    return any(bare(word) in kinds[kind] for kind in ("thing", "organization", "facility"))


def _place_word(word: Word) -> bool:
    ids = english().ids
    return bare(word) in ids["place_tail"] or bare(word) in ids["facility_tail"]


def _aged(found: Sequence[Word], last: int) -> bool:
    after = found[last : last + 3]
    return (
        len(after) == 3 and after[0].text in ",(" and after[1].text.isdigit()
        and len(after[1].text) == 2 and after[2].text in ",).;"
    )  # fmt: skip


def _saying(found: Sequence[Word], first: int, last: int) -> bool:
    says = english().kind("say")
    if last < len(found) and (found[last].text == "-" or _office(found, last)):
        return False
    after = found[last].lower if last < len(found) else ""
    before = found[first - 1].lower if first else ""
    return after in says or before in {"said", "told", "says", "asked", "added"}


def _office(found: Sequence[Word], at: int) -> bool:
    """Tell whether a capitalised title stands at ``at`` (Springfield Mayor …)."""
    return is_capital(found, at) and found[at].lower in english().kind("title")


def _place(found: Sequence[Word], first: int, last: int, *, titled: bool) -> Reading | None:
    tail = bare(found[last - 1])
    lone = last - first == 1
    if lone and found[first].lower in english().kind("title"):
        return None
    if titled or tail in english().ids["thing"] or (lone and _generic(found[first])):
        return None
    if last - first > 1 and tail in english().ids["facility_tail"]:
        return Reading(first, last, "facility", 0.75, "en.place.facility")
    before = ["", "", *(word.lower for word in found[max(0, first - 2) : first])][-2:]
    for confidence, rule in _place_rules(found, first, last, (before[0], before[1])):
        return Reading(first, last, "location", confidence, rule)
    return None


def _place_rules(
    found: Sequence[Word], first: int, last: int, before: tuple[str, str]
) -> Iterator[tuple[float, str]]:
    ids = english().ids
    after = found[last].lower if last < len(found) else ""
    several = last - first > 1
    if several and bare(found[last - 1]) in ids["place_tail"]:
        yield 0.8, "en.place.tail"
    if _before_state(found, last):
        yield 0.8, "en.place.state"
    if before[1] == "of" and before[0] in ids["place_of"]:
        yield 0.85, "en.place.of"
    if several and found[first].lower in ids["place_head"]:
        yield 0.65, "en.place.head"
    if before[1] in ids["direction"]:
        yield 0.75, "en.place.direction"
    if last - first < 4 and not found[first].text.isupper():
        yield from _cue_rules(found, last, after, before[1])


def _cue_rules(
    found: Sequence[Word], last: int, after: str, before: str
) -> Iterator[tuple[float, str]]:
    ids = english().ids
    if before in {"in", "near", "outside", "throughout", "across"}:
        yield 0.6, "en.place.cue"
    if after == "-" and found[last + 1 : last + 2] and found[last + 1].lower in _BASED:
        yield 0.7, "en.place.based"
    if _office(found, last):
        yield 0.4, "en.place.office"
    if after in ids["dweller"] and before in {"the", "in", "of"}:
        yield 0.45, "en.place.dweller"
    if before in ids["cue"]:
        yield 0.35, "en.place.preposition"


def _before_state(found: Sequence[Word], last: int) -> bool:
    after = found[last : last + 3]
    if len(after) < 2 or after[0].text != "," or not after[1].capital:
        return False
    pair = " ".join(word.lower for word in after[1:])
    states = english().ids["state"]
    return bare(after[1]) in states or pair in states


def _readings(found: Sequence[Word]) -> Iterator[Reading]:
    """Yield the readings of a passage; what a name has taken in is not read again."""
    reach = 0
    for run in runs(found):
        for first, last in parts(found, *run):
            if first < reach:
                continue
            for reading in read(found, first, last):
                reach = max(reach, reading.last)
                yield reading


def find_english(
    passages: Sequence[Passage], masks: Sequence[Sequence[tuple[int, int]]]
) -> Iterable[Candidate]:
    """Yield the names in passages of one article, surnames of people named in full included."""
    texts = [words(p, mask) for p, mask in zip(passages, masks, strict=True)]
    readings = [list(_readings(found)) for found in texts]
    known = {
        bare(found[r.last - 1])
        for found, rs in zip(texts, readings, strict=True)
        for r in rs
        if r.type == "person"
        and r.confidence >= 0.7
        and (r.last - r.first > 1 or r.confidence >= 0.9)
    }
    for passage, found, rs in zip(passages, texts, readings, strict=True):
        again = _again(found, rs, known)
        for reading in [*rs, *again]:
            yield _candidate(passage, found, reading)


def _again(found: Sequence[Word], rs: Sequence[Reading], known: set[str]) -> Iterator[Reading]:
    taken = {at for r in rs if r.type == "person" for at in range(r.first, r.last)}
    for first, last in runs(found):
        while first < last and is_stop(found[first]):
            first += 1  # noqa: PLW2901 - the run without its opening stop words
        if last - first == 1 and first not in taken and bare(found[first]) in known:
            yield Reading(first, last, "person", 0.8, "en.person.again")


def _candidate(passage: Passage, found: Sequence[Word], reading: Reading) -> Candidate:
    last = found[reading.last - 1]
    end = last.end - 2 if possessive(last) else last.end
    return Candidate(
        start=passage.start + found[reading.first].start,
        end=passage.start + end,
        type=reading.type,
        confidence=reading.confidence,
        rule=reading.rule,
    )
