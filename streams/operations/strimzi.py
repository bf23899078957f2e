"""Kubernetes resources for Strimzi, made from the table of topics: KafkaTopic and KafkaUser.

`tests/deploy` compares the files in `deploy/kubernetes/overlays/production` with these.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from streams.topics import CONSUMED, TOPICS, dead_letter_topics

CLUSTER = "kafka"
APP_ID = "incident-streams"
PARTITIONS = 8
REPLICAS = 3
MAXIMUM_MESSAGE_BYTES = 8 << 20
DEAD_LETTER_RETENTION_MS = 30 * 24 * 60 * 60 * 1000
CHANGELOG = f"{APP_ID}-open-incidents-changelog"

_HEAD = "# Made from streams/topics.py by `python -m streams.operations.strimzi`; do not edit.\n"


def topics_yaml() -> str:
    """Return a KafkaTopic for each topic, dead-letter topic and the table's changelog."""
    return _HEAD + "---\n".join(_topics())


def _topics() -> Iterator[str]:
    for topic in TOPICS:
        kept = "delete.retention.ms" if topic.cleanup == "compact" else "retention.ms"
        config: dict[str, str | int] = {"cleanup.policy": topic.cleanup}
        config[kept] = topic.retention_ms
        yield _topic(topic.name, config)
    for name in dead_letter_topics():
        yield _topic(name, {"cleanup.policy": "delete", "retention.ms": DEAD_LETTER_RETENTION_MS})
    yield _topic(CHANGELOG, {"cleanup.policy": "compact"})


def _topic(name: str, config: dict[str, str | int]) -> str:
    config = config | {"max.message.bytes": MAXIMUM_MESSAGE_BYTES, "min.insync.replicas": 2}
    lines = "".join(f"    {key}: {value}\n" for key, value in config.items())
    return (
        "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n"
        f"  name: {name}\n  labels:\n    strimzi.io/cluster: {CLUSTER}\n"
        f"spec:\n  partitions: {PARTITIONS}\n  replicas: {REPLICAS}\n  config:\n{lines}"
    )


def user_yaml() -> str:
    """Return the KafkaUser of the worker: what it may read and write, by literal names."""
    read = {topic.name for topic in CONSUMED} | {"news.incident.v1", "news.incident-revision.v1"}
    written = {topic.name for topic in TOPICS[1:]} | set(dead_letter_topics())
    acls = [_acl("topic", name, "Read, Describe") for name in sorted(read)]
    acls += [_acl("topic", name, "Write, Describe") for name in sorted(written)]
    acls.append(_acl("topic", CHANGELOG, "Read, Write, Describe"))
    acls.append(_acl("group", APP_ID, "Read, Describe"))
    return (
        f"{_HEAD}apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata:\n"
        f"  name: {APP_ID}\n  labels:\n    strimzi.io/cluster: {CLUSTER}\n"
        "spec:\n  authentication:\n    type: scram-sha-512\n"
        "  authorization:\n    type: simple\n    acls:\n" + "".join(acls)
    )


def _acl(kind: str, name: str, operations: str) -> str:
    return (
        f"      - resource: {{type: {kind}, name: {name}, patternType: literal}}\n"
        f"        operations: [{operations}]\n"
    )


def main() -> None:
    """Write both files where the overlay of production takes them from."""
    folder = Path(__file__).parents[2] / "deploy/kubernetes/overlays/production"
    (folder / "topics.yaml").write_text(topics_yaml())
    (folder / "user.yaml").write_text(user_yaml())


if __name__ == "__main__":
    main()
