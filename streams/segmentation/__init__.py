"""Article → segments.  Pure: `segment` is the only door."""

from streams.segmentation.split import segment

__all__ = ["segment"]
