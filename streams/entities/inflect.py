"""Inflected forms of demonyms: Arabic relative adjectives (nisba) and English plurals."""

from __future__ import annotations

_NISBA_ENDINGS = ("", "ة", "ين", "ون", "ات", "ان", "تان", "تين", "ا", "و")
"""Feminine, plurals, duals, accusative, construct plural."""


def nisba_forms(word: str) -> list[str]:
    """Return the forms of an Arabic relative adjective (``عراقي``: عراقية, عراقيين …)."""
    if not word.endswith("ي"):
        return [word]
    head, _, last = word.rpartition(" ")
    if not head:
        return [word + ending for ending in _NISBA_ENDINGS]
    first = nisba_forms(head)
    return [
        f"{one} {article}{other}"
        for one, other in zip(first, nisba_forms(last), strict=False)
        for article in ("", "ال")
    ]


def english_plurals(word: str) -> list[str]:
    """Return a demonym and its plural, where it has one (``Iraqi``: Iraqis; ``Chinese``)."""
    if word.endswith(("ese", "ish", "ch", "ss", "men", "s")):
        return [word]
    return [word, word + "s"]
