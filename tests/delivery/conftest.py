"""Collects what each fault did and prints the table at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.delivery.harness import Row

_ROWS: list[Row] = []


@pytest.fixture
def account() -> Callable[[Row], None]:
    """Note a row for the table, then demand that nothing was lost and nothing doubled."""

    def note(row: Row) -> None:
        _ROWS.append(row)
        assert (row.lost, row.doubled) == (0, 0)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    if not _ROWS:
        return
    terminalreporter.section("delivery")
    head = (
        f"{'fault':58} {'inputs':>7} {'lost':>5} {'doubled':>7} {'repeated':>8} {'recovery s':>10}"
    )
    terminalreporter.write_line(head)
    for row in _ROWS:
        terminalreporter.write_line(
            f"{row.fault:58} {row.inputs:7} {row.lost:5} {row.doubled:7} "
            f"{row.repeated:8} {row.recovery:10.1f}"
        )
