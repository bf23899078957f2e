"""Talks to Kafka beside Faust: connecting, which topics there are, reading from outside.

Everything here uses aiokafka with the same settings as the worker.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from streams.errors import BrokerUnavailable
from streams.settings import Settings
from streams.topics import TOPICS, dead_letter_topics

MAXIMUM_REQUEST_BYTES = 8 << 20
TABLE = "open-incidents"


def bootstrap(settings: Settings) -> list[str]:
    """Return the brokers' addresses as host and port."""
    plain = settings.broker.removeprefix("kafka://")
    return [part.removeprefix("kafka://") for part in plain.split(";") if part]


def ssl_context(settings: Settings) -> ssl.SSLContext | None:
    """Return how to check the broker's certificate and show ours; ``None`` without TLS."""
    if "SSL" not in settings.security_protocol:
        return None
    context = ssl.create_default_context(cafile=settings.tls_ca_file)
    if settings.tls_certificate_file:
        context.load_cert_chain(settings.tls_certificate_file, settings.tls_key_file)
    return context


def connection(settings: Settings) -> dict[str, Any]:
    """Return what every aiokafka client needs to connect."""
    options: dict[str, Any] = {
        "bootstrap_servers": bootstrap(settings),
        "security_protocol": settings.security_protocol,
        "ssl_context": ssl_context(settings),
    }
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": password.get_secret_value() if password else None,
        }
    return options


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A topic as it should be in Kafka."""

    name: str
    partitions: int
    config: dict[str, str]


def changelog(settings: Settings) -> str:
    """Return the topic that the table of open incidents is recovered from."""
    return f"{settings.app_id}-{TABLE}-changelog"


def declared(settings: Settings) -> Iterator[Declared]:
    """Yield every topic that the worker needs: ours, dead letters, the table's changelog."""
    partitions = settings.topic_partitions
    for topic in TOPICS:
        config: dict[str, str] = {"cleanup.policy": topic.cleanup}
        name = "delete.retention.ms" if topic.cleanup == "compact" else "retention.ms"
        config[name] = str(topic.retention_ms)
        yield Declared(name=topic.name, partitions=partitions, config=config)
    for letters in dead_letter_topics():
        config = {"cleanup.policy": "delete", "retention.ms": str(30 * 24 * 3600 * 1000)}
        yield Declared(name=letters, partitions=partitions, config=config)
    config = {"cleanup.policy": "compact"}
    yield Declared(name=changelog(settings), partitions=partitions, config=config)


@asynccontextmanager
async def admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """Give an admin client.

    Raises:
        BrokerUnavailable: no broker answers.
    """
    client = AIOKafkaAdminClient(**connection(settings), request_timeout_ms=15_000)
    try:
        await client.start()
    except (KafkaError, OSError) as error:
        await client.close()
        raise BrokerUnavailable(
            f"Kafka does not answer at {', '.join(bootstrap(settings))}: {error}; "
            "check NEWS_BROKER and the NEWS_SASL_ and NEWS_TLS_ settings"
        ) from error
    try:
        yield client
    finally:
        await client.close()


async def difference(settings: Settings) -> list[tuple[str, str]]:
    """Return each topic that is not as declared, and how it differs."""
    found: list[tuple[str, str]] = []
    async with admin(settings) as client:
        present = set(await client.list_topics())
        wanted = list(declared(settings))
        missing = [t for t in wanted if t.name not in present]
        found += [(t.name, f"missing; {t.partitions} partitions declared") for t in missing]
        there = [t for t in wanted if t.name in present]
        described = await client.describe_topics([t.name for t in there]) if there else []
        partitions = {d["topic"]: len(d["partitions"]) for d in described}
        for topic in there:
            if partitions[topic.name] != topic.partitions:
                found.append(
                    (
                        topic.name,
                        f"{partitions[topic.name]} partitions, {topic.partitions} declared",
                    )
                )
    return found


async def create_missing(settings: Settings) -> list[str]:
    """Create the topics that are missing and return their names."""
    async with admin(settings) as client:
        present = set(await client.list_topics())
        missing = [t for t in declared(settings) if t.name not in present]
        if not missing:
            return []
        new = [
            NewTopic(
                name=t.name,
                num_partitions=t.partitions,
                replication_factor=settings.topic_replication,
                topic_configs=t.config | {"max.message.bytes": str(MAXIMUM_REQUEST_BYTES)},
            )
            for t in missing
        ]
        response = await client.create_topics(new)
        for entry in response.topic_errors:
            name, code = entry[0], entry[1]
            if code and not issubclass(for_code(code), TopicAlreadyExistsError):
                raise BrokerUnavailable(
                    f"topic {name} cannot be created: {for_code(code).__name__}"
                )
        return [t.name for t in missing]


@asynccontextmanager
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """Give a producer that waits for all copies and batches what it is given.

    Raises:
        BrokerUnavailable: no broker answers.
    """
    client = AIOKafkaProducer(
        **connection(settings),
        acks="all",
        linger_ms=5,
        max_batch_size=512 << 10,
        max_request_size=MAXIMUM_REQUEST_BYTES,
    )
    try:
        await client.start()
    except (KafkaError, OSError) as error:
        await client.stop()
        raise BrokerUnavailable(
            f"Kafka does not answer at {', '.join(bootstrap(settings))}: {error}; check NEWS_BROKER"
        ) from error
    try:
        yield client
    finally:
        await client.stop()


@asynccontextmanager
async def reader(
    settings: Settings, *topics: str, from_end: bool = False
) -> AsyncIterator[AIOKafkaConsumer]:
    """Give a consumer without a group over all partitions of topics, from their beginning or end.

    Raises:
        BrokerUnavailable: no broker answers or a topic is missing.
    """
    client = AIOKafkaConsumer(
        **connection(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAXIMUM_REQUEST_BYTES,
    )
    try:
        await client.start()
    except (KafkaError, OSError) as error:
        await client.stop()
        raise BrokerUnavailable(
            f"Kafka does not answer at {', '.join(bootstrap(settings))}: {error}; check NEWS_BROKER"
        ) from error
    try:
        partitions = []
        for topic in topics:
            numbers = client.partitions_for_topic(topic)
            if numbers is None:
                await client._client.force_metadata_update()  # noqa: SLF001  # no public way
                client._client.add_topic(topic)  # noqa: SLF001  # the same
                numbers = client.partitions_for_topic(topic)
            if not numbers:
                raise BrokerUnavailable(
                    f"topic {topic} is missing; `incident-streams topics apply`"
                )
            partitions += [TopicPartition(topic, number) for number in sorted(numbers)]
        client.assign(partitions)
        await (client.seek_to_end() if from_end else client.seek_to_beginning())
        yield client
    finally:
        await client.stop()
