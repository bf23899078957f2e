"""Segments → language and translation flag.  Pure: `flag` is the only door."""

from streams.translation.flag import flag

__all__ = ["flag"]
