"""A broker that knows the user of the production overlay and its rights, as Strimzi makes them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.protocol.admin import CreateAclsRequest

from streams.transport.broker import Broker, free_ports
from tests.broker import need_kafka

PRODUCTION = Path(__file__).parents[2] / "deploy" / "kubernetes" / "overlays" / "production"
PASSWORD = "correct-horse-battery-staple"
USER = "incident-streams"
_OPERATIONS = {"Read": 3, "Write": 4, "Describe": 8}
_RESOURCES = {"topic": 2, "group": 3}
_LITERAL = _ALLOW = 3


@dataclass(frozen=True, slots=True)
class Strimzi:
    """A broker set up as the overlay says, on one machine and without TLS."""

    broker: Broker
    port: int
    """Where it asks for name and password."""


@pytest.fixture(scope="module")
def strimzi() -> Iterator[Strimzi]:
    """Start a broker with the overlay's topics, user and access list."""
    need_kafka()
    (port,) = free_ports(1)
    listeners = f"PLAINTEXT://127.0.0.1:{{port}},SASL_PLAINTEXT://127.0.0.1:{port}"
    settings = {
        "listeners": listeners + ",CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": listeners,
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,"
        "SASL_PLAINTEXT:SASL_PLAINTEXT",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config": (
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        ),
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
        "auto.create.topics.enable": "false",
    }
    options = ("--add-scram", f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]")
    with Broker(settings=settings, format_options=options) as broker:
        asyncio.run(_set_up(broker))
        yield Strimzi(broker, port)


def _resources(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((PRODUCTION / name).read_text("utf-8")))


async def _set_up(broker: Broker) -> None:
    """Make the topics and rights of the overlay's resources; one broker keeps one copy."""
    (user,) = _resources("user.yaml")
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.addresses)
    await admin.start()
    try:
        await admin.create_topics([_topic(one) for one in _resources("topics.yaml")])
        for rule in user["spec"]["authorization"]["acls"]:
            await _allow(admin, rule)
    finally:
        await admin.close()


def _topic(resource: dict[str, Any]) -> NewTopic:
    spec = resource["spec"]
    config = {name: str(value) for name, value in spec["config"].items()}
    config["min.insync.replicas"] = "1"
    return NewTopic(resource["metadata"]["name"], spec["partitions"], 1, topic_configs=config)


async def _allow(admin: AIOKafkaAdminClient, rule: dict[str, Any]) -> None:
    resource = rule["resource"]
    assert resource["patternType"] == "literal"
    for operation in rule["operations"]:
        request = CreateAclsRequest(
            _RESOURCES[resource["type"]],
            resource["name"],
            _LITERAL,
            f"User:{USER}",
            "*",
            _OPERATIONS[operation],
            _ALLOW,
        )
        answer = await admin._client.send(admin._client.get_random_node(), request)
        assert {entry[0] for entry in answer.creation_responses} == {0}
