"""Title blocks whose columns are made of runs of spaces: «Рассмотрено          УТВЕРЖДАЮ»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.model import Line
from analyzer.outline.kinds import STAMP

_GAP = re.compile(r"\s{5,}|\t+\s*")
_HEAD = 30  # lines of a document in which a title block can stand


def part_columns(lines: Sequence[Line]) -> list[Line]:
    """Lines with such a block read column by column; all other lines as they are."""
    for first, line in enumerate(lines[:_HEAD]):
        halves = _halves(line)
        if halves is not None and STAMP.search(line.text):
            last = first + 1
            while last < min(len(lines), first + 12) and _halves(lines[last]) is not None:
                last += 1
            if last - first < 2:
                continue
            pairs = [_halves(item) or (item, item) for item in lines[first:last]]
            block = [left for left, _ in pairs] + [right for _, right in pairs]
            return [*lines[:first], *block, *lines[last:]]
    return list(lines)


def _halves(line: Line) -> tuple[Line, Line] | None:
    """A line cut at its widest gap, offsets kept; None without a gap between two texts."""
    if line.kind != "text":
        return None
    text = line.text
    gaps = [gap for gap in _GAP.finditer(text) if text[: gap.start()].strip() and text[gap.end() :].strip()]
    if not gaps:
        return None
    gap = max(gaps, key=lambda match: match.end() - match.start())
    right = replace(line, text=text[gap.end() :], start=line.start + gap.end(), marker="", marker_level=None)
    return replace(line, text=text[: gap.start()]), right
