"""What the Containerfile does, done without a container engine, in a folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.test_deploy import BIN, DEPLOY

ROOT = DEPLOY.parent
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
SAMPLES = DEPLOY / "samples" / "articles.jsonl"
COMPILED = ("text", "record", "segmentation", "translation", "entities", "incidents", "merging")


def _copied(context: Path, build: Path) -> None:
    """Copy into ``build`` what the first stage copies out of the build context."""
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE):
        for name in sources.split():
            source, target = context / name, build / Path(name).name
            assert source.exists(), f"{name} is not in the build context (.dockerignore)"
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)


def _context(folder: Path) -> Path:
    """Return a folder with what .dockerignore lets through."""
    let_in = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    for name in let_in:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    return folder


def _run(*command: str | Path, stdin: str = "", **more: str) -> str:
    own = {k: v for k, v in os.environ.items() if not k.startswith("NEWS_")} | more
    done = subprocess.run(
        [str(c) for c in command], input=stdin, env=own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_steps_of_the_containerfile_make_a_worker_that_says_the_same_as_the_checkout(
    tmp_path: Path,
) -> None:
    build, home = tmp_path / "build", tmp_path / "incident-streams"
    build.mkdir()
    _copied(_context(tmp_path / "context"), build)
    python = home / "bin" / "python"
    _run(BIN / "uv", "venv", "--quiet", "--seed", "--python", sys.executable, home)
    install = (BIN / "uv", "pip", "install", "--quiet", "--python", python)
    for lock in ("requirements.lock", "tracing.lock", "compile.lock"):
        _run(*install, "--require-hashes", "--requirement", build / lock)
    setting = re.search(r"(HATCH_BUILD_HOOKS_ENABLE)=(\S+)", CONTAINERFILE)
    assert setting is not None
    pip = (python, "-m", "pip", "install", "--no-deps", "--no-build-isolation", build)
    _run(*pip, **{setting[1]: setting[2]})
    removed = re.search(r"pip uninstall --yes ([^\n]+)", CONTAINERFILE)
    assert removed is not None
    _run(python, "-m", "pip", "uninstall", "--yes", *removed[1].split())
    shutil.rmtree(build)

    command = home / "bin" / "incident-streams"
    for folder in COMPILED:
        assert list(home.glob(f"lib/*/site-packages/streams/{folder}/*.so")), folder
    for options in ((), ("--merge",)):
        made = _run(command, "process", SAMPLES, *options)
        assert '"event_type"' in made
        assert made == _run(BIN / "incident-streams", "process", SAMPLES, *options)
    _run(python, "-c", "import streams.worker, streams.commands.worker")
    _run(python, "-c", "import opentelemetry.exporter.otlp.proto.http.trace_exporter")
    assert "NEWS_BROKER" in _run(command, "settings", "--json")


def test_the_image_is_no_root_and_keeps_what_it_writes_in_volumes() -> None:
    user = re.search(r"^USER (\d+):\d+$", CONTAINERFILE, re.MULTILINE)
    assert user is not None
    assert int(user[1]) >= 10_000
    folder = re.search(r"NEWS_DATA_DIRECTORY=(\S+)", CONTAINERFILE)
    assert folder is not None
    assert f"--owner={user[1]}" in CONTAINERFILE
    assert f'"{folder[1]}"' in CONTAINERFILE.partition("VOLUME")[2]
    labels = re.findall(r"org\.opencontainers\.image\.(\w+)=", CONTAINERFILE)
    assert {"title", "description", "licenses", "version", "revision"} <= set(labels)
