from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.text.leads import by_lead, those_in

CHARS = ".؟؛،“—…！é人\U0001f4f7"


@given(st.text(st.one_of(st.sampled_from(CHARS), st.characters()), max_size=20))
def test_a_character_is_told_wherever_it_stands(text: str) -> None:
    (found,) = those_in(text, by_lead(CHARS))

    assert set(found) == {char for char in CHARS if char in text}
