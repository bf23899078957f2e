"""What every contract shares: frozen values, absent rather than null, JSON in and out."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
"""A confidence from 0 (a guess) to 1 (certain)."""

Offset = Annotated[int, Field(ge=0)]
"""A position in the untouched text, counted in Unicode code points."""

FieldName = Annotated[str, Field(pattern="^(text|title)$")]
"""The part of the article that offsets count in: ``text`` or ``title``."""


_set = object.__setattr__


@cache
def _fields_of(contract: type[BaseModel]) -> set[str]:
    """Return the names of a contract's fields; frozen records share them and change none."""
    return set(contract.model_fields)


class Contract(BaseModel):
    """A frozen record that travels between stages or leaves the service.

    Readers ignore fields they do not know, so that a newer writer does no harm;
    the published JSON Schemas are closed.  An absent field means "unknown" and is
    left out of the JSON; ``null`` is never written.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=False, allow_inf_nan=False)

    @classmethod
    def trusted(cls, values: dict[str, Any]) -> Self:
        """Return the record of values that are right already; nothing is checked or filled in.

        There must be one for each field, in their order.  It is for values that a stage has
        made from a checked record: checking them again costs as much as making them.
        """
        made = cls.__new__(cls)
        _set(made, "__dict__", values)
        _set(made, "__pydantic_fields_set__", _fields_of(cls))
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made

    def to_json(self) -> bytes:
        """Return the record as UTF-8 JSON with unknown fields left out."""
        return to_json(self, exclude_none=True)

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
