"""Transport alone: three hops with stages that only pass on, ours beside others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.articles import message
from tests.benchmarks.feeding import Feeder, Passed
from tests.benchmarks.processes import RIVALS, Child, median
from tests.broker import create

OURS, AIOKAFKA, PLAIN = "incident-streams", "aiokafka loop", "plain Faust"
_PROGRAMS = "tests.benchmarks.systems."
SYSTEMS: dict[str, tuple[bool, list[str]]] = {
    OURS: (False, [_PROGRAMS + "ours"]),
    AIOKAFKA: (False, [_PROGRAMS + "aiokafka_loop"]),
    PLAIN: (False, [_PROGRAMS + "plain_faust"]),
    "confluent-kafka": (True, [_PROGRAMS + "confluent_loop"]),
    "Quix Streams": (True, [_PROGRAMS + "quix_loop"]),
    "FastStream": (True, [_PROGRAMS + "faststream_loop"]),
    "FastStream, batches": (True, [_PROGRAMS + "faststream_loop", "batch"]),
}
"""Name, whether it needs the environment of the others, program and more arguments."""
SLOW = (PLAIN, "FastStream")
"""Those that take one message at a time; they get a third of the messages."""
WARM = 300


async def start(feeder: Feeder, name: str, folder: Path, prefix: str) -> Child:
    """Create the topics of a system, start it and see the first messages through."""
    elsewhere, (program, *more) = SYSTEMS[name]
    topics = [f"{prefix}-{n}" for n in range(4)]
    await create(
        feeder.broker, *topics, *(f"{t}-dlt" for t in topics), **{"max.message.bytes": str(8 << 20)}
    )
    child = Child.start(
        name,
        ["-m", program, feeder.broker.addresses[0], prefix, *more],
        folder=folder,
        python=RIVALS if elsewhere else Child.PYTHON,
    )
    try:
        await feeder.send(topics[0], [message(n) for n in range(WARM)])
        await feeder.until(topics[3], WARM, [child], seconds=60)
    except BaseException:
        child.stop()
        raise
    return child


async def measure(
    feeder: Feeder, folder: Path, *, rounds: int, count: int, say: Any
) -> dict[str, list[Passed]]:
    """Return the rounds of every system that could be started; the rounds are interleaved."""
    messages = [message(n % 500, copy=n) for n in range(count)]
    children: dict[str, tuple[Child, str]] = {}
    found: dict[str, list[Passed]] = {}
    try:
        for number, (name, (elsewhere, _)) in enumerate(SYSTEMS.items()):
            if elsewhere and not RIVALS.exists():
                say(f"{name}: skipped, .venv/benchmarks is missing")
                continue
            try:
                children[name] = await start(feeder, name, folder, f"pass{number}"), f"pass{number}"
            except (RuntimeError, TimeoutError) as error:
                say(f"{name}: skipped: {error}")
        for _ in range(rounds):
            for name, (child, prefix) in list(children.items()):
                try:
                    some = messages[:: 3 if name in SLOW else 1]
                    one = await feeder.passed(f"{prefix}-0", f"{prefix}-3", some, [child])
                except (RuntimeError, TimeoutError) as error:
                    say(f"{name}: left out: {error}")
                    children.pop(name)[0].stop()
                    continue
                found.setdefault(name, []).append(one)
    finally:
        for child, _ in children.values():
            child.stop()
    return found


def ratio(over: Sequence[Passed], under: Sequence[Passed]) -> float:
    """Return how many times the CPU one takes of another, by medians."""
    return median([p.cpu_ms for p in over]) / median([p.cpu_ms for p in under])
