"""Fuzzes the decoder and every stage where new code is reached (atheris, libFuzzer).

    python -m tests.fuzz.guided [-runs=200000] [-max_total_time=SECONDS] [-seed=1] CORPUS
    python -m tests.fuzz.guided INPUT…     once more what it found

The folder CORPUS is filled with a real message of each topic and with texts, and with what is
found on the way.  The first byte of an input says what the rest is: a message of one of the
topics, or the text of an article.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris
import orjson

with atheris.instrument_imports(include=["streams", "schemas"]):
    from streams.pipeline import PIPELINE
    from streams.topics import ARTICLES
    from streams.warm import warm_up
    from tests.delivery.harness import article
    from tests.fuzz.line import through, workers

TOPICS = [stage.consumes for stage in PIPELINE]
TEXT = len(TOPICS)
TEXTS = (
    "قُتل 12 شخصا وأصيب ٣٠ بانفجار سيارة مفخخة في سوق النخيل بالبصرة، الخميس، بحسب الشرطة.",
    "BASRA (Agency) - At least 14 people were wounded on March 3, 2019, said a spokesman.",
    "«هذا عمل جبان»، قال الناطق.\n\n— Salim (@salim) March 3, 2019\n#سوق_النخيل\nاقرأ أيضا: خبر",
)
LINE = workers()


def one_input(data: bytes) -> None:
    """Take an input through the line."""
    if not data:
        return
    kind, rest = data[0] % (TEXT + 1), data[1:]
    if kind == TEXT:
        through(LINE, ARTICLES, orjson.dumps({"text": rest.decode("utf-8", "replace")}))
    else:
        through(LINE, TOPICS[kind], rest)


def fill(corpus: Path) -> None:
    """Write a message of each topic, and texts."""
    for number, text in enumerate(TEXTS):
        (corpus / f"text-{number}").write_bytes(bytes([TEXT]) + text.encode())
    values = [article(1)[1]]
    for number, worker in enumerate(LINE):
        (corpus / f"topic-{number}").write_bytes(bytes([number]) + values[0])
        made = worker.stage.run(worker.handoff.decode(values[0], worker.stage.consumes))
        values = [one.to_json() for one in made]


def main() -> None:
    """Fuzz until an input fails or there were enough."""
    given = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    if not given:
        sys.exit(__doc__)
    warm_up()
    if not given[0].is_file():
        given[0].mkdir(parents=True, exist_ok=True)
        fill(given[0])
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
