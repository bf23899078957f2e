"""A similarity hash of a text, so that syndicated copies are known as copies."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import xxhash

from streams.text.fold import fold

SHINGLE_WORDS = 3
SAME_TEXT_BITS = 6
"""Two texts whose hashes differ in at most so many of 64 bits are taken as copies."""


@lru_cache(maxsize=4)
def fingerprint(text: str) -> str:
    """Return the simhash of the text's word shingles as 16 hexadecimal digits.

    Method: Charikar, "Similarity estimation techniques from rounding algorithms" (2002).
    """
    words = " ".join(fold(text).text.split()).encode("utf-8", "surrogatepass").split(b" ")
    size = min(SHINGLE_WORDS, len(words))
    shingles = set(map(b" ".join, zip(*[words[i:] for i in range(size)], strict=False)))
    hashes = np.frombuffer(b"".join(map(xxhash.xxh3_64_digest, shingles)), dtype=np.uint8)
    bits = np.unpackbits(hashes).reshape(-1, 64)
    majority = np.add.reduce(bits, axis=0, dtype=np.int32) * 2 > len(shingles)
    return np.packbits(majority).tobytes().hex()


def distance(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return (one ^ other).bit_count()
