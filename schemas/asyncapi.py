"""The topics as an AsyncAPI 3 document: keys, headers, payload schemas."""

from __future__ import annotations

from typing import Any

from schemas.publish import PUBLISHED, VERSION, json_schema

Document = dict[str, Any]

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

_HEADERS = {
    "ce_specversion": "Version of CloudEvents, 1.0.",
    "ce_id": "Hash of what the message is made of: the same message twice has one id.",
    "ce_source": "Who wrote it.",
    "ce_type": "Type of the event: the topic's name.",
    "ce_time": "Time of the article that led to it, RFC 3339 in UTC.",
    "ce_subject": "The key.",
    "ce_dataschema": "URN of the JSON Schema of the value.",
    "content-type": "application/json.",
    "traceparent": "W3C trace context: one trace from the article to its incident.",
}


def document() -> Document:
    """Return the AsyncAPI 3.0 document of all topics."""
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
    }


def _channel(name: str) -> Document:
    topic, key, purpose, _ = TOPICS[name]
    return {
        "address": topic,
        "description": purpose,
        "messages": {
            name: {
                "name": name,
                "contentType": "application/json",
                "headers": {
                    "type": "object",
                    "properties": {
                        header: {"type": "string", "description": text}
                        for header, text in _HEADERS.items()
                    },
                },
                "payload": {
                    "schemaFormat": "application/schema+json;version=2020-12",
                    "schema": json_schema(name),
                },
                "bindings": {
                    "kafka": {"key": {"type": "string", "description": key}},
                },
            }
        },
        "bindings": {"kafka": {"topic": topic}},
    }
