"""Annotated article → incident reports.  Pure: `extract` is the only door."""

from streams.incidents.extract import extract

__all__ = ["extract"]
