"""Keeps a PostgreSQL table at the newest record of each incident.

    python upsert.py --kafka kafka:9092 --postgres postgresql://user@host/database

The offset to go on from is kept in the database, in the transaction that writes the
incidents, so that nothing is lost or written twice however the program ends.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

TOPIC = "news.incident.v1"
COLUMNS = (
    "incident_id", "revision", "status", "realis", "stage", "title", "event_type",
    "sub_event_type", "start_date", "end_date", "country_code", "admin1", "place_name",
    "place_precision", "latitude", "longitude", "killed", "injured", "source_count",
    "confidence", "last_updated_at", "record",
)  # fmt: skip
_PLACES = ", ".join(f"${n}" for n in range(1, len(COLUMNS) + 1))
_NEW = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
UPSERT = (
    f"INSERT INTO incident ({', '.join(COLUMNS)}) VALUES ({_PLACES}) "  # noqa: S608 - names of ours
    f"ON CONFLICT (incident_id) DO UPDATE SET {_NEW} WHERE excluded.revision >= incident.revision"
)
DELETE = "DELETE FROM incident WHERE incident_id = $1"
POSITION = (
    "INSERT INTO incident_position VALUES ($1, $2, $3) "
    "ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset"
)


def row(text: str) -> tuple[Any, ...]:
    """Return the columns of an incident, in order; what the record leaves out is null."""
    record = json.loads(text)
    place, when = record.get("place", {}), record.get("date", {})
    return (
        record["incident_id"], record["revision"], record["status"], record["realis"],
        record["stage"], record["title"], record["event_type"], record["sub_event_type"],
        _day(when, "start"), _day(when, "end"), place.get("country_code"), place.get("admin1"),
        place.get("name"), place.get("precision"), place.get("latitude"), place.get("longitude"),
        _toll(record, "killed"), _toll(record, "injured"), record["source_count"],
        record["confidence"]["overall"], _moment(record.get("last_updated_at")), text,
    )  # fmt: skip


def _day(when: Mapping[str, str], name: str) -> dt.date | None:
    return dt.date.fromisoformat(when[name]) if name in when else None


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _toll(record: Mapping[str, Any], harm: str) -> int | None:
    """Return the whole toll of a harm: its best number, else what it is at least."""
    whole = [c for c in record.get("casualties", ()) if c["harm"] == harm and "of" not in c]
    return whole[0].get("best", whole[0].get("min")) if whole else None


async def write(
    database: asyncpg.Connection, part: TopicPartition, records: Sequence[ConsumerRecord[Any, Any]]
) -> None:
    """Write a partition's records and where to go on, or nothing of it."""
    async with database.transaction():
        for record in records:
            if record.value is None:
                await database.execute(DELETE, record.key.decode())
            else:
                await database.execute(UPSERT, *row(record.value.decode()))
        await database.execute(POSITION, part.topic, part.partition, records[-1].offset + 1)


async def run(kafka: str, postgres: str, *, once: bool) -> None:
    """Read from where the database left off; ``once`` ends at what is there now."""
    database = await asyncpg.connect(postgres)
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        parts = sorted(consumer.assignment())
        if not parts:
            raise SystemExit(f"no topic {TOPIC} on {kafka}")
        for known in await database.fetch(
            "SELECT partition, next_offset FROM incident_position WHERE topic = $1", TOPIC
        ):
            consumer.seek(TopicPartition(TOPIC, known["partition"]), known["next_offset"])
        end = await consumer.end_offsets(parts)
        while not once or any([await consumer.position(p) < end[p] for p in parts]):
            for part, records in (await consumer.getmany(timeout_ms=500)).items():
                await write(database, part, records)
    finally:
        await consumer.stop()
        await database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kafka", required=True, metavar="HOST:PORT", help="a broker")
    parser.add_argument("--postgres", required=True, metavar="URL", help="the database")
    parser.add_argument("--once", action="store_true", help="end when all that is there was read")
    given = parser.parse_args()
    asyncio.run(run(given.kafka, given.postgres, once=given.once))
