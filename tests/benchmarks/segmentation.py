"""Speed of segmentation, alone and with the translation flag, beside other tools on one text.

Run with ``python -m tests.benchmarks.segmentation``.  The other tools are no dependencies of
the project: those that are not installed are skipped, with the reason.  pysbd and blingfire
only find sentences (no blocks, posts, quotations, hashtags), so they do a part of the work.
Times are process time on one core: the best of several rounds and their median.
"""

from __future__ import annotations

import importlib
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from schemas import Article
from streams.segmentation import segment
from streams.translation import flag

ARTICLES = Path(__file__).parent.parent / "segmentation" / "articles"
CHARACTERS = 3300
"""Length of an article, that of a longer agency report."""

ROUNDS = 9
SECONDS = 0.4
"""Length of a round."""


def sample() -> str:
    """Return an article of the length, from Arabic and English test articles in turn."""
    names = ["arabic_agency", "posts_mixed", "english_agency", "persian", "posts_english"]
    lines: list[str] = []
    while sum(len(line) + 1 for line in lines) < CHARACTERS:
        for name in names:
            text = (ARTICLES / f"{name}.txt").read_text("utf-8")
            lines += [line for line in text.splitlines() if line and not line.startswith("=== ")]
    return "\n".join(lines)[:CHARACTERS]


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """Return how often a second work is done: in the best round, in the median one."""
    work()
    rates = []
    for _ in range(ROUNDS):
        start, done = time.process_time(), 0
        while (spent := time.process_time() - start) < SECONDS:
            work()
            done += 1
        rates.append(done / spent)
    return max(rates), statistics.median(rates)


def _pysbd(text: str) -> Callable[[], object]:
    segmenter: Any = importlib.import_module("pysbd").Segmenter(language="ar", char_span=True)
    return lambda: segmenter.segment(text)


def _blingfire(text: str) -> Callable[[], object]:
    split: Any = importlib.import_module("blingfire").text_to_sentences_and_offsets
    return lambda: split(text)


def _lingua(text: str) -> Callable[[], object]:
    lingua: Any = importlib.import_module("lingua")
    detector = lingua.LanguageDetectorBuilder.from_all_languages().build()
    lines, sentences = text.split("\n"), _pysbd(text)
    return lambda: (sentences(), [detector.detect_language_of(line) for line in lines])


def _cld2(text: str) -> Callable[[], object]:
    detect: Any = importlib.import_module("pycld2").detect
    lines, sentences = text.split("\n"), _blingfire(text)
    return lambda: (sentences(), [detect(line) for line in lines])


def main() -> None:
    """Print articles a second for each tool."""
    text = sample()
    article = Article(article_id="a", text=text)
    kinds = [one.kind for one in segment(article).segments]
    print(f"{len(text)} characters, {len(kinds)} blocks of {len(set(kinds))} kinds\n")
    print(f"{'work':44}{'best':>10}{'median':>10}  articles/s")
    tools: dict[str, Callable[[str], Callable[[], object]]] = {
        "segmentation": lambda _: lambda: segment(article),
        "segmentation + translation flag": lambda _: lambda: flag(segment(article)),
        "pysbd (sentences only)": _pysbd,
        "blingfire (sentences only)": _blingfire,
        "pysbd + lingua (language of each line)": _lingua,
        "blingfire + pycld2 (language of each line)": _cld2,
    }
    for name, prepare in tools.items():
        try:
            work = prepare(text)
        except ImportError as error:
            print(f"{name:44}   skipped: {error}")
            continue
        best, median = measure(work)
        print(f"{name:44}{best:10.0f}{median:10.0f}")


if __name__ == "__main__":
    main()
