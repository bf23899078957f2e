"""Builds the Faust application: one agent a stage, and the merge with its table."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import faust
from faust.auth import SASLCredentials, SSLCredentials

from streams import topics
from streams.entities.names_model import BadModel, NameModel, load_model
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.operations.tracing import Tracing
from streams.pipeline import PIPELINE
from streams.settings import BadSetting, Settings
from streams.transport.batches import BatchProducer
from streams.transport.dead_letters import Limit
from streams.transport.delivery import Delivery
from streams.transport.handoff import Handoff
from streams.transport.kafka import MAXIMUM_REQUEST_BYTES, TABLE, ssl_context
from streams.transport.ledger import STORE_OPTIONS, Ledger
from streams.transport.merging import MergeWorker
from streams.transport.quick import QuickTransport
from streams.transport.stage import StageWorker
from streams.transport.turns import Turns

MOST_POLLED = 500
"""Most messages that are taken from Kafka's answers at once."""

_RAW: dict[str, Any] = {
    "key_type": bytes,
    "value_type": bytes,
    "key_serializer": "raw",
    "value_serializer": "raw",
}
"""Bytes as they are: what is wrong with them is found inside the wrapper, where nothing is lost."""


def create_app(
    settings: Settings,
    *,
    metrics: Metrics | None = None,
    health: Health | None = None,
    tracing: Tracing | None = None,
) -> faust.App:
    """Return the application; its topics must exist (`streams.transport.kafka.create_missing`).

    Everything Faust can be told is told here: it reads no environment variables of its own.
    """
    metrics = metrics or Metrics()
    health = health or Health(stall_seconds=settings.stall_seconds)
    app = faust.App(**_options(settings))
    app.finalize()  # else FAUST_STRICT forbids to look at the settings
    app.transport = QuickTransport(app.conf.broker_consumer, app, bundle_size=settings.batch_size)
    shared: dict[str, Any] = {
        "delivery": Delivery(lambda: cast(BatchProducer, app.producer), settings.delivery_seconds),
        "metrics": metrics,
        "health": health,
        "tracing": tracing or Tracing(),
        "handoff": Handoff(),
        "turns": Turns(),
        "most": settings.batch_size,
    }
    options = {
        "targets": settings.translation_targets,
        "name_model": _name_model(settings),
    }
    for rank, stage in enumerate(PIPELINE):
        worker = StageWorker(
            stage=stage,
            rank=rank,
            limit=Limit(settings.dead_letter_share, settings.dead_letter_window),
            options=options,
            **shared,
        )
        _add_stage(app, worker)
    _add_merge(app, settings, shared)
    return app


def _name_model(settings: Settings) -> NameModel | None:
    try:
        return load_model(settings.name_model) if settings.name_model else None
    except BadModel as error:
        raise BadSetting(f"NEWS_NAME_MODEL: {error}") from error


def _add_stage(app: faust.App, worker: StageWorker) -> None:
    async def agent(stream: Any) -> None:
        await worker.consume(stream.noack())

    app.agent(_topic(app, worker.stage.consumes), name=worker.stage.name)(agent)


def _add_merge(app: faust.App, settings: Settings, shared: dict[str, Any]) -> None:
    table = cast(
        Ledger,
        app.Table(
            TABLE,
            partitions=settings.topic_partitions,
            key_type=bytes,
            value_type=bytes,
            options=STORE_OPTIONS,
        ),
    )
    worker = MergeWorker(
        table=table,
        silence=dt.timedelta(days=settings.silence_days),
        rank=len(PIPELINE),
        **shared,
    )

    async def agent(stream: Any) -> None:
        await worker.consume(stream.noack())

    async def forget(*_: Any, **__: Any) -> None:
        await worker.forget()

    app.agent(_topic(app, topics.INCIDENT_REPORTS), name="merging")(agent)
    app.on_partitions_assigned.connect(forget, weak=False)
    app.on_partitions_revoked.connect(forget, weak=False)


def _topic(app: faust.App, topic: topics.Topic) -> Any:
    return app.topic(topic.name, **_RAW)


def _options(settings: Settings) -> dict[str, Any]:
    store = "memory://" if settings.store == "memory" else "rocksdb://"
    return {
        "id": settings.app_id,
        "broker": settings.broker.split(";"),
        "broker_credentials": _credentials(settings),
        "store": store,
        "datadir": settings.data_directory,
        "env": {},
        "Table": Ledger,
        "autodiscover": False,
        "topic_partitions": settings.topic_partitions,
        "topic_replication_factor": settings.topic_replication,
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "broker_session_timeout": settings.session_seconds,
        "broker_heartbeat_interval": max(0.3, settings.session_seconds / 3),
        "broker_request_timeout": max(30.0, settings.session_seconds * 2),
        "broker_commit_interval": settings.commit_seconds,
        "consumer_auto_offset_reset": "earliest",
        "broker_max_poll_records": MOST_POLLED,
        "consumer_max_fetch_size": MAXIMUM_REQUEST_BYTES,
        "producer_linger": 0.005,
        "producer_max_batch_size": 512 << 10,
        "producer_max_request_size": MAXIMUM_REQUEST_BYTES,
        "producer_acks": -1,
        "producer_request_timeout": min(30.0, settings.delivery_seconds),
        "stream_buffer_maxsize": max(2, settings.buffer_messages // settings.batch_size),
        "stream_wait_empty": False,
        "table_standby_replicas": 0,
        "web_enabled": False,
        "web_bind": settings.web_host,
        "web_port": settings.web_port or 6066,
        "web_transport": "tcp://",
        "web_tables_enabled": False,
    }


def _credentials(settings: Settings) -> Any:
    context = ssl_context(settings)
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password
        return SASLCredentials(
            username=settings.sasl_username or "",
            password=password.get_secret_value() if password else "",
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return SSLCredentials(context) if context is not None else None
