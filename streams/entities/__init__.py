"""Flagged article → entities.  Pure: `annotate` is the only door."""

from streams.entities.annotate import annotate

__all__ = ["annotate"]
