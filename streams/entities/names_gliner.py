"""GLiNER by ONNX: spans of words scored against the names of the kinds that are asked for.

The prompt, masks and span grid follow GLiNER's span mode (``markerV0``), as its own ONNX
export takes them (Zaratiana et al. 2023).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

KINDS = ("person", "organization", "location", "facility", "armed group", "government")
_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")
_WORDS = 300
"""Words of one window."""
_LEAST = 0.5


class GlinerModel:
    """A GLiNER in span mode."""

    def __init__(self, session: Any, tokenizer: Any, config: dict[str, Any]) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._width = int(config.get("max_width", 12))
        entity, separator = config.get("ent_token", "<<ENT>>"), config.get("sep_token", "<<SEP>>")
        self._prompt = [part for kind in KINDS for part in (entity, kind)] + [separator]
        self._inputs = {given.name for given in session.get_inputs()}

    def names(self, text: str) -> Iterator[tuple[int, int, str, float]]:
        """Yield start, end, kind and confidence of each name."""
        found = list(_WORD.finditer(text))
        for at in range(0, len(found), _WORDS):
            yield from self._window(found[at : at + _WORDS])

    def _window(self, words: list[re.Match[str]]) -> Iterator[tuple[int, int, str, float]]:
        scores = self._session.run(None, self._feed([word.group() for word in words]))[0][0]
        chances = 1 / (1 + np.exp(-scores))
        taken = np.zeros(len(words), dtype=bool)
        places = np.argwhere(chances >= _LEAST).tolist()
        for first, more, kind in sorted(places, key=lambda p: (-chances[tuple(p)], p)):
            last = first + more
            if last < len(words) and not taken[first : last + 1].any():
                taken[first : last + 1] = True
                chance = float(chances[first, more, kind])
                yield words[first].start(), words[last].end(), KINDS[kind], chance

    def _feed(self, words: list[str]) -> dict[str, Any]:
        encoding = self._tokenizer.encode([*self._prompt, *words], is_pretokenized=True)
        mask, before = [], None
        for word in encoding.word_ids:
            first = word is not None and word != before and word >= len(self._prompt)
            mask.append(word - len(self._prompt) + 1 if first else 0)
            before = word
        starts = np.repeat(np.arange(len(words)), self._width)
        spans = np.stack((starts, starts + np.tile(np.arange(self._width), len(words))), axis=1)
        given = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
            "words_mask": np.array([mask], dtype=np.int64),
            "text_lengths": np.array([[len(words)]], dtype=np.int64),
            "span_idx": spans[None].astype(np.int64),
            "span_mask": (spans[None, :, 1] < len(words)),
        }
        return {name: value for name, value in given.items() if name in self._inputs}
