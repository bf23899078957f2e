"""What every contract shares: frozen values, absent rather than null, JSON in and out."""

from __future__ import annotations

from typing import Annotated, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
"""A confidence from 0 (a guess) to 1 (certain)."""

Offset = Annotated[int, Field(ge=0)]
"""A position in the untouched text, counted in Unicode code points."""

FieldName = Annotated[str, Field(pattern="^(text|title)$")]
"""The part of the article that offsets count in: ``text`` or ``title``."""


class Contract(BaseModel):
    """A frozen record that travels between stages or leaves the service.

    Readers ignore fields they do not know, so that a newer writer does no harm;
    the published JSON Schemas are closed.  An absent field means "unknown" and is
    left out of the JSON; ``null`` is never written.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=False, allow_inf_nan=False)

    def to_json(self) -> bytes:
        """Return the record as UTF-8 JSON with unknown fields left out."""
        return orjson.dumps(self.model_dump(mode="json", exclude_none=True))

    @classmethod
    def from_json(cls, value: bytes | str) -> Self:
        """Return the record that the JSON tells.

        Raises:
            pydantic.ValidationError: the JSON is broken or breaks the contract.
        """
        return cls.model_validate_json(value)


class Span(Contract):
    """A stretch of the untouched text: ``text[start:end]``, half-open, in code points."""

    start: Offset
    end: Offset
