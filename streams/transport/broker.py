"""Starts a real Apache Kafka on this machine: for the demo, for whoever has none, for the tests.

The broker is a child process on free loopback ports and dies with its parent.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from streams.errors import BrokerUnavailable
from streams.transport import tether
from streams.transport.jars import Progress, class_path, java

CLUSTER_ID = "incident-streams-00000"
READY_SECONDS = 60.0
STOP_SECONDS = 20.0
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_THOROUGH = ("-XX:+UseSerialGC",)


def free_ports(count: int) -> list[int]:
    """Return TCP ports of the loopback address that nothing listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@dataclass(slots=True)
class Node:
    """One broker: its ports, its folder and its process."""

    number: int
    port: int
    controller_port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    read_from: int = 0
    """Where in its log the present run begins."""

    @property
    def log(self) -> Path:
        """File that holds what the broker writes."""
        return self.folder / "kafka.log"

    @property
    def properties(self) -> Path:
        """File that holds its settings."""
        return self.folder / "server.properties"


@dataclass(slots=True)
class Broker:
    """One broker or a cluster of them (KRaft), kept in ``folder``; a context manager.

    Without a folder the data live in a temporary one that goes with the broker.  ``thorough``
    lets Java compile fully, for measurements.  ``settings`` override server properties; in
    them ``{port}`` and ``{controller}`` stand for a node's own ports.
    """

    folder: Path | None = None
    size: int = 1
    thorough: bool = False
    progress: Progress | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    format_options: Sequence[str] = ()
    """More options for the set-up of a new folder, such as ``--add-scram``."""
    nodes: list[Node] = field(default_factory=list)
    _temporary: tempfile.TemporaryDirectory[str] | None = None
    _class_path: str = ""

    @property
    def url(self) -> str:
        """Addresses as Faust takes them: ``kafka://127.0.0.1:…;127.0.0.1:…``."""
        return "kafka://" + ";".join(self.addresses)

    @property
    def addresses(self) -> list[str]:
        """Addresses of the brokers as host and port."""
        return [f"127.0.0.1:{node.port}" for node in self.nodes]

    def start(self) -> Self:
        """Format the folders that are new, start all brokers and wait until they serve.

        Raises:
            BrokerUnavailable: the jars cannot be had, or a broker does not come up.
        """
        self._class_path = class_path(self.progress)
        self._lay_out()
        fresh = [node for node in self.nodes if not (node.folder / "data").exists()]
        for process in [self._run(n, *_format(n), *self.format_options) for n in fresh]:
            if process.wait(READY_SECONDS) != 0:
                self.stop()
                raise BrokerUnavailable(
                    f"Kafka's storage cannot be set up: see {self.nodes[0].log}"
                )
        for node in self.nodes:
            self._launch(node)
        for node in self.nodes:
            self.wait(node)
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop all brokers; data in a temporary folder are gone after this."""
        running = [n.process for n in self.nodes if n.process and n.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in running:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._temporary is not None:
            shutil.rmtree(self._temporary.name, ignore_errors=True)
            self._temporary.cleanup()
            self._temporary = None

    def kill(self, number: int = 0) -> None:
        """End a broker with signal 9, as a power cut would."""
        self._signal(number, signal.SIGKILL)
        process = self.nodes[number].process
        assert process is not None
        process.wait()

    def pause(self, number: int = 0) -> None:
        """Halt a broker where it is (SIGSTOP)."""
        self._signal(number, signal.SIGSTOP)

    def resume(self, number: int = 0) -> None:
        """Let a halted broker go on."""
        self._signal(number, signal.SIGCONT)

    def restart(self, number: int = 0) -> None:
        """Start a broker that was stopped or killed, with its data, and wait until it serves."""
        node = self.nodes[number]
        if node.process is not None and node.process.poll() is None:
            node.process.terminate()
            node.process.wait(STOP_SECONDS)
        self._launch(node)
        self.wait(node)

    def wait(self, node: Node) -> None:
        """Wait until a broker serves.

        Raises:
            BrokerUnavailable: it ended or did not come up in time; names its log.
        """
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            assert node.process is not None
            if node.process.poll() is not None:
                break
            with node.log.open("rb") as stream:
                stream.seek(node.read_from)
                if b"Kafka Server started" in stream.read():
                    return
            time.sleep(0.05)
        self.stop()
        raise BrokerUnavailable(f"the embedded Kafka did not start: see {node.log}")

    def _signal(self, number: int, which: signal.Signals) -> None:
        process = self.nodes[number].process
        assert process is not None
        process.send_signal(which)

    def _lay_out(self) -> None:
        base = self.folder
        if base is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="incident-streams-kafka-")
            base = Path(self._temporary.name)
        ports = free_ports(2 * self.size)
        self.nodes = [
            Node(i + 1, ports[2 * i], ports[2 * i + 1], base / f"broker-{i + 1}")
            for i in range(self.size)
        ]
        for node in self.nodes:
            node.folder.mkdir(parents=True, exist_ok=True)
            content = _properties(node, self.nodes, self.settings)
            node.properties.write_text("".join(f"{k}={v}\n" for k, v in content.items()))

    def _launch(self, node: Node) -> None:
        node.read_from = node.log.stat().st_size if node.log.exists() else 0
        node.process = self._run(node, "kafka.Kafka", str(node.properties))

    def _run(self, node: Node, *program: str) -> subprocess.Popen[bytes]:
        command: Sequence[str] = (
            sys.executable,
            "-I",
            "-S",
            str(tether.__file__),
            str(os.getpid()),
            str(java()),
            "-Xmx512m",
            *(_THOROUGH if self.thorough else _QUICK),
            "-cp",
            self._class_path,
            *program,
        )
        with node.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # our own interpreter and the locked jars
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )


def _format(node: Node) -> tuple[str, ...]:
    options = ("-t", CLUSTER_ID, "-c", str(node.properties))
    return ("kafka.tools.StorageTool", "format", *options)


def _properties(
    node: Node, nodes: Sequence[Node], settings: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the server properties of one node: small, quick to start, durable enough to kill."""
    copies = str(len(nodes))
    voters = ",".join(f"{n.number}@127.0.0.1:{n.controller_port}" for n in nodes)
    return {
        "process.roles": "broker,controller",
        "node.id": str(node.number),
        "controller.quorum.voters": voters,
        "listeners": f"PLAINTEXT://127.0.0.1:{node.port},"
        f"CONTROLLER://127.0.0.1:{node.controller_port}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{node.port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": str(node.folder / "data"),
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "4",
        "default.replication.factor": copies,
        "min.insync.replicas": "2" if len(nodes) > 2 else "1",
        "group.initial.rebalance.delay.ms": "0",
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        "auto.create.topics.enable": "false",
        "message.max.bytes": str(8 << 20),
        "log.cleaner.dedupe.buffer.size": str(16 << 20),
        **{name: _filled(value, node) for name, value in settings.items()},
    }


def _filled(value: str, node: Node) -> str:
    return value.replace("{port}", str(node.port)).replace(
        "{controller}", str(node.controller_port)
    )
