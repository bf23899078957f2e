"""Features of single words for the Arabic tagger; context is the model's business."""

from __future__ import annotations

from functools import cache

from streams.entities.names_lexicon import cues
from streams.entities.tagger_words import FLAGS, WordTable, stem

_ARTICLE = "ال"


@cache
def _cue_ids() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, phrases in cues("arabic").ids.items():
        for phrase in phrases:
            if " " not in phrase:
                found.setdefault(phrase, []).append(name)
            else:
                for part in phrase.split():
                    found.setdefault(part, []).append(f"{name}_part")
    return found


@cache
def _knowledge(prefix: str, flags: int, use: int) -> tuple[str, ...]:
    names = tuple(f"{prefix}{name}" for bit, name in enumerate(FLAGS) if flags >> bit & 1)
    return (*names, f"{prefix}use{use}")


def _known(prefix: str, word: str, table: WordTable) -> tuple[str, ...]:
    row = table.rows.get(word)
    if row is None:
        return _knowledge(prefix, 0, 0)
    return _knowledge(prefix, table.flags[row], table.frequency[row] // 15)


@cache
def _cue_features(word: str, bare: str) -> tuple[str, ...]:
    named = {*_cue_ids().get(word, ()), *_cue_ids().get(bare, ())}
    return tuple(f"cue_{cue}" for cue in sorted(named))


def describe(word: str, table: WordTable) -> list[str]:
    """Return the features of a folded word, the most particular first."""
    if not word[0].isalpha():
        return ["digits" if word[0].isdigit() else f"mark{word}"]
    if word[0] < "\u0590":
        return ["latin", f"latin_long{min(len(word), 6)}", f"w={word}"]
    bare = stem(word, table)
    core = bare.removeprefix(_ARTICLE) if len(bare) > 4 else bare
    found = [f"w={word}", f"s={bare}", f"c={core}", f"long{min(len(core), 8)}"]
    found.append(f"cut{word[: len(word) - len(bare)] if word.endswith(bare) else 'll'}")
    if core != bare:
        found.append("article")
    size = len(core)
    found += [f"p{n}{core[:n]}" for n in (1, 2, 3) if size > n]
    found += [f"e{n}{core[-n:]}" for n in (1, 2, 3, 4) if size > n]
    found += [f"g{core[at : at + 3]}" for at in range(size - 2)]
    found += _known("", bare, table)
    if core != bare:
        found += _known("core_", core, table)
    if word in _cue_ids() or bare in _cue_ids():
        found += _cue_features(word, bare)
    return found
