from contextlib import suppress
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import ContractViolation, PermanentError, UndecodableMessage
from streams.reception import receive


@pytest.mark.parametrize(
    ("value", "error", "says"),
    [
        (b"", UndecodableMessage, "empty"),
        (b"{", UndecodableMessage, "not JSON"),
        (b'{"text": "\xff"}', UndecodableMessage, "not UTF-8 at byte 10"),
        (b'{"text": "\\ud800"}', UndecodableMessage, "not JSON"),
        (b"[1]", UndecodableMessage, "not a JSON object"),
        (b'"text"', UndecodableMessage, "not a JSON object"),
        (b"{}", ContractViolation, "text: the field is required"),
        (b'{"text": null}', ContractViolation, "text: the field is required"),
        (b'{"text": 3}', ContractViolation, "text: must be a string, not int"),
        (b'{"text": " \\n\\u00a0"}', ContractViolation, "text: empty or only white space"),
        (b'{"text": "a\\u0000b"}', ContractViolation, "text: NUL character at 1"),
        (b'{"text": "a", "url": 3}', ContractViolation, "url: "),
        (b'{"text": "a", "published_at": "soon"}', ContractViolation, "published_at: "),
        (b'{"text": "a", "article_id": ""}', ContractViolation, "article_id: "),
    ],
)
def test_bad_input_is_refused_with_the_field_and_the_rule(
    value: bytes, error: type[PermanentError], says: str
) -> None:
    with pytest.raises(error, match=says):
        receive(value)


def test_a_text_over_a_mebibyte_is_refused() -> None:
    with pytest.raises(ContractViolation, match="text: 1048578 bytes"):
        receive(orjson.dumps({"text": "ب" * (1 << 19) + "a" * 2}))


@pytest.mark.parametrize("text", ["\u202eabc", "a\u200bb", "ᠮᠣᠩᠭᠣᠯ", "a\r\nb\rc\n", "👍"])
def test_any_script_control_and_line_end_is_welcome(text: str) -> None:
    assert receive(orjson.dumps({"text": text})).text == text


def test_times_are_in_utc_with_or_without_a_zone() -> None:
    article = receive(
        b'{"text":"a","published_at":"2026-03-10T12:00:00+03:00","collected_at":"2026-03-10"}'
    )

    assert article.published_at == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert article.collected_at == datetime(2026, 3, 10, tzinfo=UTC)


def test_an_unknown_field_is_ignored() -> None:
    assert receive(b'{"text": "a", "colour": "red"}').text == "a"


@given(st.binary(max_size=200))
def test_any_bytes_give_an_article_or_a_permanent_error(value: bytes) -> None:
    with suppress(PermanentError):
        assert receive(value).article_id
