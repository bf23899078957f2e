"""Tolls in English: which counted group came to which harm, by their order in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from streams.entities.casualties_grammar import (
    Group,
    HarmWord,
    alternatives,
    bounds,
    english_group,
    harm_words,
    nouns,
    quantities,
)

_BE = re.compile(
    r"(?:was|were|been|be|being|is|are|got|get)(?: \w+ly| also| later| then| both| all| either)*(?: (?:shot|stabbed|beaten|hacked|burned|tortured) (?:and|to)(?: then)?)? $"
)
_JOINED = re.compile(
    r"[ ,]*(?:and|or|as well as|plus|&|,)?[ ,]*(?:also |another |injured |wounded )?$"
)
_PART = re.compile(
    r"(?:including|among them|among whom|of whom|of them|among those killed)[ ,:]*(?:were |was )?(?:at least )?$"
)
_CLAUSE = re.compile(r"[.;!?]\s|\n")
_LEFT_GAP = re.compile(r"^[ ,]*(?:\([^()]{0,40}\)[ ,]*)?(?:[^.;:!?]{0,70})$")
_NO_HARM = re.compile(
    r"(?P<all>(?:no|without(?: any)?|not? (?:cause|caused|causing|result in|report)(?: any)?|any|zero|nor) (?:known |reported |reports of |confirmed |civilian |human |immediate )?"
    r"(?P<what>casualties|victims|injuries|fatalities|deaths|one (?:was|were|is) (?:killed|hurt|injured|wounded|harmed)"
    r"|one (?:died|dead)|body (?:was )?(?:killed|hurt|injured)))|nobody (?:was|were) (?P<what2>killed|hurt|injured|wounded)"
)
_TOLL = re.compile(
    r"^(?: |[^.;\n]{0,90}?(?:to|at|reached|reaches|hit|hits|is|was|of|topped|passed|exceeded|now) (?:now |over |at least |more than )?)$"
)
_CUMULATIVE = re.compile(
    r"(?:risen|rose|rises|climbed|climbs|increased|reached|has now|jumped|mounted|updated|grown)"
)

_ONE_AFTER = re.compile(
    r" (?P<who>him(?!\w)|her(?= |$|[,.])(?! \w)|(?:an?|the|another|his|her|one) [a-z][\w'-]*(?: (?!(?:in|at|near|on|and|who|by|with|after|while|when|of|from|for|to|over|as)(?!\w))[a-z][\w'-]*){0,5})"
)
_ONE_BEFORE = re.compile(
    r"(?<!\w)(?P<who>him(?!\w)|her(?= |$|[,.])(?! \w)|(?:an?|the|another|his|her|one) [a-z][\w' -]{1,60}?) (?:was|is|has been) (?:(?:later|also|then|reportedly|allegedly|fatally|being) )*(?:shot (?:and|dead)? ?)?(?:killed|murdered|assassinated|executed|shot dead|beheaded|stabbed to death|beaten to death|gunned down|found dead|injured|wounded|kidnapped|abducted|lynched)$"
)
_PLURAL = re.compile(r"(?:[^s]s|men|people|police|children|troops)$")
_DEADLY = frozenset(
    {"kill", "kill-active", "kill-passive", "injure", "injure-active", "abduct", "abduct-active"}
)


@dataclass(frozen=True, slots=True)
class Toll:
    """A counted group and its harm; ``part_of`` is the start of the total it belongs to."""

    group: Group
    word: HarmWord
    part_of: int | None = None
    cumulative: bool = False


@cache
def _harms() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(harm_words('en'))})(?![\w-])")


def groups(text: str) -> list[Group]:
    """Return every counted group of a folded text in order."""
    found = []
    for match in english_group().finditer(text):
        noun = match["noun"]
        article = match["a"]
        of, itself = nouns("en").get(noun or "", (None, None))
        if article and (noun is None or (itself != 1 and article != "one")):
            continue
        qualifier = quantities()["qualifier"]["en"].get(match["q"] or "")
        vague = quantities()["vague"]["en"].get(match["v"] or "")
        least, best, most, kind = bounds(
            "1" if article else match["n"],
            match["m"],
            vague,
            qualifier,
        )
        start = (
            match.start("n") if match["n"] else match.start("v") if match["v"] else match.start("a")
        )
        begin = match.start("q") if match["q"] and noun is None else start
        end = (
            match.end("noun")
            if noun
            else match.end("m")
            if match["m"]
            else max(match.end("n"), match.end("v"))
        )
        found.append(
            Group(
                begin if noun is None else start, end, least, best, most, kind, of, noun or "", True
            )
        )
    return found


def tolls(text: str) -> Iterator[Toll]:
    """Yield the tolls of a folded text, each counted group once for each harm."""
    if not _harms().search(text):
        return
    nobody = list(_none(text))
    yield from nobody
    people = [
        g for g in groups(text) if not any(z.group.start <= g.start < z.group.end for z in nobody)
    ]
    taken: set[tuple[int, str]] = set()
    for match in _harms().finditer(text):
        for word in harm_words("en")[match.group()]:
            for one in _around(text, match, word, people):
                key = one.group.start, word.harm
                if key not in taken:
                    taken.add(key)
                    yield one


def _none(text: str) -> Iterator[Toll]:
    """Yield the harms that the text says nobody came to."""
    words = {w.id: w for ws in harm_words("en").values() for w in ws}
    for match in _NO_HARM.finditer(text):
        what = match["what"] or match["what2"]
        zero = Group(match.start(), match.end(), 0, 0, 0, "exactly", None, what)
        if re.search("casualt|victim|death|fatalit|killed|died|dead", what):
            yield Toll(zero, words["kill"])
        if re.search("casualt|victim|injur|hurt|wounded|harmed", what):
            yield Toll(zero, words["injure"])


def _around(
    text: str, match: re.Match[str], word: HarmWord, people: Sequence[Group]
) -> Iterator[Toll]:
    if word.use == "toll":
        yield from _toll(text, match, word, people)
        return
    use = word.use
    passive = bool(_BE.search(text[max(0, match.start() - 60) : match.start()]))
    if use == "either":
        use = "passive" if passive else "active"
        follows = _right(text, match.end(), people, word)
        if use == "active" and follows:
            yield from follows
            return
        if use == "active":
            yield from _left(text, match.start(), people, word, near=True)
            yield from _someone_after(text, match, word)
            return
    if use == "active":
        yield from _right(text, match.end(), people, word) or _someone_after(text, match, word)
    elif use in {"noun", "left"}:
        either = any(w.use == "either" for w in harm_words("en")[match.group()])
        if not (either and _right(text, match.end(), people, word)):
            yield from _left(text, match.start(), people, word, near=True)
    else:
        found = list(_left(text, match.start(), people, word, near=False))
        yield from found or _someone_before(text, match, word)


def _someone_after(text: str, match: re.Match[str], word: HarmWord) -> list[Toll]:
    """Return one person whom the verb's object names with a noun that no list holds."""
    found = _ONE_AFTER.match(text, match.end())
    if found is None or word.id not in _DEADLY or _PLURAL.search(found["who"]):
        return []
    start, end = found.span("who")
    return [Toll(Group(start, end, 1, 1, 1, "unspecified", None, "", counted=False), word)]


