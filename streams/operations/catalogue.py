"""Every metric of the service, declared once: name, kind, help, unit, labels.

Alerts, the Grafana dashboard and the documentation are checked against this list.
Names follow Prometheus' conventions: our prefix, base units, ``_total`` on counters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["counter", "gauge", "histogram"]

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LONG_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: ``name`` as Prometheus shows it, ``labels`` without ids or texts."""

    name: str
    kind: Kind
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


CATALOGUE = (
    Metric(
        "news_stage_messages_total",
        "counter",
        "Messages a stage finished, by outcome: ok or dead_letter.",
        ("stage", "outcome"),
    ),
    Metric(
        "news_stage_output_messages_total",
        "counter",
        "Messages a stage sent on.",
        ("stage",),
    ),
    Metric(
        "news_stage_duration_seconds",
        "histogram",
        "Time a stage's function took for one message, in seconds.",
        ("stage",),
        _SECONDS,
    ),
    Metric(
        "news_stage_latency_seconds",
        "histogram",
        "Time from a message's arrival in a stage's topic to its work being acknowledged.",
        ("stage",),
        _LONG_SECONDS,
    ),
    Metric(
        "news_stage_batch_messages",
        "histogram",
        "Messages a stage took at once.",
        ("stage",),
        (1, 2, 5, 10, 20, 50, 100, 200, 500),
    ),
    Metric(
        "news_pipeline_latency_seconds",
        "histogram",
        "Time from the article's arrival in Kafka to its incident report being merged.",
        (),
        _LONG_SECONDS,
    ),
    Metric(
        "news_dead_letters_total",
        "counter",
        "Messages moved to a dead-letter topic, by stage and kind of error.",
        ("stage", "kind"),
    ),
    Metric(
        "news_consumer_lag",
        "gauge",
        "Messages of a partition that are not processed yet.",
        ("topic", "partition"),
    ),
    Metric(
        "news_ready",
        "gauge",
        "1 while this worker is ready; 0 while it starts, recovers, stops or a part of it fails.",
    ),
    Metric(
        "news_assigned_partitions",
        "gauge",
        "Partitions this worker reads.",
    ),
    Metric(
        "news_segments_flagged_total",
        "counter",
        "Segments by language and whether they need translating.",
        ("language", "needs_translation"),
    ),
    Metric(
        "news_incident_revisions_total",
        "counter",
        "Revisions of incidents published, by ACLED event type and status.",
        ("event_type", "status"),
    ),
    Metric(
        "news_open_incidents",
        "gauge",
        "Incidents that can still change on this worker.",
    ),
    Metric(
        "news_last_incident_timestamp_seconds",
        "gauge",
        "When this worker last published a revision, in Unix time.",
    ),
    Metric(
        "news_last_progress_timestamp_seconds",
        "gauge",
        "When a stage of this worker last finished a message, in Unix time.",
    ),
    Metric(
        "news_dashboard_clients",
        "gauge",
        "Clients that listen to the event stream.",
    ),
    Metric(
        "news_dashboard_clients_dropped_total",
        "counter",
        "Clients of the event stream let go because they read too slowly.",
    ),
    Metric(
        "news_dashboard_incidents",
        "gauge",
        "Incidents that the feeds of this worker show.",
    ),
    Metric(
        "news_event_loop_delay_seconds",
        "gauge",
        "How late the event loop last woke up.",
    ),
    Metric(
        "news_build_info",
        "gauge",
        "Always 1; the labels tell the version and the Python.",
        ("version", "python"),
    ),
)
"""All metrics, in the order the documentation lists them."""
