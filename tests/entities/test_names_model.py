"""A name model of the user's own: tiny ONNX models made here, run for real."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from streams.entities import annotate
from streams.entities.names_gliner import KINDS
from streams.entities.names_model import BadModel, load_model
from streams.entities.names_onnx import joined
from tests.entities.articles import flagged

WORDS = [
    "[UNK]",
    "Mira",
    "Dahan",
    "visited",
    "Oldport",
    "with",
    "the",
    "Harbour",
    "Council",
    "quorl",
]
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "B-ORG", "I-ORG"]
TRUTH = {"Mira": 1, "Dahan": 2, "Oldport": 3, "Harbour": 4, "Council": 5, "quorl": 4}


@pytest.fixture
def onnx() -> Any:
    pytest.importorskip("onnxruntime", reason="the extra `ner` is not installed")
    pytest.importorskip("tokenizers", reason="the extra `ner` is not installed")
    return pytest.importorskip("onnx", reason="only this test makes models with onnx")


def _tokenizer(path: Path, words: list[str]) -> None:
    kit = pytest.importorskip("tokenizers")
    known = {word: number for number, word in enumerate(words)}
    made = kit.Tokenizer(kit.models.WordLevel(known, unk_token="[UNK]"))
    made.pre_tokenizer = kit.pre_tokenizers.Whitespace()
    made.save(str(path / "tokenizer.json"))


def _save(
    onnx: Any,
    path: Path,
    nodes: list[Any],
    inputs: list[tuple[str, list[Any]]],
    constants: dict[str, np.ndarray],
) -> None:
    helper, kinds = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        nodes, "tiny",
        [helper.make_tensor_value_info(n, kinds.INT64, shape) for n, shape in inputs],
        [helper.make_tensor_value_info("logits", kinds.FLOAT, None)],
        [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, str(path / "model.onnx"))


def _classifier(onnx: Any, path: Path) -> None:
    table = np.full((len(WORDS), len(LABELS)), -4, dtype=np.float32)
    for number, word in enumerate(WORDS):
        table[number, TRUTH.get(word, 0)] = 4
    nodes = [onnx.helper.make_node("Gather", ["table", "input_ids"], ["logits"])]
    _save(onnx, path, nodes, [("input_ids", ["b", "s"])], {"table": table})
    _tokenizer(path, WORDS)
    labels = {str(n): name for n, name in enumerate(LABELS)}
    (path / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")


def test_a_token_classifier_on_disk_finds_names_at_exact_offsets(onnx: Any, tmp_path: Path) -> None:
    _classifier(onnx, tmp_path)
    text = "Mira Dahan visited Oldport with the Harbour Council"
    found = list(load_model(tmp_path).names(text))
    assert [(text[a:b], label) for a, b, label, _ in found] == [
        ("Mira Dahan", "PER"), ("Oldport", "LOC"), ("Harbour Council", "ORG"),
    ]  # fmt: skip
    assert all(0.9 < confidence <= 1 for *_, confidence in found)


def test_long_texts_are_read_in_windows(onnx: Any, tmp_path: Path) -> None:
    _classifier(onnx, tmp_path)
    text = "visited the " * 400 + "Oldport"
    assert [text[a:b] for a, b, *_ in load_model(tmp_path).names(text)] == ["Oldport"]


def test_a_gliner_on_disk_finds_names_at_exact_offsets(onnx: Any, tmp_path: Path) -> None:
    make = onnx.helper.make_node
    words = [*WORDS, "<<ENT>>", "<<SEP>>", *KINDS]
    table = np.full((len(words), len(KINDS)), -4, dtype=np.float32)
    table[words.index("Mira"), KINDS.index("person")] = 4
    table[words.index("Oldport"), KINDS.index("location")] = 4
    nodes = [
        make("Gather", ["table", "input_ids"], ["pieces"]),
        make("Squeeze", ["text_lengths", "both"], ["count"]),
        make("Add", ["count", "one"], ["after"]),
        make("Range", ["one", "after", "one"], ["numbers"]),
        make("Unsqueeze", ["numbers", "last"], ["column"]),
        make("Unsqueeze", ["words_mask", "middle"], ["mask"]),
        make("Equal", ["column", "mask"], ["same"]),
        make("Cast", ["same"], ["chosen"], to=onnx.TensorProto.FLOAT),
        make("MatMul", ["chosen", "pieces"], ["scores"]),
        make("Unsqueeze", ["scores", "second"], ["logits"]),
    ]
    constants = {
        "table": table, "one": np.array(1), "both": np.array([0, 1]), "last": np.array([1]),
        "middle": np.array([1]), "second": np.array([2]),
    }  # fmt: skip
    inputs = [("input_ids", ["b", "s"]), ("words_mask", ["b", "s"]), ("text_lengths", ["b", 1])]
    _save(onnx, tmp_path, nodes, inputs, constants)
    _tokenizer(tmp_path, words)
    (tmp_path / "gliner_config.json").write_text('{"max_width": 1}', encoding="utf-8")
    text = "Mira visited Oldport"
    found = list(load_model(tmp_path).names(text))
    assert [(text[a:b], kind) for a, b, kind, _ in found] == [
        ("Mira", "person"), ("Oldport", "location"),
    ]  # fmt: skip


@pytest.mark.usefixtures("onnx")
def test_a_directory_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match=r"model\.onnx"):
        load_model(tmp_path)


def test_a_model_of_ones_own_adds_names_to_an_article(onnx: Any, tmp_path: Path) -> None:
    _classifier(onnx, tmp_path)
    article = flagged("we visited with the quorl")
    assert annotate(article).entities == ()
    own = annotate(article, name_model=load_model(tmp_path)).entities
    assert [(e.text, e.type, e.rule) for e in own] == [("quorl", "organization", "model.own")]
    assert article.text[own[0].start : own[0].end] == "quorl"


def test_labels_without_prefixes_join_and_ends_are_read() -> None:
    words = [(0, 3, "PER", 0.9), (4, 7, "PER", 0.8), (8, 9, "O", 1.0), (10, 12, "U-LOC", 0.7)]
    assert list(joined(words)) == [(0, 7, "PER", 0.8), (10, 12, "LOC", 0.7)]


def test_a_new_beginning_parts_two_names() -> None:
    words = [(0, 3, "B-PER", 0.9), (4, 7, "B-PER", 0.8), (8, 9, "I-PER", 0.6)]
    assert list(joined(words)) == [(0, 3, "PER", 0.9), (4, 9, "PER", 0.6)]
