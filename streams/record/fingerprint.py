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
    words = fold(text).text.split()
    size = min(SHINGLE_WORDS, len(words)) or 1
    shingles = {" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))}
    hashes = np.fromiter(
        (xxhash.xxh3_64_intdigest(s.encode("utf-8", "surrogatepass")) for s in shingles),
        dtype=np.uint64,
        count=len(shingles),
    )
    bits = np.unpackbits(hashes.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    majority = bits.sum(axis=0, dtype=np.int64) * 2 > len(shingles)
    return bytes(np.packbits(majority)).hex()


def distance(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return (one ^ other).bit_count()
