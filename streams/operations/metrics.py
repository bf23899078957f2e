"""Counts and times what the worker does; refuses a metric that the catalogue does not know."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any

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
        self._labelled: dict[Any, Any] = {}
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
        self._of(self._counters, name, labels).inc(amount)

    def set(self, name: str, value: float, **labels: str) -> None:
        """Set a gauge."""
        self._of(self._gauges, name, labels).set(value)

    def observe(self, name: str, *values: float, **labels: str) -> None:
        """Add observations to a histogram."""
        observe = self._of(self._histograms, name, labels).observe
        for value in values:
            observe(value)

    def _of(self, metrics: Mapping[str, Any], name: str, labels: Mapping[str, str]) -> Any:
        """Return the metric with these labels; finding it anew each time is slow."""
        if not labels:
            return metrics[name]
        key = (name, *labels.items())
        found = self._labelled.get(key)
        if found is None:
            found = self._labelled[key] = metrics[name].labels(**labels)
        return found

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)
