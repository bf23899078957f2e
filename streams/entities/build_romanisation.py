"""Compiles how Latin script writes Arabic names: ``python -m streams.entities.build_romanisation``.

Needs the extra ``gazetteer`` (arabic-name-romanizer).  Keeps, for each word, the spelling
that most people of that name use in Wikidata (CC0); other sources of that package stay out.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from streams.text.fold import fold_name

TARGET = Path(__file__).parent / "data" / "romanise" / "words.tsv"
LEAST = 2
"""People of a spelling below which it is left out."""
HEADER = """\
# How Latin script writes Arabic names, the spelling of most bearers: Wikidata (CC0), through
# arabic-name-romanizer (MIT). Made by streams.entities.build_romanisation; may be edited.
word\tlatin
"""


def source() -> Path:
    """Return the names that the package carries."""
    spec = find_spec("arabic_name_romanizer")
    if spec is None or spec.origin is None:
        raise SystemExit("arabic-name-romanizer is missing: install the extra `gazetteer`")
    return Path(spec.origin).parent / "resources" / "names.sqlite3"


def spellings(path: Path) -> dict[str, str]:
    """Return the commonest spelling of each folded word."""
    counts: dict[str, Counter[str]] = {}
    query = "SELECT arabic_key, latin, count FROM units WHERE source = 'wikidata'"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        for word, latin, count in base.execute(query):
            if " " not in word and latin.replace("-", "").replace("'", "").isalpha():
                counts.setdefault(fold_name(word), Counter())[latin] += count
    best = {word: max(table.items(), key=_preferred) for word, table in counts.items() if word}
    return {word: latin for word, (latin, count) in best.items() if count >= LEAST}


def _preferred(item: tuple[str, int]) -> tuple[float, str]:
    """Prefer English spellings to French ones of a like count (``Yusuf`` to ``Youssouf``)."""
    latin, count = item
    return count * (0.6 if "ou" in latin.lower() else 1.0), latin


def main() -> int:
    """Write the table and print its size."""
    table = spellings(source())
    lines = [f"{word}\t{latin}\n" for word, latin in sorted(table.items())]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(lines)} words\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
