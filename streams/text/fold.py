"""Folds spelling variants together and maps every match back to exact source offsets.

Arabic: one alef, one ya, ta marbuta as ha, hamza seats reduced, vowel signs, tatweel
and invisible controls removed, presentation forms spelt out, digits as ASCII.  Latin:
lower case without accents on the letters that decompose to one base letter.
The fold follows the normalisation that Arabic retrieval work settled on (Larkey,
Ballesteros and Connell 2002), without stemming.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from streams.text.leads import COMMON, by_lead, rare_leads

REMOVED = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\x00"
)
"""Characters that carry no letters: combining marks, tatweel, bidi and zero-width controls."""

_REMOVED = re.compile(f"[{REMOVED}]+")
_IRREGULAR = re.compile(f"[{REMOVED}\ufb50-\ufdff\ufe70-\ufefc\uff10-\uff5e]+")


def _same_length() -> dict[int, str]:
    table = {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ۀ": "ه", "ھ": "ه", "ە": "ه", "ہ": "ه", "ک": "ك", "گ": "ك", "چ": "ج", "پ": "ب",
        "ڤ": "ف", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‘": "'",
        "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    }  # fmt: skip
    for start in (0x660, 0x6F0):
        table |= {chr(start + digit): str(digit) for digit in range(10)}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            table[chr(code)] = base
    table |= {"ı": "i", "İ": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
    return {ord(source): target for source, target in table.items()}


_TABLE = _same_length()


_REPLACED: Final = {
    lead: tuple([(char, _TABLE[ord(char)]) for char in chars])
    for lead, chars in by_lead(map(chr, _TABLE)).items()
}
_IRREGULARS: Final = by_lead([c for c in map(chr, range(0xD800)) if _IRREGULAR.match(c)])
"""Irregular characters by lead; beyond them are presentation forms, variants and full width."""
_FORMS: Final = 0xEF
_MANY: Final = 32
"""More characters are found faster by one expression than each by itself."""

_LATIN: Final = frozenset({*range(0xC3, 0xCA), 0xE1})
_CASELESS: Final = frozenset({0xC2, *range(0xD6, 0xE1)})
"""First bytes that no capital has."""
_CASELESS_BUT_SIGNS: Final = _CASELESS | {0xE2}
_PUNCTUATION: Final = 0x80
"""Second byte, after 0xE2, of dashes and curly quotation marks; Roman numerals have capitals."""


@dataclass(slots=True)
class Folded:
    """A folded text and the way back: offsets in code points of the source text."""

    text: str
    _positions: tuple[int, ...]
    _shifts: tuple[int, ...]

    def source(self, position: int) -> int:
        """Return where the character at ``position`` of the folded text starts in the source."""
        if not self._positions:
            return position
        at = bisect_right(self._positions, position) - 1
        return position + self._shifts[at] if at >= 0 else position

    def folded(self, source: int) -> int:
        """Return the position in the folded text of what stands at ``source`` or comes next."""
        if not self._positions:
            return source
        at = bisect_left(range(len(self._shifts)), source, key=self._source_of)
        before = source - self._shifts[at - 1] if at else source
        return min(before, self._positions[at]) if at < len(self._positions) else before

    def parts(self, lengths: Iterable[int]) -> list[Folded]:
        """Return the folds of stretches of the source, one character between each two."""
        made: list[Folded] = []
        text, entries = self.text, len(self._positions)
        start = begin = entry = shift = 0
        for length in lengths:
            end = start + length
            first = entry
            while entry < entries and self._positions[entry] + self._shifts[entry] < end:
                shift = self._shifts[entry]
                entry += 1
            stop = end - shift
            if entry < entries and self._positions[entry] < stop:
                stop = self._positions[entry]
            if first == entry:
                made.append(Folded(text[begin:stop], (), ()))
            else:
                positions = [position - begin for position in self._positions[first:entry]]
                shifts = [one + begin - start for one in self._shifts[first:entry]]
                made.append(Folded(text[begin:stop], tuple(positions), tuple(shifts)))
            start, begin = end + 1, stop + 1
            while entry < entries and self._positions[entry] + self._shifts[entry] < start:
                shift = self._shifts[entry]
                entry += 1
        return made

    def _source_of(self, entry: int) -> int:
        return self._positions[entry] + self._shifts[entry]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of ``text[start:end]``, removed characters inside included."""
        if not self._positions:
            return start, max(start, end)
        if end <= start:
            begin = self.source(start)
            return begin, begin
        return self.source(start), self.source(end - 1) + 1


