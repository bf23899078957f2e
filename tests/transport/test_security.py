"""TLS, SCRAM, client certificates and access lists against the real broker."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import CreateAclsRequest

from streams import topics
from streams.errors import BrokerUnavailable
from streams.settings import Settings
from streams.transport.access import Grant, commands, grants
from streams.transport.broker import Broker, free_ports
from streams.transport.kafka import create_missing, producer
from tests.broker import need_kafka, send, until
from tests.delivery.harness import PARTITIONS, Line, article

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]
PASSWORD = "correct-horse-battery-staple"
OPERATIONS = {"Read": 3, "Write": 4, "Describe": 8}
RESOURCES = {"topic": 2, "group": 3}


def _openssl(*arguments: str, folder: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _certificate(folder: Path, name: str) -> None:
    """Make a key and a certificate signed by the authority in the folder."""
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1")
    _openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
        "-subj", f"/CN={name}", folder=folder,
    )  # fmt: skip
    _openssl(
        "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
        "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", f"{name}.pem",
        folder=folder,
    )  # fmt: skip
    key, certificate = (folder / f"{name}.{kind}" for kind in ("key", "pem"))
    (folder / f"{name}.store").write_bytes(key.read_bytes() + certificate.read_bytes())


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an authority and certificates for the broker and the worker."""
    if shutil.which("openssl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is needed and was not found")
        pytest.skip("no openssl here to make certificates with")
    folder = tmp_path_factory.mktemp("certificates")
    _openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
        "-days", "2", "-subj", "/CN=authority", folder=folder,
    )  # fmt: skip
    for name in ("broker", "worker"):
        _certificate(folder, name)
    return folder


@dataclass(frozen=True, slots=True)
class Guarded:
    """A broker that checks who comes."""

    broker: Broker
    scram: int
    mutual: int
    certificates: Path

    def settings(self, *, mutual: bool = False, password: str = PASSWORD) -> dict[str, Any]:
        """Return what a worker must set."""
        common = {"topic_partitions": PARTITIONS, "tls_ca_file": self.certificates / "ca.pem"}
        if mutual:
            return common | {
                "broker": f"kafka://127.0.0.1:{self.mutual}",
                "security_protocol": "SSL",
                "tls_certificate_file": self.certificates / "worker.pem",
                "tls_key_file": self.certificates / "worker.key",
            }
        return common | {
            "broker": f"kafka://127.0.0.1:{self.scram}",
            "security_protocol": "SASL_SSL",
            "sasl_username": "worker",
            "sasl_password": password,
        }


@pytest.fixture(scope="module")
def guarded(certificates: Path) -> Iterator[Guarded]:
    """Start a broker with TLS, SCRAM, client certificates and an authorizer."""
    need_kafka()
    scram, mutual = free_ports(2)
    module = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    addresses = f"SASL_SSL://127.0.0.1:{scram},SSL://127.0.0.1:{mutual}"
    protocols = ("PLAINTEXT", "SASL_SSL", "SSL")
    settings = {
        "listeners": "PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller},"
        + addresses,
        "advertised.listeners": "PLAINTEXT://127.0.0.1:{port}," + addresses,
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,"
        + ",".join(f"{name}:{name}" for name in protocols),
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(certificates / "broker.store"),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(certificates / "ca.pem"),
        "listener.name.ssl.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": module,
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
    }
    options = ("--add-scram", f"SCRAM-SHA-512=[name=worker,password={PASSWORD}]")
    with Broker(settings=settings, format_options=options) as broker:
        asyncio.run(_prepare(broker))
        yield Guarded(broker, scram, mutual, certificates)


async def _prepare(broker: Broker) -> None:
    settings = Settings(broker=broker.url, topic_partitions=PARTITIONS)
    await create_missing(settings)
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.addresses)
    await admin.start()
    try:
        for principal in ("User:worker", "User:CN=worker"):
            await _grant(admin, principal, list(grants(settings)))
    finally:
        await admin.close()


async def _grant(admin: AIOKafkaAdminClient, principal: str, given: list[Grant]) -> None:
    literal, allow = 3, 3
    for grant in given:
        for name in grant.operations:
            request = CreateAclsRequest(
                RESOURCES[grant.resource], grant.name, literal, principal, "*",
                OPERATIONS[name], allow,
            )  # fmt: skip
            answer = await admin._client.send(admin._client.get_random_node(), request)
            assert {entry[0] for entry in answer.creation_responses} == {0}


@pytest.mark.parametrize("mutual", [False, True], ids=["scram-sha-512", "mutual-tls"])
async def test_a_worker_comes_in_with_what_the_broker_asks_for(
    guarded: Guarded, mutual: bool, tmp_path: Path
) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "NEWS_SASL_PASSWORD").write_text(PASSWORD + "\n")
    line = Line(guarded.broker, tmp_path)
    own = {k: str(v) for k, v in guarded.settings(mutual=mutual).items() if k != "sasl_password"}
    name = f"secured-{mutual}"
    try:
        worker = line.worker(
            **own, secrets_directory=str(secrets), topics_create="false", log_level="DEBUG"
        )
        worker.start()
        await worker.ready()
        number = 5_000_000 + mutual
        await send(guarded.broker, topics.ARTICLES.name, [article(number), (b"bad", b"{")])
        while True:
            found = await until(guarded.broker, topics.ANNOTATED_ARTICLES.name, 1)
            if f"article-{number}".encode() in {record.key for record in found}:
                break
        await until(guarded.broker, topics.ARTICLES.dead_letters, 1)
        assert worker.stop() == 0
    finally:
        line.close()
    log = worker.log.read_text()
    assert PASSWORD not in log, name
    assert "BEGIN PRIVATE KEY" not in log


async def test_a_wrong_password_is_refused_with_a_sentence(guarded: Guarded) -> None:
    settings = Settings(**guarded.settings(password="wrong"))
    with pytest.raises(BrokerUnavailable, match="check NEWS_BROKER") as caught:
        await create_missing(settings)
    assert "wrong" not in str(caught.value)


async def test_a_broker_with_another_authority_is_not_trusted(
    guarded: Guarded, tmp_path: Path
) -> None:
    _openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
        "-days", "2", "-subj", "/CN=stranger", folder=tmp_path,
    )  # fmt: skip
    values = guarded.settings(mutual=True) | {"tls_ca_file": tmp_path / "ca.pem"}
    with pytest.raises(BrokerUnavailable):
        await create_missing(Settings(**values))


async def test_without_a_certificate_nobody_comes_in(guarded: Guarded) -> None:
    values = guarded.settings(mutual=True)
    del values["tls_certificate_file"], values["tls_key_file"]
    with pytest.raises(BrokerUnavailable):
        await create_missing(Settings(**values))


async def test_the_grants_let_a_worker_write_no_topic_of_others(guarded: Guarded) -> None:
    async with producer(Settings(**guarded.settings())) as client:
        with pytest.raises(Exception, match=r"[Aa]uthoriz"):
            await client.send_and_wait(topics.ARTICLES.name, b"{}")


def test_the_grants_are_literal_and_name_no_wildcard() -> None:
    lines = list(commands(Settings(), "User:worker"))
    assert all("--resource-pattern-type literal" in line and "*" not in line for line in lines)
    assert any("--group incident-streams" in line for line in lines)
    reading = [line for line in lines if "--topic news.article.v1 " in line]
    assert ["Write" in line for line in reading] == [False]
