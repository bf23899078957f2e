"""Incident reports → incidents with a history.  Pure: `merge` and `merge_all` are the doors."""

from streams.merging.merge import merge_all

__all__ = ["merge_all"]
