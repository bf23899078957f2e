"""Token classification by ONNX: pieces of words with B-, I- and O labels become names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

_LONGEST = 512
"""Pieces that a model takes at once, special ones included."""


class TokenModel:
    """A token classifier; the first piece of a word speaks for the word."""

    def __init__(self, session: Any, tokenizer: Any, labels: Sequence[str]) -> None:
        self._session, self._tokenizer, self._labels = session, tokenizer, labels
        self._inputs = {given.name for given in session.get_inputs()}
        tokenizer.enable_truncation(_LONGEST)

    def names(self, text: str) -> Iterator[tuple[int, int, str, float]]:
        """Yield start, end, label and confidence of each name."""
        if not text.strip():
            return
        encoding = self._tokenizer.encode(text)
        words: list[tuple[int, int, str, float]] = []
        for part in (encoding, *encoding.overflowing):
            words += self._words(part)
        yield from joined(words)

    def _words(self, part: Any) -> Iterator[tuple[int, int, str, float]]:
        """Yield the span, label and confidence of each word of one window."""
        chances = self._chances(part)
        span: tuple[int, int, str, float] | None = None
        before = None
        for at, (word, (start, end)) in enumerate(zip(part.word_ids, part.offsets, strict=True)):
            if word is not None and word == before and span is not None:
                span = (span[0], end, span[2], span[3])
                continue
            if span is not None:
                yield span
            before, span = word, None
            if word is not None:
                best = int(chances[at].argmax())
                span = (start, end, self._labels[best], float(chances[at, best]))
        if span is not None:
            yield span

    def _chances(self, part: Any) -> Any:
        given = {
            "input_ids": part.ids,
            "attention_mask": part.attention_mask,
            "token_type_ids": part.type_ids,
        }
        feed = {k: np.array([v], dtype=np.int64) for k, v in given.items() if k in self._inputs}
        scores = self._session.run(None, feed)[0][0]
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)


def joined(
    words: Sequence[tuple[int, int, str, float]],
) -> Iterator[tuple[int, int, str, float]]:
    """Yield names from labelled words: ``I-`` goes on with the same kind, ``B-`` begins anew.

    Schemes without prefixes (plain ``PER``) and ``L-``/``E-``/``U-``/``S-`` ends are read too.
    """
    name: tuple[int, int, str, float] | None = None
    for start, end, label, chance in words:
        head, dash, kind = label.partition("-")
        if not dash:
            head, kind = ("I", label) if label != "O" else ("O", "")
        goes_on = name is not None and name[2] == kind and head in {"I", "L", "E"}
        if name is not None and not goes_on:
            yield name
            name = None
        if name is not None:
            name = (name[0], end, kind, min(name[3], chance))
        elif head != "O":
            name = (start, end, kind, chance)
    if name is not None:
        yield name
