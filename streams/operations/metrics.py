"""Counts and times what the worker does; refuses a metric that the catalogue does not know."""

from __future__ import annotations

import platform

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from streams import __version__
from streams.operations.catalogue import CATALOGUE


class Metrics:
    """The metrics of one worker in a registry of their own.

    Raises:
        KeyError: a name that the catalogue does not know, or one of another kind.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = self.registry
        ProcessCollector(registry=registry)
        self._counters = {
            m.name: Counter(m.name, m.help, m.labels, registry=registry)
            for m in CATALOGUE
            if m.kind == "counter"
        }
        self._gauges = {
            m.name: Gauge(m.name, m.help, m.labels, registry=registry)
            for m in CATALOGUE
            if m.kind == "gauge"
        }
        self._histograms = {
            m.name: Histogram(m.name, m.help, m.labels, registry=registry, buckets=m.buckets)
            for m in CATALOGUE
            if m.kind == "histogram"
        }
        self.set("news_build_info", 1, version=__version__, python=platform.python_version())

    def count(self, name: str, amount: float = 1, **labels: str) -> None:
        """Add to a counter."""
        counter = self._counters[name]
        (counter.labels(**labels) if labels else counter).inc(amount)

    def set(self, name: str, value: float, **labels: str) -> None:
        """Set a gauge."""
        gauge = self._gauges[name]
        (gauge.labels(**labels) if labels else gauge).set(value)

    def observe(self, name: str, value: float, **labels: str) -> None:
        """Add an observation to a histogram."""
        histogram = self._histograms[name]
        (histogram.labels(**labels) if labels else histogram).observe(value)

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)
