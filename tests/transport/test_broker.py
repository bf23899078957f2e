import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from streams.errors import BrokerUnavailable
from streams.transport import jars
from tests.broker import brokers, create, need_kafka, read, send

pytestmark = pytest.mark.kafka

_PARENT = """
import sys, time
from streams.transport.broker import Broker
broker = Broker().start()
print(broker.nodes[0].process.pid, flush=True)
time.sleep(600)
"""


def _gone(pid: int, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def parent() -> subprocess.Popen[bytes]:
    need_kafka()
    return subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        stdout=subprocess.PIPE,
        env={**os.environ, "PATH": "/nowhere", "JAVA_HOME": ""},
    )


def test_a_broker_needs_no_java_on_the_path_and_dies_with_a_parent_killed_by_signal_9(
    parent: subprocess.Popen[bytes],
) -> None:
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert psutil.pid_exists(pid)

    parent.send_signal(signal.SIGKILL)
    parent.communicate()

    assert _gone(pid)


async def test_what_was_acknowledged_outlives_kill_9_and_restart(tmp_path: Path) -> None:
    with brokers(folder=tmp_path) as broker:
        await create(broker, "kept")
        await send(broker, "kept", [(b"k", b"%d" % n) for n in range(100)])
        broker.kill()
        broker.restart()
        values = sorted(int(record.value) for record in await read(broker, "kept"))
    assert values == list(range(100))


async def test_data_in_a_folder_are_there_at_the_next_start(tmp_path: Path) -> None:
    with brokers(folder=tmp_path) as broker:
        await create(broker, "kept")
        await send(broker, "kept", [(None, b"one")])
    with brokers(folder=tmp_path) as broker:
        assert [record.value for record in await read(broker, "kept")] == [b"one"]


def test_a_temporary_folder_goes_with_the_broker() -> None:
    with brokers() as broker:
        folder = broker.nodes[0].folder
        pid = broker.nodes[0].process.pid if broker.nodes[0].process else 0
        assert folder.is_dir()
    assert not folder.exists()
    assert _gone(pid)


def test_a_broker_that_does_not_start_names_its_log() -> None:
    broker = brokers(process_roles="nonsense")
    with pytest.raises(BrokerUnavailable, match=r"kafka\.log"):
        broker.start()


def test_a_jar_with_another_hash_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jars, "cache_folder", lambda: tmp_path)
    for jar in jars.locked():
        (tmp_path / jar.file).write_bytes(b"\0" * jar.bytes)
    with pytest.raises(BrokerUnavailable, match="hash"):
        jars.class_path()


def test_the_lock_holds_the_kafka_that_is_promised() -> None:
    assert f"kafka_2.13-{jars.KAFKA}.jar" in {jar.file for jar in jars.locked()}
    assert jars.total_bytes() > 30_000_000


async def test_three_brokers_keep_serving_when_one_is_killed(tmp_path: Path) -> None:
    with brokers(3, folder=tmp_path) as broker:
        await create(broker, "copied")
        await send(broker, "copied", [(None, b"before")])
        broker.kill(2)
        await send(broker, "copied", [(None, b"after")])
        broker.restart(2)
        values = {record.value for record in await read(broker, "copied")}
    assert values == {b"before", b"after"}