def _someone_before(text: str, match: re.Match[str], word: HarmWord) -> list[Toll]:
    """Return one person whom the subject of a verb in the singular names."""
    found = _ONE_BEFORE.search(text, max(0, match.start() - 90), match.end())
    if found is None or word.id not in _DEADLY:
        return []
    start, end = found.span("who")
    return [Toll(Group(start, end, 1, 1, 1, "unspecified", None, "", counted=False), word)]


def _right(text: str, at: int, people: Sequence[Group], word: HarmWord) -> list[Toll]:
    """Return the groups after a verb: one that starts within three words, then those joined."""
    found: list[Toll] = []
    end = at
    for group in (g for g in people if g.start >= at):
        between = text[end : group.start]
        if not found:
            if len(between.split()) > 3 or _CLAUSE.search(between) or _harms().search(between):
                break
            if word.id == "lives" and group.noun not in {"lives", "souls"}:
                break
        elif _PART.search(between):
            found.append(Toll(group, word, part_of=found[0].group.start))
            end = group.end
            continue
        elif not _JOINED.match(between) or not group.noun:
            break
        if _followed_by_harm(text, group, word):
            break
        found.append(Toll(group, word))
        end = group.end
    return found


def _followed_by_harm(text: str, group: Group, word: HarmWord) -> bool:
    """Whether the group goes with another word of harm right after it ("and two were hurt")."""
    after = text[group.end : group.end + 40]
    match = re.match(r" (?:others? )?(?:was |were |have been |had been |got )?(?P<w>\w+)", after)
    if not match:
        return False
    words = harm_words("en").get(match["w"], ())
    return bool(words) and all(w.harm != word.harm for w in words)


def _left(
    text: str, at: int, people: Sequence[Group], word: HarmWord, *, near: bool
) -> Iterator[Toll]:
    """Yield the groups before a word: the nearest, then those joined to it."""
    before = [g for g in people if g.end <= at]
    if not before:
        return
    nearest = before[-1]
    gap = text[nearest.end : at]
    allowed = len(gap.split()) <= (word.id == "dead") if near else bool(_LEFT_GAP.match(gap))
    if not allowed or _CLAUSE.search(gap) or (not nearest.noun and len(gap.split()) > 4):
        return
    if any(m for m in _harms().finditer(gap) if harm_words("en")[m.group()][0].harm != word.harm):
        return
    last = nearest
    chain = [nearest]
    for group in reversed(before[:-1]):
        between = text[group.end : last.start]
        if _PART.search(between):
            yield Toll(last, word, part_of=group.start)
            chain = [c for c in chain if c is not last]
            chain.append(group)
        elif _JOINED.fullmatch(between) and group.noun:
            chain.append(group)
        else:
            break
        last = group
    for group in reversed(chain):
        yield Toll(group, word)


def _toll(
    text: str, match: re.Match[str], word: HarmWord, people: Sequence[Group]
) -> Iterator[Toll]:
    for group in people:
        if group.start >= match.end():
            between = text[match.end() : group.start]
            if _TOLL.match(between):
                yield Toll(group, word, cumulative=bool(_CUMULATIVE.search(between)))
            return
