"""Bars as SVG, one plot for a table: the names are its first column, the lengths a later one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

ROW, NAMES, BARS = 26, 330, 360
_COLUMNS = {"Latency": 6, "The whole line": 1}


def number(cell: str) -> float:
    """Return the number in a cell."""
    return float(cell.replace(",", "").rstrip("%") or 0)


def bars(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the plot of a table; ours are drawn darker."""
    which = _COLUMNS.get(title, 1)
    values = [number(row[which]) for row in rows]
    most = max(values, default=1) or 1
    height = ROW * (len(rows) + 2)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{NAMES + BARS + 90}" height="{height}" '
        'font-family="sans-serif" font-size="13">'
    )
    parts = [
        opening,
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="8" y="18" font-weight="bold">{escape(title)}: {escape(columns[which])}</text>',
    ]
    for line, (row, value) in enumerate(zip(rows, values, strict=True), 1):
        top, length = ROW * line + 6, max(1.0, BARS * value / most)
        name = f"{row[0]}, {row[1]}" if title == "Latency" else row[0]
        ours = "#1b5e8a" if row[0].startswith(("incident", "whole")) else "#9fb8c8"
        parts += [
            f'<text x="{NAMES - 8}" y="{top + 14}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{NAMES}" y="{top}" width="{length:.1f}" height="18" fill="{ours}"/>',
            f'<text x="{NAMES + length + 6:.1f}" y="{top + 14}">{escape(row[which])}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
