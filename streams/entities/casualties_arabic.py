"""Tolls in Arabic: verb before the people, genitives after nouns of harm, counted words of harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from streams.entities.casualties_english import Toll
from streams.entities.casualties_grammar import (
    Group,
    HarmWord,
    alternatives,
    arabic_group,
    bounds,
    harm_words,
    nouns,
    quantities,
)

_PART = re.compile(r"(?:من )?(?:بينهم|بينها|ضمنهم|منهم|بما في ذلك|بينهما)(?: \w+)? ?$")
_JOINED = re.compile(r"[ ،,]*(?:اخرين|اخرون|اخر)?[ ،,]*(?:و|اضافه الي |فضلا عن |الي جانب )?$")
_CLAUSE = re.compile(r"[.؛!؟?:]\s|\n")
_NONE = re.compile(
    r"(?:دون|بدون|من دون|ولم|لم|عدم|لا) (?:ان )?(?:(?:وقوع|تسجيل|سقوط|وجود|يسفر|تسفر|يسجل|تسجل|يبلغ|توجد|ترد|يوقع)"
    r"(?: عن| اي| انباء عن| معلومات عن)* )(?:اي )?(?P<what>اصابات|ضحايا|قتلي|خساير بشريه|جرحي)"
)
_TOLL = re.compile(r"^[^.؛\n]{0,70}?(?:الي|بلغ|بلغت|وصل|عند) (?:ما لا يقل عن )?$")
_CUMULATIVE = re.compile("ارتفع|ارتفاع|ارتفعت|وصل|بلغ|صعد")


@cache
def _harms() -> re.Pattern[str]:
    simple = [f for f, ws in harm_words("ar").items() if any(w.use != "unit" for w in ws)]
    return re.compile(rf"(?<!\w)(?:و|ف|ب|ل|ول|وب)??(?:ال)?(?P<w>{alternatives(simple)})(?!\w)")


def groups(text: str) -> list[tuple[Group, tuple[HarmWord, ...]]]:
    """Return every counted group, and the harm where the counted noun says it itself."""
    units = {f: ws for f, ws in harm_words("ar").items() if any(w.use == "unit" for w in ws)}
    found = []
    for match in arabic_group().finditer(text):
        noun = match["d"] or match["noun"] or match["s"] or ""
        of, _ = nouns("ar").get(noun, (None, None))
        single = match["s"] is not None
        words = _unit(noun, units)
        qualifier = quantities()["qualifier"]["ar"].get((match["q"] or match["post"] or "").strip())
        vague = quantities()["vague"]["ar"].get(match["v"] or "")
        number = "2" if match["d"] else "1" if single else match["n"]
        least, best, most, kind = bounds(number, match["m"], vague, qualifier)
        names = ("d", "n", "v", "s")
        start = next(match.start(n) for n in names if match[n] is not None)
        end = max(match.end(n) for n in ("d", "noun", "m", "n", "v", "s") if match[n] is not None)
        found.append(
            (Group(start, end, least, best, most, kind, of, noun, counted=not single), words)
        )
    found += _alone(text, units, found)
    return sorted(found, key=lambda pair: pair[0].start)


def _unit(noun: str, units: dict[str, tuple[HarmWord, ...]]) -> tuple[HarmWord, ...]:
    stem = noun.removesuffix("ان").removesuffix("ين")
    words = units.get(noun) or units.get(stem) or ()
    return tuple(w for w in words if w.use == "unit")


def _alone(
    text: str,
    units: dict[str, tuple[HarmWord, ...]],
    found: Sequence[tuple[Group, tuple[HarmWord, ...]]],
) -> list[tuple[Group, tuple[HarmWord, ...]]]:
    """Return single dead and injured named by the word alone ("سقوط قتيل")."""
    made: list[tuple[Group, tuple[HarmWord, ...]]] = []
    for match in re.finditer(r"(?<!\w)و?(?P<w>قتيل|جريح|شهيد)(?: واحد)?(?!\w)", text):
        start, end = match.span("w")
        if not any(g.start < end and start < g.end for g, _ in found):
            one = Group(start, end, 1, 1, 1, "unspecified", None, match["w"])
            made.append((one, _unit(match["w"], units)))
    return made


def tolls(text: str) -> Iterator[Toll]:
    """Yield the tolls of a folded text, each counted group once for each harm."""
    people = groups(text)
    yield from _none(text)
    if not people:
        return
    taken: set[tuple[int, str]] = set()

    def once(one: Toll) -> Iterator[Toll]:
        key = one.group.start, one.word.harm
        if key not in taken:
            taken.add(key)
            yield one

    for group, words in people:
        for word in words:
            cumulative = bool(_CUMULATIVE.search(text[max(0, group.start - 60) : group.start]))
            yield from once(Toll(group, word, cumulative=cumulative))
    harmless = [g for g, words in people if not words]
    for match in _harms().finditer(text):
        for word in harm_words("ar")[match["w"]]:
            for one in _after(text, match.end(), word, harmless):
                yield from once(one)


def _none(text: str) -> Iterator[Toll]:
    words = {w.id: w for ws in harm_words("ar").values() for w in ws}
    for match in _NONE.finditer(text):
        zero = Group(match.start(), match.end(), 0, 0, 0, "exactly", None, match["what"])
        if match["what"] != "جرحي":
            yield Toll(zero, words["maqtal"])
        if match["what"] != "قتلي":
            yield Toll(zero, words["isaba"])


def _after(text: str, at: int, word: HarmWord, people: Sequence[Group]) -> Iterator[Toll]:
    """Yield the groups that follow a word of harm and those joined to them."""
    first: Group | None = None
    end = at
    for group in (g for g in people if g.start >= at):
        between = text[end : group.start]
        if first is None:
            if not _reaches(between, word, group):
                return
            first = group
            yield Toll(group, word, cumulative=word.use == "toll")
        elif _PART.search(between):
            yield Toll(group, word, part_of=first.start)
        elif _JOINED.fullmatch(between) and group.noun:
            yield Toll(group, word)
        else:
            return
        end = group.end


def _reaches(between: str, word: HarmWord, group: Group) -> bool:
    """Whether the word's people begin after what stands between: nothing, or an adjunct."""
    if word.use == "toll":
        return bool(_TOLL.match(between))
    if _CLAUSE.search(between) or _harms().search(between):
        return False
    far = len(between.split())
    if word.use == "noun":
        return far <= 1 and "،" not in between
    if not group.counted or not group.noun:
        return far <= 1
    return far <= 6
