"""The topics as an AsyncAPI 3 document: keys, headers, payload schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from schemas.publish import PUBLISHED, VERSION, json_schema

Document = dict[str, Any]

EXAMPLES = Path(__file__).parent / "examples"
"""One message of each topic, as the stages made it."""

TOPICS = {
    "article": ("news.article.v1", "article_id", "Articles as collectors deliver them.", "receive"),
    "segmented-article": (
        "news.segmented-article.v1", "article_id", "Articles with their blocks; internal.", "send",
    ),
    "flagged-article": (
        "news.flagged-article.v1", "article_id", "Articles with language and translation flag.",
        "send",
    ),
    "annotated-article": (
        "news.annotated-article.v1", "article_id", "Articles with entities.", "send",
    ),
    "incident-report": (
        "news.incident-report.v1", "country_code", "One incident as one article tells it.", "send",
    ),
    "incident": (
        "news.incident.v1", "incident_id",
        "The newest revision of each incident; compacted; a null value withdraws it.", "send",
    ),
    "incident-revision": (
        "news.incident-revision.v1", "incident_id", "Every revision of every incident.", "send",
    ),
}  # fmt: skip
"""Contract to topic, key, purpose, and what the service does with it."""

HEADERS = {
    "ce_specversion": ("Version of CloudEvents.", "1.0"),
    "ce_id": (
        "Hash of what the message is made of: the same message twice has one id.",
        "5d41402abc4b2a76b9719d911017c592",
    ),
    "ce_source": ("Who wrote it.", "urn:incident-streams"),
    "ce_type": ("Type of the event: the topic's name.", "news.incident.v1"),
    "ce_time": ("Time of the message that led to it, RFC 3339 in UTC.", "2026-03-10T16:05:00.000Z"),
    "ce_subject": ("The key.", "IQ"),
    "ce_dataschema": (
        "URN of the JSON Schema of the value.",
        "urn:incident-streams:schema:incident:1.0.0",
    ),
    "content-type": ("Media type of the value.", "application/json"),
    "traceparent": (
        "W3C trace context: one trace from the article to its incident.",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ),
    "x-arrived": (
        "When the article came into Kafka, in milliseconds since 1970.",
        "1773158700000",
    ),
    "x-code-version": ("Version of the service.", "0.1.0"),
}
"""Headers of every message that the service writes: what each says, and an example."""


def document() -> Document:
    """Return the AsyncAPI 3.0 document of all topics, with an example of each message."""
    schemas: Document = {}
    for name in PUBLISHED:
        _add_schemas(schemas, name)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "incident-streams",
            "version": VERSION,
            "description": "Turns raw news articles into incident records.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(name) for name in PUBLISHED},
        "operations": {
            f"{TOPICS[name][3]}-{name}": {
                "action": TOPICS[name][3],
                "channel": {"$ref": f"#/channels/{name}"},
            }
            for name in PUBLISHED
        },
        "components": {
            "messageTraits": {"cloudEvent": {"headers": _headers()}},
            "schemas": schemas,
        },
    }


def _channel(name: str) -> Document:
    topic, key, purpose, direction = TOPICS[name]
    written = direction == "send"
    traits = {"traits": [{"$ref": "#/components/messageTraits/cloudEvent"}]} if written else {}
    return {
        "address": topic,
        "description": purpose,
        "messages": {
            name: {
                "name": name,
                "contentType": "application/json",
                **traits,
                "payload": {"$ref": f"#/components/schemas/{name}"},
                "examples": [
                    {
                        "name": name,
                        "payload": orjson.loads((EXAMPLES / f"{name}.json").read_bytes()),
                    }
                ],
                "bindings": {
                    "kafka": {"key": {"type": "string", "description": key}},
                },
            }
        },
        "bindings": {"kafka": {"topic": topic}},
    }


def _headers() -> Document:
    properties = {
        header: {"type": "string", "description": text, "examples": [example]}
        for header, (text, example) in HEADERS.items()
    }
    return {"type": "object", "properties": properties, "required": list(HEADERS)}


def _add_schemas(schemas: Document, name: str) -> None:
    """Add a contract's schema and those it refers to; a reference starts at the document."""
    schema = json_schema(name)
    parts = {name: schema, **schema.pop("$defs", {})}
    del schema["$schema"], schema["$id"]
    for part, made in parts.items():
        told = _referring(made)
        if schemas.setdefault(part, told) != told:
            raise ValueError(f"{part} means one thing in {name} and another elsewhere")


def _referring(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: one.replace("#/$defs/", "#/components/schemas/")
            if key == "$ref" and isinstance(one, str)
            else _referring(one)
            for key, one in value.items()
        }
    return [_referring(one) for one in value] if isinstance(value, list) else value
