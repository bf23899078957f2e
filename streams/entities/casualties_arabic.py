"""Tolls in Arabic: verb before the people, genitives after nouns of harm, counted words of harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas.entity import Harm
from streams.entities.casualties_people import Item
from streams.entities.casualties_toll import GROUPS, Toll, risen

_AFTER_NOUN = re.compile(r"(?:cG)?(?:[od]?(?=[NSP])|x(?=N))")
_AFTER_VERB = re.compile(r"(?:cK)?[^.;KkGZcN]{0,6}?(?=N)|[dxF]{0,1}(?=[SP])")
_OBJECT = re.compile(r"(?:[PSF][^.;KkGZcN]{0,3}?)(?=N)|[PSF][xXFP]{0,2}(?=S)")
_NEXT = re.compile(
    r"(?P<join>[dO]?[,']*(?:c|i)[ido]*|,(?=N)|(?:[op]x{1,4}),?(?:c|i)[ido]*(?=N))(?=[NSP])"
)
_WITH_PARTS = re.compile(r"N[xdO,]{0,3}i[^.;KGkZ]{1,14}$")
_ARMED = frozenset({"militants", "attackers", "security_forces"})
_NONE = re.compile(r"n[xtfdnTopu]{0,4}$")
_TOLL = re.compile(r"[^.;]{0,12}?[t:R][dtx]{0,2}(?=N)")
_NEAR = re.compile(r"[^.;NZt]{0,8}(?=N)")
_FROM = re.compile(r"R[^.;NZt]{0,12}$")
"""A toll that rises, and no "to" before the numbers: "ارتفعت من 20 إلى 30"."""

_RISES = re.compile(r"R[^.;]{0,8}t[dx]?$|R[^.;t]{0,20}N[dx]{0,2}t[dx]?$")
"""A toll that rises to what follows; from afar only if the number before is told too."""


def tolls(found: Sequence[Item]) -> Iterator[Toll]:
    """Yield the tolls of a sentence; each group once for each harm."""
    letters = "".join(item.letter for item in found)
    for at, item in enumerate(found):
        if item.letter == "N" and item.harm is not None and not _NONE.search(letters[:at]):
            yield from _counted(found, letters, at)
        elif item.letter in "ZB" and item.harm is not None:
            yield from _word(found, letters, at)
        elif item.letter == "W":
            yield from _reached(found, letters, at)
        elif item.letter == "G":
            yield from _after(found, letters, at, _AFTER_NOUN)
        elif item.letter == "K" or (item.letter == "l" and "Y" in letters[at : at + 12]):
            yield from _verb(found, letters, at)
        elif item.letter == "k":
            yield from _before(found, letters, at) or _after(found, letters, at, _AFTER_VERB)


def _before(found: Sequence[Item], letters: str, at: int) -> list[Toll]:
    """Return the groups before a verb in the plural: "ثلاثة جنود وطفل قتلوا"."""
    item = found[at]
    if letters[at + 1 : at + 2] == "N" and found[at + 1].harm is None:
        return []
    match = _WITH_PARTS.search(letters[:at]) or re.search(r"[NP][^.;KGkZNP]{0,8}$", letters[:at])
    first = found[match.start()] if match else None
    if match is None or first is None or first.harm is not None:
        return []
    if first.letter == "P" and (first.of in _ARMED or first.tokens[0].word.definite):
        return []
    harm: Harm = item.harm or "killed"
    parts = [found[i] for i in range(match.start() + 1, at) if letters[i] in GROUPS]
    made = [Toll(first, harm, item.rule), *(Toll(g, harm, item.rule, first) for g in parts)]
    joined = re.search(r"N[xdO]{0,2}c[d]?$", letters[: match.start()])
    if joined and found[joined.start()].harm is None:
        made.append(Toll(found[joined.start()], harm, item.rule))
    return made


def _counted(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Read a number with a word of harm: "32 قتيلا", "عشرات القتلى والجرحى"."""
    item = risen(found[at]) if _FROM.search(letters[:at]) else found[at]
    rises = item is not found[at] or _RISES.search(letters[:at]) is not None
    yield Toll(item, item.harm or "killed", item.rule, cumulative=rises)
    other = re.match(r"c[Z]", letters[at + 1 :])
    if other and item.best is None:
        word = found[at + 2]
        yield Toll(item, word.harm or "injured", word.rule)
    yield from _parts(found, letters, at, item.harm or "killed", item.rule)


