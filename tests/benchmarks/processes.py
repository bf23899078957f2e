"""Other processes under measurement: their CPU time, memory and lines."""

from __future__ import annotations

import contextlib
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import orjson
import psutil

ROOT = Path(__file__).parents[2]
RIVALS = ROOT / ".venv" / "benchmarks" / "bin" / "python"
"""The environment of the other systems, made by ``tests/benchmarks/run``."""


def cpu_seconds(pid: int) -> float:
    """Return the CPU time a process has used, in nanosecond steps where the system has them."""
    if sys.platform == "linux":
        return time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3)
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in millions of bytes."""
    return float(psutil.Process(pid).memory_info().rss / 1e6)


@dataclass(slots=True)
class Child:
    """A process of ours; its output and errors go to ``log`` unless it answers questions."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    PYTHON: ClassVar[str] = sys.executable

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        python: Path | str = sys.executable,
        environment: dict[str, str] | None = None,
        answers: bool = False,
    ) -> Child:
        """Start ``python COMMAND…`` in the checkout."""
        log = folder / f"{name.replace(' ', '-')}.log"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWS_")}
        with log.open("ab") as errors:
            process = subprocess.Popen(
                [str(python), *command],
                cwd=ROOT,
                env=kept | (environment or {}),
                stdin=subprocess.PIPE if answers else subprocess.DEVNULL,
                stdout=subprocess.PIPE if answers else errors,
                stderr=errors,
            )
        return cls(name, process, log)

    @property
    def pid(self) -> int:
        """Id of the process."""
        return self.process.pid

    def check(self) -> None:
        """Raise if it has ended, with the end of its log."""
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended: {self.log.read_text(errors='replace')[-1500:]}")

    def ask(self, **question: Any) -> Any:
        """Return its answer to a question: one line of JSON each."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(orjson.dumps(question) + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.check()
        return orjson.loads(line)

    def halt(self) -> None:
        """Halt it for a moment, so that what is sent meanwhile waits for it."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(12)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def answer(works: dict[str, Any]) -> None:
    """Answer questions until the input ends: ``{"work": name, …}`` calls ``works[name](…)``.

    The answer is what it returns, with the CPU and wall time it took and the memory held.
    """
    for line in sys.stdin.buffer:
        question = orjson.loads(line)
        work = works[question.pop("work")]
        cpu, wall = time.process_time(), time.perf_counter()
        found = work(**question)
        told = {
            "cpu": time.process_time() - cpu,
            "wall": time.perf_counter() - wall,
            "resident_mb": resident_mb(os.getpid()),
        }
        sys.stdout.buffer.write(orjson.dumps(found | told if isinstance(found, dict) else told))
        sys.stdout.buffer.write(b"\n")
        sys.stdout.buffer.flush()


def median(values: Sequence[float]) -> float:
    """Return the median, of at least one value."""
    return float(statistics.median(values))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
