"""What the pass-through programs of other systems have in common.

Started as ``python PROGRAM BOOTSTRAP PREFIX``: messages go from topic ``PREFIX-0`` over
``PREFIX-1`` and ``PREFIX-2`` to ``PREFIX-3``, key and headers kept, acknowledged by all copies.
"""

from __future__ import annotations

import sys

BOOTSTRAP, PREFIX = sys.argv[1:3]
HOPS = [(f"{PREFIX}-{n}", f"{PREFIX}-{n + 1}") for n in range(3)]
MOST_BYTES = 8 << 20
