"""Incident reports → incidents with a history.  Pure: `Merger` and `merge_all` are the doors."""

from streams.merging.merge import SILENCE, Merger, Outcome, merge_all

__all__ = ["SILENCE", "Merger", "Outcome", "merge_all"]
