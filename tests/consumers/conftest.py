"""A PostgreSQL of the test's own, and a Kafka with incidents on it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest

SERVER = sorted(glob("/usr/lib/postgresql/*/bin"))  # noqa: PTH207  # outside of the tree
OWNER = "postgres"


def _run(*command: str) -> None:
    """Run a command as the distribution's user: the server refuses to run as root."""
    user = [f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups"]
    before = ["setpriv", *user] if os.geteuid() == 0 else []
    subprocess.run(
        [*before, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL and return its address."""
    if not SERVER:
        pytest.skip("no PostgreSQL here (Debian package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    server = f"{SERVER[-1]}/pg_ctl"
    _run(f"{SERVER[-1]}/initdb", "-D", data, "-U", "incidents", "-A", "trust")
    _run(server, "-D", data, "-w", "-o", options, "start")
    try:
        yield f"postgresql://incidents@127.0.0.1:{port}/postgres"
    finally:
        _run(server, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
