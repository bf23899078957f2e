"""A name model of the user's own: an ONNX export of a token classifier, or of a GLiNER.

A directory holds ``model.onnx`` (or ``onnx/model.onnx``), ``tokenizer.json`` and, for a
token classifier, ``config.json`` with ``id2label``; for a GLiNER ``gliner_config.json``.
Needs the extra ``ner`` (onnxruntime, tokenizers); nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from schemas.entity import EntityType
from streams.entities.candidate import Candidate, Passage
from streams.entities.names_gliner import GlinerModel
from streams.entities.names_onnx import TokenModel

_TYPES: dict[str, EntityType] = {
    "PER": "person", "PERS": "person", "PERSON": "person", "HUMAN": "person",
    "ORG": "organization", "ORGANIZATION": "organization", "ORGANISATION": "organization",
    "LOC": "location", "GPE": "location", "LOCATION": "location", "PLACE": "location",
    "CITY": "location", "COUNTRY": "location", "FAC": "facility", "FACILITY": "facility",
    "GOVERNMENT": "government", "ARMED GROUP": "armed_group", "SECURITY FORCE": "security_force",
}  # fmt: skip


class BadModel(ValueError):
    """Raised when a model cannot be loaded; says what is missing and what helps."""


class NameModel(Protocol):
    """Finds names in a text; the labels are the model's own."""

    def names(self, text: str) -> Iterator[tuple[int, int, str, float]]:
        """Yield start, end (code points), label and confidence of each name."""


def load_model(directory: Path) -> NameModel:
    """Return the model of a directory.

    Raises:
        BadModel: a file is missing or unreadable, or the extra ``ner`` is not installed.
    """
    try:
        return _loaded(directory)
    except ModuleNotFoundError as error:
        raise BadModel(f"{error.name} is missing: install incident-streams[ner]") from error
    except (OSError, KeyError, ValueError) as error:
        raise BadModel(f"no name model in {directory}: {error}") from error


def _loaded(directory: Path) -> NameModel:
    gliner = directory / "gliner_config.json"
    model, tokenizer = _session(directory), _tokenizer(directory)
    if gliner.exists():
        return GlinerModel(model, tokenizer, json.loads(gliner.read_text(encoding="utf-8")))
    config = json.loads((directory / "config.json").read_text(encoding="utf-8"))
    labels = {int(number): name for number, name in config["id2label"].items()}
    return TokenModel(model, tokenizer, [labels[n] for n in range(len(labels))])


def _session(directory: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - an optional extra

    for name in ("model.onnx", "onnx/model.onnx"):
        if (directory / name).exists():
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            return onnxruntime.InferenceSession(str(directory / name), options)
    raise FileNotFoundError(f"{directory} has no model.onnx")


def _tokenizer(directory: Path) -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415 - an optional extra

    path = directory / "tokenizer.json"
    if not path.exists():
        raise FileNotFoundError(f"{directory} has no tokenizer.json")
    return Tokenizer.from_file(str(path))


def find_by_model(passages: Sequence[Passage], model: NameModel) -> Iterator[Candidate]:
    """Yield the names that a user's model finds, sentence by sentence; other labels are left."""
    for passage in passages:
        spans = [(s.start, s.end) for s in passage.segment.sentences]
        for start, end in spans or [(passage.start, passage.start + len(passage.text))]:
            sentence = passage.text[start - passage.start : end - passage.start]
            for first, last, label, confidence in model.names(sentence):
                kind = _TYPES.get(label.upper().replace("_", " "))
                if kind is not None:
                    yield Candidate(
                        start=start + first, end=start + last, type=kind,
                        confidence=confidence, rule="model.own",
                    )  # fmt: skip
