"""How a form of a lexicon can open: the letters a regular expression may start with.

A sentence is read once, word by word; only the forms that can open with a word's first letters
are tried there.  `openings` reads the few constructs that the data files use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DEPTH = 4
"""Letters of an opening."""

_LOOK = ("(?=", "(?!", "(?<=", "(?<!")
_ATOM = re.compile(r"\\.|\[\^?\]?[^\]]*\]|\(|.", re.DOTALL)
_TIMES = re.compile(r"[?*+]|\{(\d+)(?:,\d*)?\}")
_ANY = "\0"
"""Stands for a letter that may be any: an opening ends before it."""


def alternatives(forms: str) -> list[str]:
    """Return the top-level alternatives of a regular expression."""
    made: list[str] = []
    depth = start = 0
    for match in _ATOM.finditer(forms):
        char = match.group()
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            made.append(forms[start : match.start()])
            start = match.end()
    return [*made, forms[start:]]


def openings(form: str) -> frozenset[str]:
    """Return the letters that whatever ``form`` matches opens with, at most `DEPTH` each.

    A shorter opening means that any letter may follow; an empty one that any word may match.
    """
    return frozenset(o.split(_ANY, 1)[0] for o in _of_choice(form))


def _of_choice(form: str) -> set[str]:
    return {o for part in alternatives(form) for o in _of_row(part)}


def _of_row(form: str) -> set[str]:
    """Return the openings of atoms in a row, cut at `DEPTH`."""
    made = {""}
    for starts, least in _atoms(form):
        options = starts if least else starts | {""}
        made = {o if _full(o) else (o + tail)[:DEPTH] for o in made for tail in (options or {""})}
        if all(_full(o) for o in made):
            break
    return made


def _full(opening: str) -> bool:
    return len(opening) >= DEPTH or _ANY in opening


def _atoms(form: str) -> Iterator[tuple[set[str], int]]:
    """Yield the openings of each atom and how often it stands at least."""
    at = 0
    while at < len(form):
        if form[at] == "(":
            end = _closing(form, at)
            inner = form[at:end]
            starts = set() if inner.startswith(_LOOK) else _of_choice(_inside(inner))
        else:
            match = _ATOM.match(form, at)
            assert match is not None
            end, starts = match.end(), _of_atom(match.group())
        times = _TIMES.match(form, end)
        least = 1
        if times is not None:
            least = int(times.group(1) or (times.group() == "+"))
            end = times.end()
            if times.group() != "?":
                starts = {s if _full(s) else s + _ANY for s in starts}
            if form[end : end + 1] == "?":
                end += 1
        if starts:
            yield starts, least
        at = end


def _of_atom(atom: str) -> set[str]:
    if atom in {r"\b", "^", "$"}:
        return set()
    if atom.startswith("["):
        letters = atom[1:-1]
        plain = letters[0] != "^" and "\\" not in letters and not re.search(r"\w-\w", letters)
        return set(letters) if plain else {_ANY}
    if atom == r"\d":
        return set("0123456789")
    if atom.startswith("\\"):
        return {_ANY} if atom[1].isalnum() else {atom[1]}
    return {_ANY} if atom == "." else {atom}


def _closing(form: str, at: int) -> int:
    """Return where the group that opens at ``at`` ends."""
    depth = 0
    for match in _ATOM.finditer(form, at):
        depth += (match.group() == "(") - (match.group() == ")")
        if depth == 0:
            return match.end()
    raise ValueError(f"a group of {form!r} is not closed")


def _inside(group: str) -> str:
    return re.sub(r"^\((?:\?:|\?P<\w+>)?", "", group)[:-1]
