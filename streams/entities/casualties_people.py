"""Groups of people in a run of tokens: counted, single, plural without a number, named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.entity import Harm, Qualifier
from streams.entities.casualties_tokens import Token, code


@dataclass(slots=True)
class Item:
    """A token or a group of people; the letter of a group says which kind.

    N counted, S one by its noun, U one by a noun that no list holds, P a plural, X a name,
    M a single word in capitals, which may be a name.
    """

    letter: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    least: int | None = None
    best: int | None = None
    most: int | None = None
    qualifier: Qualifier = "unspecified"
    of: str | None = None
    harm: Harm | None = None
    """Harm that the counted noun says itself (قتيل)."""
    rule: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is "two of them", a part of the group before it."""
        return any(t.word.letter == "O" and t.word.number == 0 for t in self.tokens)

    @property
    def headless(self) -> bool:
        """Whether it is a number without a noun."""
        return self.tokens[-1].word.letter in "NV"


_ENGLISH = re.compile(
    r"(?P<N>e?Q*(?:N(?:N(?=[xXydKO]*[SPO]))?|V)(?![xXd]{0,2}u)(?:O?oT?)?O?"
    r"(?:[KdsZ]?[xXyd]{0,5}(?:[SP][xX]{0,2}(?=[SP]))*[SP](?!S)(?:O|oT?[xX]{0,3}P)?"
    r"|X{1,4}x{0,2}(?![xXSP])|[xX]{1,3}(?=[cBKI.,poqw]|$))?)"
    r"|(?P<P>(?:TK?)?[xXd]{0,3}(?:[SP][xX]?(?=[SP]))*P(?!X|[xX]{0,2}S))"
    r"|(?P<one>e(?=[dhBK]))"
    r"|(?P<S>[ATe][xXydsKu]{0,5}(?:[SP][xX]{0,2}(?=S))*(?:S|y)(?:X{1,3})?|r|T(?=[pqcB.,;]|$))"
    r"|(?P<X>X{1,3}SX{1,4}|S?X{2,4}|SX{1,4})"
    r"|(?P<M>X)"
    r"|(?P<U>[ATe][xXu]{0,3}[xX])"
)
_ARABIC = re.compile(
    r"(?P<N>Q*(?:N|V)(?![xd]?u)(?:o?x?[PSaDZEX]|ox|O|G(?![NSPDEaQVxX]))?(?:Q(?![NV]))?"
    r"|Q?[DE](?:N(?![PSaZ]))?(?:Q(?![NV]))?)"
    r"|(?P<S>[Sa](?:N(?![PSaZ]))?)|(?P<P>P|(?<=[GK])O)"
)
_ASIDE = re.compile(r"\([^()NKGIZWBE.;]{1,8}\)")


def items(found: Sequence[Token], language: str) -> list[Item]:
    """Return the tokens with each group of people as one item."""
    letters = code(list(found))
    pattern = _ENGLISH if language == "en" else _ARABIC
    made: list[Item] = []
    at = 0
    for match in pattern.finditer(letters):
        kind = match.lastgroup or ""
        group = _group(tuple(found[match.start() : match.end()]), kind, language)
        if kind == "N" and group.headless and _is_age(letters, match):
            continue
        if kind == "S" and _is_article(found, match):
            continue
        made += [_plain(token) for token in found[at : match.start()]]
        made.append(group)
        at = match.end()
    made += [_plain(token) for token in found[at:]]
    return _without_asides(made)


def _without_asides(found: list[Item]) -> list[Item]:
    """Leave out short remarks in brackets that tell no harm: "(VDP)", "(likely rebels)"."""
    letters = "".join([item.letter for item in found])
    if "(" not in letters:
        return found
    kept: list[Item] = []
    at = 0
    for match in _ASIDE.finditer(letters):
        kept += found[at : match.start()]
        at = match.end()
    return kept + found[at:]


def _is_age(letters: str, match: re.Match[str]) -> bool:
    """Whether a number stands between commas after a name: "Salim, 34, was killed"."""
    before, after = letters[: match.start()], letters[match.end() :]
    return (
        before.endswith((",", "(")) and after.startswith((",", ")")) and before[-2:-1] in set("XSx")
    )


def _is_article(found: Sequence[Token], match: re.Match[str]) -> bool:
    """Whether a lone "the" or "those" stands before a word for casualties, not for people."""
    after = found[match.end()].word if match.end() < len(found) else None
    return match.group() == "T" and after is not None and after.harm is not None


def _plain(token: Token) -> Item:
    word = token.word
    letter = word.letter if word.letter not in "NVSPXUDaE" else "x"
    return Item(letter, token.start, token.end, (token,), harm=word.harm, rule=word.id)


def _group(tokens: tuple[Token, ...], kind: str, language: str) -> Item:
    kind = "N" if kind == "one" else kind
    heads = [t for t in tokens if t.word.letter in "PSaDZEG"]
    head = heads[-1] if heads else None
    number = qualifier = None
    for token in tokens:
        if number is None and token.word.letter in "NV" and token is not head:
            number = token
        qualifier = qualifier or token.word.qualifier
    first = tokens[0] if tokens[0].word.letter not in "eQ" or number is None else number
    least: int | None
    best: int | None
    most: int | None
    if number is None:
        one = head.word.number if head else 1
        least, best, most = (2, None, None) if one is None else (one, one, one)
        if kind == "P":
            least, best, most = 2, None, None
    elif number.word.letter == "V":
        least, best, most, qualifier = number.word.least, None, None, qualifier or "about"
    else:
        low, high = number.low or 0, number.high if number.high is not None else 0
        least, best, most, qualifier = _bounds(low, high, qualifier)
    ofs = [t.word.of for t in heads if t.word.of]
    harmed = [t.word for t in heads if t.word.harm]
    harm = harmed[0].harm if harmed and language == "ar" else None
    last = tokens[-1] if tokens[-1].word.letter != "Q" else tokens[-2]
    return Item(kind, first.start, last.end, tokens, least, best, most,
                qualifier or "unspecified", ofs[-1] if ofs else None, harm,
                harmed[0].id if harmed else "")  # fmt: skip


def _bounds(
    low: int, high: int, qualifier: Qualifier | None
) -> tuple[int | None, int | None, int | None, Qualifier | None]:
    """Return least, best and most: of a range the least is best, as databases code it."""
    if high > low:
        return low, low, high, "about"
    if qualifier == "at_least":
        return low, low, None, qualifier
    if qualifier == "at_most":
        return None, low, low, qualifier
    return low, low, low, qualifier
