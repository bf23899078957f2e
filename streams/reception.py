"""The door: raw bytes become an `Article` or an error that names the field and the rule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import ValidationError

from schemas import MAXIMUM_TEXT_BYTES, Article
from streams.errors import ContractViolation, UndecodableMessage
from streams.text.identity import identified

MAXIMUM_MESSAGE_BYTES = 4 * MAXIMUM_TEXT_BYTES
"""Largest message looked at, in bytes (a text of the largest size with escapes fits)."""


def receive(value: bytes | None) -> Article:
    """Return the article that a message holds, its ``article_id`` filled in, times in UTC.

    Raises:
        UndecodableMessage: empty, too large, not UTF-8, not JSON or not an object.
        ContractViolation: a field is missing or breaks its rule.
    """
    if not value:
        raise UndecodableMessage("value: the message is empty; send a JSON object with `text`")
    if len(value) > MAXIMUM_MESSAGE_BYTES:
        raise UndecodableMessage(
            f"value: {len(value)} bytes, more than the {MAXIMUM_MESSAGE_BYTES} accepted"
        )
    return article_of(decoded(value))


def decoded(value: bytes) -> Any:
    """Return the JSON value.

    Raises:
        UndecodableMessage: not UTF-8 or not JSON (a lone surrogate is neither).
    """
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        _check_utf8(value)
        raise UndecodableMessage(f"value: not JSON: {error}") from error


def _check_utf8(value: bytes) -> None:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UndecodableMessage(
            f"value: not UTF-8 at byte {error.start}; encode the message as UTF-8"
        ) from error


def article_of(value: Any) -> Article:
    """Return the article that a decoded JSON value tells.

    Raises:
        UndecodableMessage: the value is not an object.
        ContractViolation: a field is missing or breaks its rule.
    """
    if not isinstance(value, dict):
        raise UndecodableMessage("value: not a JSON object; send one with at least `text`")
    value = {name: given for name, given in value.items() if given is not None}
    _check_text(value.get("text"))
    try:
        article = Article.model_validate(value, strict=None)
    except ValidationError as error:
        raise ContractViolation(explain(error)) from error
    return identified(_in_utc(article))


def _check_text(text: Any) -> None:
    """Check what the model cannot say with a rule of its own."""
    if text is None:
        raise ContractViolation("text: the field is required; give the article as a string")
    if not isinstance(text, str):
        raise ContractViolation(f"text: must be a string, not {type(text).__name__}")
    if not text.strip():
        raise ContractViolation("text: empty or only white space; give the article's words")
    if "\x00" in text:
        raise ContractViolation(f"text: NUL character at {text.index(chr(0))}; remove it")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise ContractViolation(
            f"text: lone surrogate at {error.start}; send valid Unicode"
        ) from error
    if size > MAXIMUM_TEXT_BYTES:
        raise ContractViolation(
            f"text: {size} bytes, more than the {MAXIMUM_TEXT_BYTES} accepted; split the article"
        )


def explain(error: ValidationError) -> str:
    """Return one line that names every field at fault and the rule it breaks."""
    return "; ".join(
        f"{'.'.join(str(part) for part in one['loc']) or 'value'}: {one['msg']}"
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    )


def _in_utc(article: Article) -> Article:
    """Return the article with its times in UTC; a time without a zone is taken as UTC."""
    times = {"published_at": article.published_at, "collected_at": article.collected_at}
    changed = {name: _utc(time) for name, time in times.items() if time is not None}
    return article.model_copy(update=changed) if changed else article


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
