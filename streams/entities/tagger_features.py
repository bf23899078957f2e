"""Features of single words for the Arabic tagger; context is the model's business."""

from __future__ import annotations

from collections.abc import Iterator
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


def _flags(prefix: str, word: str, table: WordTable) -> Iterator[str]:
    marked = table.mark(word)
    for bit, name in enumerate(FLAGS):
        if marked >> bit & 1:
            yield f"{prefix}{name}"
    yield f"{prefix}use{table.use(word) // 15}"


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
    found += (f"p{n}{core[:n]}" for n in (1, 2, 3) if len(core) > n)
    found += (f"e{n}{core[-n:]}" for n in (1, 2, 3, 4) if len(core) > n)
    found += (f"g{core[i : i + 3]}" for i in range(len(core) - 2))
    found += _flags("", bare, table)
    if core != bare:
        found += _flags("core_", core, table)
    named = {*_cue_ids().get(word, ()), *_cue_ids().get(bare, ())}
    found += (f"cue_{cue}" for cue in sorted(named))
    return found
