"""What an expression of the date grammar means."""

from __future__ import annotations

from streams.entities import dates_absolute, dates_relative
from streams.entities.dates_expression import Expression, Frame, Reading

_READINGS = dates_absolute.READINGS | dates_relative.READINGS


def read(reads: str, expression: Expression, frame: Frame) -> Reading | None:
    """Return what an expression means; ``None`` where it is no date after all."""
    if expression.before("never"):
        return None
    return _READINGS[reads](expression, frame)
