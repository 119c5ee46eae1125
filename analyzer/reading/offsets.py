"""Puts lines one after another: every reader's last step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analyzer.model import Line


def with_offsets(lines: Iterable[Line]) -> tuple[tuple[Line, ...], str]:
    """Sets each line's offset in the document's text.

    Args:
        lines: Body lines in reading order.

    Returns:
        The lines with ``start`` set, and their texts joined with newlines.
    """
    placed = []
    offset = 0
    for line in lines:
        placed.append(line if line.start == offset else replace(line, start=offset))
        offset += len(line.text) + 1
    return tuple(placed), "\n".join(line.text for line in placed)
