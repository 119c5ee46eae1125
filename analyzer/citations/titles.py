"""Where a title in quotation marks ends, though titles nest and printers forget a closing mark."""

from __future__ import annotations

import re

OPENING = '«"“„'
_LIMIT = 900
_MARK = re.compile('[«»"“”„]')
# What stands behind the end of a title and seldom behind a word inside it.
_OUTSIDE = re.compile(
    r"\s*(?:$|[;)(]|\n\s*\n|\.(?:\s|$)|,\s*(?:от\s|а\s+также|и\s|\(|$)|,?\s*-?\s*(?:приказ|постановлен|распоряжен|письм|закон|федеральн"
    r"|указ|санпин|сп\s|устав|положени|конвенц|конституц)|от\s+«?\d|№|N\s?\d|и\s+(?:приказ|постановлен|письм|федеральн|распоряжен|закон))",
    re.IGNORECASE,
)


def read_title(text: str, start: int) -> int:
    """Offset behind the title whose opening mark stands at ``start``; ``start`` when there is no end."""
    depth, fallback = 0, start
    for mark in _MARK.finditer(text, start, min(len(text), start + _LIMIT)):
        if _opens(text, mark.start()):
            depth += 1
            continue
        depth -= 1
        if depth <= 0:
            return mark.end()
        # Two marks opened, one closed: «Об утверждении СП «Требования к …», приказ …
        if fallback == start and _OUTSIDE.match(text, mark.end()):
            fallback = mark.end()
    return fallback


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark in "«„":
        return True
    if mark in "»”":
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    # Some printers glue the mark to the word before: закона"О персональных данных".
    return after.isalnum() and (not before.isalnum() or after.isupper()) and before not in ".,»"
