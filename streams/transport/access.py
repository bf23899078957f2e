"""The rights a worker needs in Kafka, made from the declared topics: literal names, no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from streams.settings import Settings
from streams.topics import CONSUMED, TOPICS, dead_letter_topics
from streams.transport.kafka import changelog


@dataclass(frozen=True, slots=True)
class Grant:
    """Operations allowed on a topic or a group."""

    resource: Literal["topic", "group"]
    name: str
    operations: tuple[str, ...]


def grants(settings: Settings) -> Iterator[Grant]:
    """Yield what a worker needs (its dashboard reads the incident topics)."""
    read = {topic.name for topic in CONSUMED} | {topic.name for topic in TOPICS[-2:]}
    for topic in TOPICS:
        operations = ["Describe"]
        operations += ["Read"] if topic.name in read else []
        operations += ["Write"] if topic.written_by in _WRITERS else []
        yield Grant("topic", topic.name, tuple(sorted(operations)))
    for name in dead_letter_topics():
        yield Grant("topic", name, ("Describe", "Write"))
    yield Grant("topic", changelog(settings), ("Describe", "Read", "Write"))
    yield Grant("group", settings.app_id, ("Describe", "Read"))


_WRITERS = frozenset(topic.written_by for topic in TOPICS[1:])


def commands(settings: Settings, principal: str) -> Iterator[str]:
    """Yield the options of ``kafka-acls.sh`` for each grant."""
    for grant in grants(settings):
        operations = " ".join(f"--operation {name}" for name in grant.operations)
        yield (
            f"--add --allow-principal {principal} {operations} --{grant.resource} {grant.name} "
            "--resource-pattern-type literal"
        )
