"""Tolls in English: which group came to which harm, by the order of words in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.entity import Harm
from streams.entities.casualties_people import Item
from streams.entities.casualties_toll import GROUPS, Toll, risen

_PASSIVE = re.compile(r"B[dBh]*(?:[sK][^.;BGIKcL]{0,9},?c[d]*)?(?:[sK],?c?[d]*)?$")
_COORDINATE = re.compile(r"K[d,]*c[dB]*$")
_OBJECT = re.compile(r"(?:[d']*(?:,?cd*[KGs]d*)*)(?:[oT':]|(?:p[xXMT]{1,3},))?'?(?=[NSUPXM])")
_NEXT = re.compile(
    r"'?(?:[opw][xXMTPSUdu]{1,6}?)?(?P<join>[,']*c[dT]*|,[']*(?=N)|[,(']*(?:c)?i[TdB]*o?d*:?'?)(?=[NSUPX])"
)
_SUBJECT_OF_OTHER = re.compile(
    r"[NSUPX](?:[opw][xXMTPSUdu]{1,6}?)?[,dh']*(?:B|K(?![d,c]*[NSUPX])|I|Z)"
)
_LONE_NAME = (re.compile(r"M[dh,]*$"), re.compile(r"(?<=[XM]c)M[dh,]*$"))
"""A name in one word, before a verb for one and, joined to another, before one for several."""
_MODAL = re.compile(r"v[dBhx]{0,3}(?:[sK],?c)?$")
_NONE = re.compile(r"n[xXMTdZoKpn]{0,4}?$")
_TOLL = re.compile(r"[^.;]{0,16}?[tpRBso:][dht]*(?=N)")
_NOT = re.compile(r"n[BhdxXM]{0,3}$")
_WHO = re.compile(r"w?[dh,']*$")


def tolls(found: Sequence[Item]) -> Iterator[Toll]:
    """Yield the tolls of a sentence; each group once for each harm."""
    letters = "".join(item.letter for item in found)
    for at, item in enumerate(found):
        if item.letter in "KGIZWB" and item.harm is not None:
            yield from _around(found, letters, at)


def _around(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    item = found[at]
    before = letters[:at]
    if item.letter in "BZKI" and (nobody := _nobody(found, letters, at)):
        yield from nobody
    elif item.letter == "B":
        return
    elif item.letter == "W":
        yield from _reached(found, letters, at)
    elif item.letter == "G":
        yield from _objects(found, letters, at)
    elif item.letter == "I":
        yield from _subjects(found, before, item, number=None)
    elif item.letter == "Z":
        yield from _counted(found, before, item)
    else:
        yield from _participle(found, letters, at)


def _participle(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Read killed, wounded and their like: passive, active or after a noun."""
    item, before = found[at], letters[:at]
    if _MODAL.search(before):
        return
    passive = _PASSIVE.search(before)
    direct = passive is not None and "K" not in passive.group() and "s" not in passive.group()
    if not direct:
        objects = list(_objects(found, letters, at))
        if objects:
            yield from objects
            return
    if passive is not None:
        number = found[passive.start()].tokens[0].word.number
        together = _together(item, found, [at + 2, at - 2], letters)
        for toll in _subjects(found, before[: passive.start()], item, number=number):
            both = together and toll.group.letter == "N" and toll.total is None
            yield replace(toll, together=both)
        yield from _along(found, letters, at)
    elif _WHO.search(before.removesuffix("B")):
        yield from _reduced(found, before, item)


def _together(item: Item, found: Sequence[Item], others: Sequence[int], letters: str) -> bool:
    """Whether one number counts dead and injured: "killed and wounded", "killed or wounded"."""
    return any(
        0 <= other < len(found)
        and letters[other] in "KG"
        and {item.harm, found[other].harm} == {"killed", "injured"}
        and "c" in letters[min(other, found.index(item)) : max(other, found.index(item))]
        for other in others
    )


