"""What the code of the project never does, and what Faust is told not to do."""

from __future__ import annotations

import ast
from pathlib import Path

import faust
import pytest

import streams
from streams.app import create_app
from streams.settings import Settings

ROOT = Path(streams.__file__).parents[1]
FILES = sorted(file for name in ("streams", "schemas") for file in (ROOT / name).rglob("*.py"))
MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "joblib", "jsonpickle"}
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen"}


def _dangers(source: str) -> set[str]:
    """Return what of a module unpacks or runs what it is given."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name.split(".")[0] for one in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "").split(".")[0]} & MODULES
        elif isinstance(node, ast.Call):
            found |= _call(node)
    return found


def _call(node: ast.Call) -> set[str]:
    function = node.func
    if isinstance(function, ast.Name):
        found = {function.id} & CALLS
    elif isinstance(function, ast.Attribute):
        owner = function.value
        of_os = isinstance(owner, ast.Name) and owner.id in {"os", "builtins"}
        found = {function.attr} & CALLS if of_os else set()
    else:
        found = set()
    shell = any(one.arg == "shell" for one in node.keywords)
    return found | ({"shell"} if shell else set())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_module_unpickles_evaluates_or_runs_text(file: Path) -> None:
    assert _dangers(file.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval('1')",
        "os.system('x')",
        "run(shell=True)",
    ],
)
def test_each_danger_is_seen(source: str) -> None:
    assert _dangers(source)


def test_faust_serves_no_web_pages_and_no_tables_and_declares_no_topics(tmp_path: Path) -> None:
    app: faust.App = create_app(Settings(store="memory", data_directory=tmp_path))
    assert app.conf.web_enabled is False
    assert app.conf.web_tables_enabled is False
    assert app.conf.topic_allow_declare is False
    assert app.conf.web_bind == "127.0.0.1"


def test_all_topics_are_read_as_bytes(tmp_path: Path) -> None:
    app: faust.App = create_app(Settings(store="memory", data_directory=tmp_path))
    for agent in app.agents.values():
        assert (agent.channel.key_type, agent.channel.value_type) == (bytes, bytes)
        assert agent.channel.schema.value_serializer == "raw"
