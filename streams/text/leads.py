"""Tells which blocks of Unicode a text draws on, in a fraction of the time an expression takes.

In UTF-8 the first byte of a character, its lead, tells its block.  A text of the news has few
leads; a layer that looks for rare characters asks only for those whose lead is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

COMMON: Final[tuple[int, ...]] = (0x00, 0xD8, 0xD9)
"""Leads that are always reckoned with: ASCII's, all as 0, and those of the Arabic alphabet."""
_NOT_RARE: Final = bytes([byte for byte in range(256) if byte < 0xC0 or byte in COMMON])


def by_lead(chars: Iterable[str]) -> dict[int, str]:
    """Return characters by lead, those of ASCII under 0."""
    found: dict[int, str] = {}
    for char in chars:
        lead = 0 if char.isascii() else char.encode()[0]
        found[lead] = found.get(lead, "") + char
    return found


def rare_leads(encoded: bytes) -> frozenset[int]:
    """Return the leads of a text but the common ones."""
    return frozenset(encoded.translate(None, _NOT_RARE))


def those_in(text: str, *groups: dict[int, str]) -> list[str]:
    """Return which characters of each group, given by lead, a text has."""
    leads = COMMON[:1]
    if not text.isascii():
        leads = (*COMMON, *rare_leads(text.encode("utf-8", "surrogatepass")))
    return [
        "".join([char for lead in leads for char in chars.get(lead, "") if char in text])
        for chars in groups
    ]
