"""The locks: everything pinned by hash, the same everywhere, and what the project asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from streams.operations.sbom import normal

ROOT = Path(__file__).parents[2]
LOCKS = {
    "deploy/requirements.lock": ("", "build"),
    "deploy/tracing.lock": ("tracing",),
    "deploy/compile.lock": ("compile",),
    "tests/requirements.lock": ("test",),
    "tests/deploy/checkov.lock": (),
}
"""Each lock, and the lists of ``pyproject.toml`` it is of; ``""`` is what the worker needs."""


def _entries(lock: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, version and hashes of each requirement."""
    text = (ROOT / lock).read_text("utf-8")
    for entry in re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE):
        if entry.strip() and not entry.startswith("#"):
            head, _, rest = entry.partition("\\\n")
            name, _, version = head.partition(";")[0].strip().partition("==")
            yield normal(name), version, rest


def _versions(lock: str) -> dict[str, str]:
    return {name: version for name, version, _ in _entries(lock)}


def _asked(extra: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_by_hash(lock: str) -> None:
    found = list(_entries(lock))
    assert found
    for name, version, hashes in found:
        assert re.fullmatch(r"[\w.+!]+", version), name
        assert re.fullmatch(r"(?:\s*--hash=sha256:[0-9a-f]{64}(?: \\)?)+\s*", hashes), name


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if "checkov" not in lock])
def test_no_two_locks_disagree(lock: str) -> None:
    ours = _versions("deploy/requirements.lock")
    assert {n: v for n, v in _versions(lock).items() if ours.get(n, v) != v} == {}


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_a_lock_holds_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    held = _versions("deploy/requirements.lock") | _versions(lock)
    for asked in (one for extra in extras for one in _asked(extra)):
        assert asked.specifier.contains(held[normal(asked.name)]), asked
