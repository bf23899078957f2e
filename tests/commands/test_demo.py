"""The demo as a person runs it: a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.broker import need_kafka
from tests.delivery.harness import article

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """Write two articles and nothing about what must come out."""
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b"\n".join(article(n)[1] for n in range(2)))
    return file


def _demo(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    need_kafka()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWS_")}
    return subprocess.Popen(
        [sys.executable, "-m", "streams", "demo", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, "PATH": "/usr/bin:/bin", "JAVA_HOME": "", "TMPDIR": str(folder)},
    )


@pytest.fixture
def demo(samples: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], psutil.Process]]:
    """Start a demo and wait until its articles are sent; give it and its broker."""
    process = _demo("--samples", str(samples), folder=tmp_path)
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "articles sent" in line:
            break
    children = psutil.Process(process.pid).children(recursive=True)
    assert [one for one in children if "java" in one.name()], said
    try:
        yield process, next(one for one in children if "java" in one.name())
    finally:
        process.kill()
        process.communicate()


def _gone(process: psutil.Process, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_a_signal_ends_the_demo_its_broker_and_its_folder(
    demo: tuple[subprocess.Popen[str], psutil.Process], number: signal.Signals, tmp_path: Path
) -> None:
    process, broker = demo
    process.send_signal(number)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert _gone(broker)
    assert not list(tmp_path.glob("incident-streams-*"))


def test_signal_9_leaves_no_broker_behind(
    demo: tuple[subprocess.Popen[str], psutil.Process],
) -> None:
    process, broker = demo
    process.kill()
    assert _gone(broker)


def test_once_ends_by_itself_and_keeps_its_data_where_asked(samples: Path, tmp_path: Path) -> None:
    data = tmp_path / "kept"
    process = _demo("--once", "--samples", str(samples), "--data", str(data), folder=tmp_path)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert "2 articles sent" in said
    assert (data / "kafka" / "broker-1" / "data").is_dir()
    assert (data / "worker.log").stat().st_size > 0


def test_once_fails_when_something_is_missing(samples: Path, tmp_path: Path) -> None:
    (samples.parent / "expected.json").write_text('[{"sub_event_type": "Grenade"}]')
    process = _demo("--once", "--samples", str(samples), folder=tmp_path)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert "missing: " in said