def _along(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Yield who came to the same harm "along with" the subject."""
    if re.match(r"c[NS]", letters[at + 1 :]) and found[at + 1].end - found[at + 1].start > 3:
        yield Toll(found[at + 2], found[at].harm or "killed", found[at].rule)


def _reduced(found: Sequence[Item], before: str, item: Item) -> Iterator[Toll]:
    """Read a group that stands right before the participle: "three soldiers killed in"."""
    gap = re.search(r"(?P<who>[NSX])[d,']*(?:[KZ][d,]*c[d]*)?$", before)
    if gap is None:
        return
    group = found[gap.start()]
    if gap["who"] == "N" or (group.letter in "SX" and item.harm != "detained"):
        yield Toll(group, item.harm or "killed", item.rule)
        yield from _joined_before(found, before, gap.start(), item)


def _counted(found: Sequence[Item], before: str, item: Item) -> Iterator[Toll]:
    """Read a number right before a counted word: "3 dead", "a fatality"."""
    suffered = re.search(r"j[A-Za-z]{0,4}$", before) if item.rule == "injuries" else None
    if suffered and "N" not in suffered.group():
        yield from _subjects(found, before[: suffered.start()], item, number=None)
        return
    match = re.search(r"(?P<who>[NSUP])(?:[xXMdhB]{0,2}|[xXMd]{0,2}[KZ],?c)[xXMd]{0,2}$", before)
    if match is None:
        if before.endswith("A"):
            one = _one(found[len(before) - 1], item)
            yield Toll(one, item.harm or "killed", item.rule)
        return
    group = found[match.start()]
    owned = item.rule == "death" and group.letter in "SX" and match.end("who") == len(before)
    if group.letter == "N" or owned:
        if group.headless and group.letter == "N" and match.end("who") == len(before):
            group = replace(group, end=item.end)
        yield Toll(group, item.harm or "killed", item.rule)


def _one(article: Item, item: Item) -> Item:
    return Item("N", article.start, item.end, (*article.tokens, *item.tokens), 1, 1, 1)


def _objects(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Yield the groups that follow a verb and those joined to them."""
    item = found[at]
    match = _OBJECT.match(letters, at + 1)
    if match is None or _NOT.search(letters[:at]):
        return
    place = match.end()
    first = found[place]
    harm: Harm = item.harm or "killed"
    if not _fits(first, item):
        return
    between = [i for i in range(at + 1, place) if letters[i] in "KG"]
    together = first.letter == "N" and _together(item, found, [*between, at - 2], letters)
    yield Toll(first, harm, item.rule, together=together)
    yield from _more(found, letters, place, item)


def _more(found: Sequence[Item], letters: str, place: int, item: Item) -> Iterator[Toll]:
    """Yield the groups joined to one after it; "including" makes them parts of it."""
    total = found[place]
    inside = False
    while match := _NEXT.match(letters, place + 1):
        place = match.end()
        group = found[place]
        inside = inside or "i" in match["join"] or group.is_part
        if not inside and _SUBJECT_OF_OTHER.match(letters, place):
            return
        named = total.letter in "XM" and group.letter in "XM" and "c" in match["join"]
        if named or group.letter in "NS" or (group.letter in "PU" and match["join"]):
            yield Toll(group, item.harm or "killed", item.rule, total if inside else None)


def _fits(group: Item, item: Item) -> bool:
    """Whether a group without a number may be the object of a verb."""
    if group.letter == "M" and item.letter == "G":
        return False
    if group.letter == "U":
        return item.harm in {"killed", "abducted"} or item.rule == "injure"
    return group.letter not in "XM" or item.harm in {"killed", "abducted", "injured", "detained"}


def _subjects(
    found: Sequence[Item], before: str, item: Item, *, number: int | None
) -> Iterator[Toll]:
    """Yield the group that a verb says something of, and those joined to it."""
    spare: int | None = None
    at = len(before) - 1
    limit = max(-1, at - 26)
    while at > limit and before[at] not in ".;GL":
        if before[at] in GROUPS and not _in_adjunct(before, at):
            if _agrees(found[at], before[:at], number) and not _explains(before, at):
                yield from _subject(found, before, at, item)
                return
            spare = at if spare is None else spare
        elif before[at] == "K" and before[at - 1 : at] not in set("BwdNPSXU") and spare is not None:
            break
        at -= 1
    if spare is not None:
        yield from _subject(found, before, spare, item)
    elif (name := _LONE_NAME[number == 2].search(before)) and item.harm in {"killed", "injured"}:
        yield from _subject(found, before, name.start(), item)


def _subject(found: Sequence[Item], before: str, at: int, item: Item) -> Iterator[Toll]:
    total = found[at]
    led = re.search(r"(?P<total>[NSPX])[^.;KGI]{0,3}$", before[:at]) if total.is_part else None
    led = led or re.search(r"(?P<total>[NSPX])[^.;KGIi]{0,4}i[^.;KGI]{0,12}$", before[:at])
    if led:
        total = found[led.start("total")]
        yield Toll(total, item.harm or "killed", item.rule)
        for place in range(led.start("total") + 1, at + 1):
            if before[place] in GROUPS:
                yield Toll(found[place], item.harm or "killed", item.rule, total)
        return
    yield Toll(total, item.harm or "killed", item.rule)
    yield from _joined_before(found, before, at, item)


def _joined_before(found: Sequence[Item], before: str, at: int, item: Item) -> Iterator[Toll]:
    """Yield the groups joined to a subject before it: "two soldiers and a child were killed"."""
    while match := re.search(r"[NSUX](?:[opw][xXMTPu]{1,4})?(?:,?c|,)[dT]*$", before[:at]):
        place = match.start()
        verb = re.search(r"[KGIZ][d']*(?:[oT]*)$", before[:place])
        name = found[place].letter in "XM"
        if verb or _in_adjunct(before, place) or (name and found[at].letter not in "XM"):
            return
        yield Toll(found[place], item.harm or "killed", item.rule)
        at = place


def _explains(before: str, at: int) -> bool:
    """Whether a group without a number stands between commas after another one."""
    return (
        before[at] in "PSU"
        and bool(re.search(r"[NSX][^.;KGI]{0,6},[T]?$", before[:at]))
        and ("," in before[at + 1 : at + 7])
    )


def _in_adjunct(before: str, at: int) -> bool:
    """Whether a group depends on a preposition: "by gunmen", "of the group"."""
    return before[at - 1 : at] in {"p", "o"} or before[max(0, at - 2) : at] in {"pT", "oT", "px"}


def _agrees(group: Item, before: str, number: int | None) -> bool:
    """Whether a verb of that number (1 or 2) may speak of a group with what is joined to it."""
    if number is None:
        return True
    if group.letter == "P":
        return number != 1
    if re.search(r"[NSUX](?:[opw][xXMTPu]{1,4})?(?:,?c|,)[dT]*$", before):
        return True
    one = group.best == 1 or group.letter in "SUX"
    return one == (number == 1)


def _nobody(found: Sequence[Item], letters: str, at: int) -> list[Toll]:
    """Return the tolls of nobody: "no casualties were reported", "no one was injured"."""
    match = _NONE.search(letters[:at])
    if match is None:
        match = re.search(r"n[xXMTSPNU]{0,2}[Bdh]{1,2}(?:K,?c)?$", letters[:at])
    if match is None or letters[at] == "G":
        return []
    item, first = found[at], found[match.start()]
    harms: tuple[Harm, ...] = (
        ("killed", "injured") if item.letter == "B" else (item.harm or "killed",)
    )
    between = {found[i].harm for i in range(match.start(), at) if letters[i] in "KZ"}
    harms = tuple(dict.fromkeys([*harms, *(h for h in between if h)]))
    span = Item("N", first.start, item.end, first.tokens, 0, 0, 0, "exactly")
    return [Toll(span, harm, "none", none=True) for harm in harms]


def _reached(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Read a toll: "the death toll rose from 30 to 32"."""
    item = found[at]
    if item.rule == "toll" and letters[at + 1 : at + 2] == "N":
        yield Toll(found[at + 1], item.harm or "killed", item.rule, cumulative=True)
        return
    match = _TOLL.match(letters, at + 1)
    if match:
        rises = bool(re.search("[Rt]", letters[max(0, at - 4) : match.end()]))
        group = found[match.end()]
        group = risen(group) if letters[match.end() - 1] == "R" else group
        yield Toll(group, item.harm or "killed", item.rule, cumulative=rises)
