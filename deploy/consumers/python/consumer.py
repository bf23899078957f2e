"""Prints the incidents that stand, then each change: `python consumer.py kafka:9092`."""

import asyncio
import json
import sys

from aiokafka import AIOKafkaConsumer


async def main(brokers: str) -> None:
    """Read the topic from its start, without a group: everybody sees everything."""
    topic = "news.incident.v1"
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=brokers, auto_offset_reset="earliest")
    async with consumer:
        async for message in consumer:
            incident = json.loads(message.value) if message.value else {"title": "taken back"}
            print(message.key.decode(), incident.get("revision", ""), incident["title"], flush=True)


asyncio.run(main(sys.argv[1]))
