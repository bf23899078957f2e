"""How many messages wait for the workers, seen from outside."""

from __future__ import annotations

from aiokafka import TopicPartition
from aiokafka.errors import GroupCoordinatorNotAvailableError

from streams.settings import Settings
from streams.topics import CONSUMED
from streams.transport.kafka import admin, reader


async def waiting(settings: Settings) -> dict[str, int]:
    """Return for each topic that a stage reads how many messages are not committed yet."""
    names = [topic.name for topic in CONSUMED]
    async with admin(settings) as client, reader(settings, *names) as records:
        ends = await records.end_offsets(sorted(records.assignment()))
        try:
            committed = await client.list_consumer_group_offsets(settings.app_id)
        except GroupCoordinatorNotAvailableError:  # no group has ever been here
            committed = {}
        begins = await records.beginning_offsets(list(ends))
    found = dict.fromkeys(names, 0)
    for part, end in ends.items():
        known = committed.get(TopicPartition(part.topic, part.partition))
        done = known.offset if known is not None and known.offset >= 0 else begins[part]
        found[part.topic] += max(0, end - done)
    return found