def _irregular(text: str, rare: frozenset[int]) -> list[int]:
    """Return where characters stand that are to be removed or spelt out."""
    found: list[int] = []
    for lead in (*COMMON, *rare):
        chars = _IRREGULARS.get(lead, "")
        if len(chars) > _MANY or lead == _FORMS:
            return [at for m in _IRREGULAR.finditer(text) for at in range(*m.span())]
        for char in chars:
            if char in text:
                found += _places(text, char)
    return sorted(found)


def _places(text: str, char: str) -> list[int]:
    found: list[int] = []
    at = text.find(char)
    while at >= 0:
        found.append(at)
        at = text.find(char, at + 1)
    return found


@lru_cache(maxsize=2048)
def _spelt_out(char: str) -> str:
    """Return what an irregular character stands for."""
    return _REMOVED.sub("", unicodedata.normalize("NFKC", char))


def _letters(text: str, encoded: bytes, rare: frozenset[int]) -> str:
    """Fold character by character; the length stays the same."""
    text = text.replace("\t", " ")
    if not rare.isdisjoint(_LATIN):
        text = text.translate(_TABLE)
    else:
        for lead in (*COMMON, *rare):
            for source, target in _REPLACED.get(lead, ()):
                text = text.replace(source, target)
    if not _has_capitals(encoded, rare):
        return text
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join([c if len(c.lower()) != 1 else c.lower() for c in text])


def _has_capitals(encoded: bytes, rare: frozenset[int]) -> bool:
    """Whether a text may have capitals."""
    if not rare <= _CASELESS:
        if not rare <= _CASELESS_BUT_SIGNS:
            return True
        for after in encoded.split(b"\xe2")[1:]:
            if after[0] != _PUNCTUATION:
                return True
    return encoded.lower() != encoded


def fold(text: str) -> Folded:
    """Return the text folded, with the map back to ``text``."""
    if text.isascii():
        return Folded(text.replace("\t", " ").lower(), (), ())
    encoded = text.encode("utf-8", "surrogatepass")
    rare = rare_leads(encoded)
    found = _irregular(text, rare)
    if not found:
        return Folded(_letters(text, encoded, rare), (), ())
    regular, positions, shifts = _regular(text, found)
    encoded = regular.encode("utf-8", "surrogatepass")
    return Folded(_letters(regular, encoded, rare_leads(encoded)), positions, shifts)


def _regular(text: str, found: list[int]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Return a text with what is ``found`` removed or spelt out, and the way back."""
    pieces: list[str] = []
    positions: list[int] = []
    shifts: list[int] = []
    length = last = 0
    for place in found:
        if place > last:
            if pieces:
                positions.append(length)
                shifts.append(last - length)
            pieces.append(text[last:place])
            length += place - last
        elif not pieces:
            pieces.append("")
        for part in _spelt_out(text[place]):
            positions.append(length)
            shifts.append(place - length)
            pieces.append(part)
            length += 1
        last = place + 1
    positions.append(length)
    shifts.append(last - length)
    pieces.append(text[last:])
    return "".join(pieces), tuple(positions), tuple(shifts)


def fold_lines(lines: Sequence[str]) -> list[Folded]:
    """Return each line folded, as `fold` does one by one, in a third of the time."""
    return fold("\n".join(lines)).parts(map(len, lines))


def join_folds(folds: Sequence[Folded], lengths: Sequence[int]) -> Folded:
    """Return the fold of sources of these lengths joined by newlines, from the fold of each."""
    positions: list[int] = []
    shifts: list[int] = []
    source = at = 0
    for one, length in zip(folds, lengths, strict=True):
        positions.append(at)
        shifts.append(source - at)
        positions += [at + position for position in one._positions]  # noqa: SLF001 - of this module
        shifts += [shift + source - at for shift in one._shifts]  # noqa: SLF001 - of this module
        source += length + 1
        at += len(one.text) + 1
    return Folded("\n".join([one.text for one in folds]), tuple(positions), tuple(shifts))


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return a name as the fold of running text would show it, white space single."""
    return " ".join(fold(name).text.split())
