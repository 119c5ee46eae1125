"""Numbers that print or recognition broke, mended by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.outline.numbering import Marker
from analyzer.outline.paragraphs import Paragraph

_BROKEN_DOT = re.compile(r"(\d{1,2})\s?[:;,]\s?(\d{1,2})\.?\s+(?=[А-ЯЁ])")


def mend(body: Sequence[Paragraph]) -> list[Paragraph]:
    """Gives «2 Как …», «21. …» for 2.1, «2:3. …» for 2.3 and «6) …» for «б)» their true numbers."""
    result = list(body)
    _lone_headings(result)
    _lost_dots(result)
    _letters_as_digits(result)
    return result


def _lone_headings(body: list[Paragraph]) -> None:
    """«2 Как принимается решение»: a lone number counts when «2.1» follows it."""
    for index, paragraph in enumerate(body):
        if paragraph.marker is not None or paragraph.kind != "text":
            continue
        match = re.match(r"(\d{1,2})\s+(?=[А-ЯЁ«])", paragraph.text)
        if match is None or len(paragraph.text) > 200:
            continue
        value = int(match[1])
        nearby = [
            p.marker.values[:2]
            for p in body[index + 1 : index + 4]
            if p.marker and p.marker.kind == "decimal"
        ]
        if (value, 1) in nearby:
            marker = Marker("decimal", (value,), str(value), match[1], match.end())
            body[index] = replace(paragraph, marker=marker)


def _lost_dots(body: list[Paragraph]) -> None:
    """«21.» behind «2.» is 2.1, and «73.» behind «7.2» is 7.3, when that is the number expected there."""
    expected: tuple[int, int] | None = None
    for index, paragraph in enumerate(body):
        marker = paragraph.marker
        if marker is None and expected is not None and paragraph.kind == "text":
            match = _BROKEN_DOT.match(paragraph.text)
            if match is not None and (int(match[1]), int(match[2])) == expected:
                marker = Marker("decimal", expected, match[2], match.group().strip(), match.end())
                body[index] = replace(paragraph, marker=marker)
        elif marker is not None and expected is not None and marker.printed.rstrip(".") == _run(expected):
            marker = replace(marker, values=expected, label=str(expected[1]))
            body[index] = replace(paragraph, marker=marker)
        if marker is not None and marker.kind == "decimal" and len(marker.values) <= 2:
            values = marker.values
            expected = (values[0], 1) if len(values) == 1 else (values[0], values[1] + 1)


def _run(values: tuple[int, int]) -> str:
    return f"{values[0]}{values[1]}"


def _letters_as_digits(body: list[Paragraph]) -> None:
    """«6)» between «а)» and «в)» is «б)»."""
    previous = ""
    for index, paragraph in enumerate(body):
        marker = paragraph.marker
        if marker is None:
            continue
        if marker.kind == "paren" and marker.values == (6,) and previous == "а":
            marker = Marker("letter", (2,), "б", marker.printed, marker.length)
            body[index] = replace(paragraph, marker=marker)
        previous = marker.label if marker.kind == "letter" else ""
