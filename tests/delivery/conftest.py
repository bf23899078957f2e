"""Collects what each fault did and prints the table at the end.

``--table FILE`` writes it into a Markdown file too, between two marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple
from pathlib import Path

import pytest

from tests.delivery.harness import Row

BEGIN, END = "<!-- delivery table -->", "<!-- end of the delivery table -->"
HEAD = ("fault", "inputs", "lost", "doubled", "repeated on the way", "recovery, s")
_ROWS: list[Row] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file that the table goes into."""
    parser.addoption("--table", type=Path, help="Markdown file that the delivery table goes into")


@pytest.fixture
def account() -> Callable[[Row], None]:
    """Note a row for the table, then demand that nothing was lost and nothing doubled."""

    def note(row: Row) -> None:
        _ROWS.append(row)
        assert (row.lost, row.doubled) == (0, 0)

    return note


def table(rows: Iterable[Row]) -> list[str]:
    """Return the table as lines of Markdown."""
    cells = [HEAD, *(tuple(map(_shown, astuple(row))) for row in rows)]
    wide = [max(len(row[n]) for row in cells) for n in range(len(HEAD))]
    lines = [
        "| "
        + " | ".join(
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, wide, strict=True))
        )
        + " |"
        for row in cells
    ]
    rule = "| " + " | ".join("-" * w if not n else "-" * (w - 1) + ":" for n, w in enumerate(wide))
    return [lines[0], rule + " |", *lines[1:]]


def _shown(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table, and write it where it is wanted."""
    if not _ROWS:
        return
    lines = table(_ROWS)
    terminalreporter.section("delivery")
    for line in lines:
        terminalreporter.write_line(line)
    file = config.getoption("--table")
    if file is not None:
        before, _, rest = file.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        file.write_text("\n".join([before + BEGIN, *lines, END + after]), "utf-8")
