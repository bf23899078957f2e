"""Follows an article through all hops: on every log line, and as OpenTelemetry spans if asked for.

Each message carries a W3C ``traceparent``.  Its trace id is the request id of the logs, from
the collector to the incident.  Spans are made only where `NEWS_TRACING_ENDPOINT` names a
collector of OpenTelemetry (extra `tracing`); no text of an article stands in them.

The sensor of faust.contrib and aiokafka's instrumentation are of no use here: the sensor ends
the span of a message when the next one of its batch is taken, before any work was done, and
the instrumentation appends a second ``traceparent`` to the one we write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from typing import Any, Self

from streams import __version__
from streams.settings import BadSetting, Settings

SERVICE = "incident-streams"
EXPORT_SECONDS = 5.0
"""Longest wait for the collector of traces; what it does not take is let go."""

_PARENT = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

Headers = Iterable[tuple[str, bytes]]


_CURRENT: ContextVar[Hop | None] = ContextVar("hop", default=None)


def add_known(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put what is known of the message at work on a log line; a processor of structlog."""
    hop = _CURRENT.get()
    return event if hop is None else {**hop.known, **event}


@dataclass(slots=True)
class Hop:
    """The work of one stage on one message; a context manager."""

    parent: bytes | None = None
    """``traceparent`` of what is made of the message; ``None``: that which it came with."""
    span: Any = None
    known: dict[str, Any] = field(default_factory=dict)
    _before: Token[Hop | None] | None = None

    def __enter__(self) -> Self:
        self._before = _CURRENT.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._before is not None
        _CURRENT.reset(self._before)
        if self.span is not None:
            self.span.end()

    def know(self, **values: Any) -> None:
        """Put what has become known of the message on the log lines and on the span."""
        self.known.update(values)
        if self.span is not None:
            self.span.set_attributes({f"news.{name}": value for name, value in values.items()})

    def reject(self, kind: str) -> None:
        """Note that the message becomes a dead letter, and the kind of its error."""
        if self.span is not None:
            from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415  # an extra

            self.span.set_status(Status(StatusCode.ERROR, kind))


@dataclass(frozen=True, slots=True)
class Tracing:
    """Opens hops; with a ``provider`` of OpenTelemetry's SDK each is a span."""

    provider: Any = None

    def hop(self, received: Headers, *, stage: str, topic: str, partition: int, offset: int) -> Hop:
        """Open the work on a message: what is known stands on all log lines within."""
        hop = Hop()
        if self.provider is not None:
            self._start(hop, received, topic=topic, partition=partition, offset=offset)
        hop.know(stage=stage, topic=topic, partition=partition, offset=offset)
        if request := trace_of([("traceparent", hop.parent)] if hop.parent else received):
            hop.know(request_id=request)
        return hop

    def _start(
        self, hop: Hop, received: Headers, *, topic: str, partition: int, offset: int
    ) -> None:
        """Start a span below the one that the message names; names follow messaging conventions."""
        from opentelemetry.trace import SpanKind, set_span_in_context  # noqa: PLC0415  # an extra
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415  # the same
            TraceContextTextMapPropagator,
        )

        carrier = {name: value.decode("ascii", "replace") for name, value in received if value}
        propagator = TraceContextTextMapPropagator()
        hop.span = self.provider.get_tracer(SERVICE, __version__).start_span(
            f"process {topic}",
            context=propagator.extract({k: v for k, v in carrier.items() if k == "traceparent"}),
            kind=SpanKind.CONSUMER,
            attributes={
                "messaging.system": "kafka",
                "messaging.operation.name": "process",
                "messaging.operation.type": "process",
                "messaging.destination.name": topic,
                "messaging.destination.partition.id": str(partition),
                "messaging.kafka.offset": offset,
            },
        )
        sent: dict[str, str] = {}
        propagator.inject(sent, context=set_span_in_context(hop.span))
        hop.parent = sent["traceparent"].encode()

    def close(self) -> None:
        """Send what is left to the collector."""
        if self.provider is not None:
            self.provider.shutdown()


def trace_of(headers: Headers) -> str | None:
    """Return the id of the trace that headers name."""
    for name, value in headers:
        if name == "traceparent" and value and (found := _PARENT.fullmatch(value)):
            return found[1].decode()
    return None


def tracing(settings: Settings) -> Tracing:
    """Return what traces as the settings say; the trace id decides which articles are sampled.

    Headers and certificates for the collector are OpenTelemetry's own variables
    (``OTEL_EXPORTER_OTLP_HEADERS`` …).

    Raises:
        BadSetting: an endpoint is set and the extra `tracing` is not installed.
    """
    if settings.tracing_endpoint is None:
        return Tracing()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise BadSetting(
            "NEWS_TRACING_ENDPOINT: tracing is not installed; "
            "pip install 'incident-streams[tracing]'"
        ) from error
    exporter = OTLPSpanExporter(settings.tracing_endpoint, timeout=EXPORT_SECONDS)
    return Tracing(provider(BatchSpanProcessor(exporter), share=settings.tracing_share))


def provider(processor: Any, *, share: float = 1.0) -> Any:
    """Return a provider of OpenTelemetry's SDK that hands a share of all traces to a processor.

    The share is taken by trace id alone, so every hop decides the same.
    """
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415  # an extra
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415  # the same
    from opentelemetry.sdk.trace.sampling import TraceIdRatioBased  # noqa: PLC0415  # the same

    made = TracerProvider(
        sampler=TraceIdRatioBased(share),
        resource=Resource({"service.name": SERVICE, "service.version": __version__}),
        shutdown_on_exit=False,
    )
    made.add_span_processor(processor)
    return made
