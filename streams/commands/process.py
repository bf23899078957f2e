"""`process`: articles in, records out, without a broker."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import orjson
import typer

from schemas import Article, Contract, IncidentReport
from streams.entities.names_model import BadModel, NameModel, load_model
from streams.errors import PermanentError, PipelineError, StageRejected
from streams.merging import merge_all
from streams.pipeline import ENTITIES, INCIDENTS, PIPELINE, SEGMENTATION, TRANSLATION, Stage
from streams.reception import article_of, receive


class Through(StrEnum):
    """The last stage to run."""

    segmentation = SEGMENTATION.name
    translation = TRANSLATION.name
    entities = ENTITIES.name
    incidents = INCIDENTS.name


@dataclass(frozen=True, slots=True)
class Line:
    """One input: where it stood and what it held."""

    number: int
    value: bytes | None = None
    decoded: Any = None

    def article(self) -> Article:
        """Return the article, or raise what is wrong with it."""
        return receive(self.value) if self.value is not None else article_of(self.decoded)


def lines(path: Path | None) -> Iterator[Line]:
    """Yield the inputs of a file: JSON lines, a JSON array, or one plain text."""
    if path is not None and path.suffix.lower() == ".txt":
        text = path.read_bytes().decode("utf-8", errors="surrogateescape")
        yield Line(1, decoded={"text": text, "article_id": path.stem})
        return
    if path is None:
        yield from _json(sys.stdin.buffer)
    else:
        with path.open("rb") as stream:
            yield from _json(stream)


def _json(stream: BinaryIO) -> Iterator[Line]:
    number = 0
    for raw in stream:
        number += 1
        if not raw.strip():
            continue
        if number == 1 and raw.lstrip().startswith(b"["):
            yield from _array(raw + stream.read())
            return
        yield Line(number, raw)


def _array(value: bytes) -> Iterator[Line]:
    try:
        items = orjson.loads(value)
    except orjson.JSONDecodeError:
        yield Line(1, value)
        return
    yield from (Line(number, decoded=item) for number, item in enumerate(items, 1))


def run(article: Article, stages: Iterable[Stage], options: dict[str, Any]) -> list[Contract]:
    """Return every value that the stages make of the article, in order.

    Raises:
        StageRejected: a stage failed on it.
    """
    made: list[Contract] = [article]
    for stage in stages:
        try:
            made.extend(stage.run(made[-1], **options))
        except PipelineError:
            raise
        except Exception as error:
            raise StageRejected(f"{stage.name}: {type(error).__name__}: {error}") from error
    return made


def record(made: list[Contract], *, with_incidents: bool) -> bytes:
    """Return the article with all that was found, and its reports, as one JSON line."""
    reports = [value for value in made if isinstance(value, IncidentReport)]
    article = [value for value in made if isinstance(value, Article)][-1]
    value = article.model_dump(mode="json", exclude_none=True)
    if with_incidents:
        value["incidents"] = [r.model_dump(mode="json", exclude_none=True) for r in reports]
    return orjson.dumps(value)


def _failure(line: Line, error: PermanentError) -> bytes:
    return orjson.dumps({"error": {"kind": error.kind, "message": str(error), "line": line.number}})


def _model(directory: Path | None) -> NameModel | None:
    try:
        return load_model(directory) if directory else None
    except BadModel as error:
        raise typer.BadParameter(str(error)) from error


Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="JSON lines, a JSON array or .txt files; `-` or nothing is standard input.",
        show_default=False,
    ),
]
Last = Annotated[Through, typer.Option(help="The last stage to run.")]
Merge = Annotated[
    bool, typer.Option("--merge", help="Write one merged incident per line at the end.")
]
Explanation = Annotated[
    bool,
    typer.Option(
        "--explain", help="Print the article with its evidence marked, the record beside it."
    ),
]
Targets = Annotated[str, typer.Option(help="Languages that need no translation, comma-separated.")]
Model = Annotated[
    Path | None, typer.Option(help="Folder of an ONNX name model of your own (extra `ner`).")
]


def process(
    files: Files = None,
    through: Last = Through.incidents,
    merge: Merge = False,
    explanation: Explanation = False,
    targets: Targets = "en",
    name_model: Model = None,
) -> None:
    """Read articles and write one JSON line for each: segments, entities and incidents.

    Needs no broker.  A line that cannot be processed becomes an {"error": …} line in its
    place, the rest goes on, and the exit status is 1.

        incident-streams process article.txt
        cat articles.jsonl | incident-streams process - --merge
        incident-streams process article.txt --explain
    """
    if explanation and (merge or through is not Through.incidents):
        raise typer.BadParameter("goes alone, through all stages", param_hint="--explain")
    options = {
        "targets": tuple(t.strip() for t in targets.split(",") if t.strip()),
        "name_model": _model(name_model),
    }
    made = _all(inputs(files or [Path("-")]), through, options)
    failed = _merged(made) if merge else _each(made, through, explanation=explanation)
    sys.stdout.buffer.flush()
    raise typer.Exit(1 if failed else 0)


Made = list[Contract] | bytes
"""What the stages made of an input, or the line that tells why they could not."""


def _all(lines: Iterable[Line], through: Through, options: dict[str, Any]) -> Iterator[Made]:
    stages = PIPELINE[: [stage.name for stage in PIPELINE].index(through) + 1]
    for line in lines:
        try:
            yield run(line.article(), stages, options)
        except PermanentError as error:
            yield _failure(line, error)


def _each(made: Iterable[Made], through: Through, *, explanation: bool) -> int:
    """Write what was made of each input; return how many failed."""
    failed = 0
    for one in made:
        if isinstance(one, bytes):
            failed += 1
            _write(one)
        elif explanation:
            _explain(one)
        else:
            _write(record(one, with_incidents=through is Through.incidents))
    return failed


def _merged(made: Iterable[Made]) -> int:
    """Write the incidents that all reports tell of; return how many inputs failed."""
    failed = 0
    reports: list[IncidentReport] = []
    for one in made:
        if isinstance(one, bytes):
            failed += 1
            _write(one)
        else:
            reports += (value for value in one if isinstance(value, IncidentReport))
    for incident in merge_all(reports):
        _write(incident.to_json())
    return failed


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")


def _explain(made: list[Contract]) -> None:
    from rich.console import Console

    from streams.commands.explain import explain

    explain(made, Console(highlight=False, markup=False, emoji=False))


def inputs(files: list[Path]) -> Iterator[Line]:
    """Yield every input of every file in order.

    Raises:
        typer.BadParameter: a file cannot be read.
    """
    for path in files:
        try:
            yield from lines(None if str(path) == "-" else path)
        except OSError as error:
            raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="FILE") from error
