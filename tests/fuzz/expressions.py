"""Prints every regular expression that the project compiles, one JSON array [text, flags] a line.

    python -m tests.fuzz.expressions

A process of its own, so that each is seen being compiled.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pkgutil
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD_TIME = ("streams.entities.training", "streams.entities.build_", "streams.__main__")
"""Modules that run when data are built, not when articles come."""


def _ours() -> bool:
    """Tell whether a module of the project asked for the expression."""
    frame = sys._getframe(2)
    file = Path(frame.f_code.co_filename)
    return file.is_relative_to(ROOT / "streams") or file.is_relative_to(ROOT / "schemas")


def main() -> None:
    """Import and warm up everything and print what was compiled."""
    honest, found = re.compile, set()

    def noted(pattern: str | re.Pattern[str], flags: int = 0) -> re.Pattern[str]:
        made = honest(pattern, flags)
        if isinstance(made.pattern, str) and _ours():
            found.add((made.pattern, made.flags))
        return made

    re.compile = noted  # type: ignore[assignment]  # this process does nothing else
    for name in ("schemas", "streams"):
        package = importlib.import_module(name)
        for one in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not one.name.startswith(BUILD_TIME):
                importlib.import_module(one.name)
    importlib.import_module("streams.warm").warm_up()
    for pattern, flags in sorted(found):
        print(json.dumps([pattern, flags]))


if __name__ == "__main__":
    main()
