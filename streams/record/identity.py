"""Gives a report its id: from what it says and which article says it, never from the clock."""

from __future__ import annotations

from hashlib import blake2b

from schemas import IncidentReport


def report_id(report: IncidentReport) -> str:
    """Return 24 hexadecimal digits: the article, the trigger's place in it, and the event type.

    The same article always gives the same ids; two incidents of one article never share one.
    """
    trigger = report.trigger
    parts = (
        report.articles[0].article_id,
        trigger.field,
        str(trigger.start),
        str(trigger.end),
        report.sub_event_type,
    )
    content = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=12).hexdigest()