def _word(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Read a word of harm without a number: none of them, one, or some after a verb of falling."""
    item = found[at]
    word = item.tokens[0].word
    none = _NONE.search(letters[:at])
    if none:
        harms: tuple[Harm, ...] = (item.harm or "killed",)
        if item.letter == "B":
            harms = ("killed", "injured")
        first = found[none.start()]
        span = Item("N", first.start, item.end, first.tokens, 0, 0, 0, "exactly")
        yield from (Toll(span, harm, "none", none=True) for harm in harms)
    elif item.letter == "Z" and not word.definite and re.search(r"f[dxc]?(?:Zc)*$", letters[:at]):
        one = word.number
        least, best = (1, 1) if one == 1 else (2, None)
        group = Item("N", item.start, item.end, item.tokens, least, best, best)
        yield Toll(group, item.harm or "killed", item.rule)


def _reached(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    reached = _TOLL.match(letters, at + 1)
    match = reached or _NEAR.match(letters, at + 1)
    if match is None:
        return
    item, group = found[at], found[match.end()]
    if _FROM.search(letters[: match.end()]):
        group = risen(group)
    elif not reached and match.group():
        return
    rises = bool(re.search("[Rt]", letters[max(0, at - 3) : match.end()]))
    if group.harm is None:
        yield Toll(group, item.harm or "killed", item.rule, cumulative=rises)


def _verb(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Read a verb: its people follow, after its subject where it has one."""
    if re.search(r"n[dx]?$", letters[:at]):
        yield from _nobody(found, letters, at)
        return
    acts = _OBJECT.match(letters, at + 1)
    if acts and _is_actor(found[at + 1]) and _is_object(found[acts.end()]):
        yield from _list(found, letters, acts.end(), found[at])
        return
    some = list(_after(found, letters, at, _AFTER_VERB))
    yield from some
    before = re.search(r"[NSP](?:[op]x{1,3})?[d,']?$", letters[:at])
    told = before and found[before.start()]
    if not some and before and told and (told.letter == "N" or told.tokens[0].word.letter == "a"):
        yield Toll(found[before.start()], found[at].harm or "killed", found[at].rule)


def _nobody(found: Sequence[Item], letters: str, at: int) -> Iterator[Toll]:
    """Read "لم يصب أحد": nobody came to harm."""
    ends = re.match(r"[xdop]{0,2}[nN]", letters[at + 1 :])
    if ends:
        last = found[at + ends.end()]
        begin = letters.rindex("n", 0, at)
        span = Item("N", found[begin].start, last.end, last.tokens, 0, 0, 0, "exactly")
        yield Toll(span, found[at].harm or "killed", "none", none=True)


def _is_actor(item: Item) -> bool:
    """Whether what follows a verb does the deed: forces, or armed people in the nominative."""
    if item.letter == "F":
        return True
    return item.letter in "PS" and item.of in _ARMED


def _is_object(item: Item) -> bool:
    return item.letter == "N" or item.tokens[0].word.letter == "a"


def _after(
    found: Sequence[Item], letters: str, at: int, pattern: re.Pattern[str]
) -> Iterator[Toll]:
    match = pattern.match(letters, at + 1)
    if match is None or found[match.end()].harm is not None:
        return
    group = found[match.end()]
    passed = [i for i in range(at + 1, match.end()) if letters[i] in "GK"]
    behind = [at - 2] if re.search(r"[GK]c$", letters[:at]) else []
    shared = group.letter == "N" and _shares(found, letters, min([at, *behind]), group)
    if passed and not shared:
        return
    harms = {found[i].harm for i in (at, *passed, *behind)}
    together = shared and bool(passed or behind) and harms == {"killed", "injured"}
    if passed:
        yield Toll(group, found[at].harm or "killed", found[at].rule, together=together)
    else:
        yield from _list(found, letters, match.end(), found[at], together=together)


def _shares(found: Sequence[Item], letters: str, first: int, group: Item) -> bool:
    """Whether a number may count for several words of harm: the first has no people of its own."""
    if any(token.word.letter == "O" for token in group.tokens):
        return False
    own = re.search(r"[NS][xd]{0,2}$", letters[:first])
    return own is None or (
        own.group()[0] == "S" and found[own.start()].tokens[0].word.letter != "a"
    )


def _list(
    found: Sequence[Item], letters: str, at: int, verb: Item, *, together: bool = False
) -> Iterator[Toll]:
    group = found[at]
    if group.letter == "P" and group.tokens[0].word.definite and verb.letter == "K":
        return
    yield Toll(group, verb.harm or "killed", verb.rule, together=together)
    yield from _parts(found, letters, at, verb.harm or "killed", verb.rule)


def _parts(found: Sequence[Item], letters: str, at: int, harm: Harm, rule: str) -> Iterator[Toll]:
    """Yield the groups joined to one after it; those after "بينهم" are parts of it."""
    total, inside = found[at], False
    while match := _NEXT.match(letters, at + 1):
        at = match.end()
        inside = inside or "i" in match["join"]
        group = found[at]
        if group.harm is not None:
            return
        if group.letter in GROUPS:
            yield Toll(group, harm, rule, total if inside else None)
