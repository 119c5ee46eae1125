"""Running headers, footers, page numbers and footnotes: what is on a page and not in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.model import Line

_EDGE_LINES = 4
_EDGE_ZONE = 0.16  # of the height, at the top and at the bottom
_NUMBER_ZONE = 0.12
_SAME_HEIGHT = 8.0
_ENOUGH_PAGES = 3
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:стр(?:аница|\.)?|лист|с\.)?\s*[-–—\[(|]*\s*(\d{1,4})\s*[-–—\])|]*(?:\s*(?:из|/|of)\s*\d{1,4})?",
    re.IGNORECASE,
)
# Annexes that follow one another page by page count like pages, and are no running headers.
_NUMBERED_HEAD = re.compile(r"приложение|форма|раздел|глава|таблица")
_DENSE = 0.4
_LARGEST_PAGE_NUMBER = 1_000  # larger ones are years
_SMALL = 0.93
_STAMP_SMALL = 0.8
_SIGNED = re.compile(r"подписан\w* (?:\w+ )?электронной", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLines:
    """Lines of one page.

    Attributes:
        number: Page, counted from 1.
        height: Height of the page in points.
        lines: Its lines in reading order.
        foot_rules: Heights at which a short rule stands that may part footnotes from the text.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    foot_rules: tuple[float, ...] = ()


def part_margins(pages: Sequence[PageLines], size: float) -> tuple[list[Line], list[Line]]:
    """Parts running headers, footers and page numbers from the text, and marks footnotes.

    Args:
        pages: All pages that were read.
        size: Size of the document's type.

    Returns:
        Body lines in reading order, and the lines taken out.
    """
    running = _running(pages)
    body: list[Line] = []
    margins: list[Line] = []
    for page in pages:
        notes = _footnotes(page, size)
        stamp = _signature_stamp(page, size)
        running |= stamp
        kept = [line for line in page.lines if id(line) not in running]
        margins += [line for line in page.lines if id(line) in running]
        for line in _edges(page, kept):
            if _is_page_number(line, page):
                kept.remove(line)
                margins.append(line)
        body += [replace(line, kind="footnote") if id(line) in notes else line for line in kept]
    return body, margins


def _zone(line: Line, height: float, share: float) -> str:
    """Where a line stands: ``top``, ``bottom`` or neither."""
    if line.box is None or line.kind == "row":
        return ""
    middle = (line.box.y0 + line.box.y1) / 2
    return "top" if middle < share * height else "bottom" if middle > (1 - share) * height else ""


def _by_height(lines: Sequence[Line]) -> list[Line]:
    placed = [(line.box.y0, line) for line in lines if line.box]
    return [line for _, line in sorted(placed, key=lambda pair: pair[0])]


def _edges(page: PageLines, lines: Sequence[Line]) -> list[Line]:
    """The first and the last lines by their place, not by reading order."""
    placed = _by_height(lines)
    edge = {id(line): line for line in (*placed[:_EDGE_LINES], *placed[-_EDGE_LINES:])}
    return [line for line in edge.values() if _zone(line, page.height, _EDGE_ZONE)]


def _keys(line: Line, page: int) -> list[tuple[object, ...]]:
    """What stays the same from page to page: all numbers, or all but one that counts the pages."""
    numbers = [int(found) for found in _NUMBER.findall(line.text)[:12]]
    masked = _NUMBER.sub("#", line.text).lower()
    keys: list[tuple[object, ...]] = [(masked, tuple(numbers))]
    if not numbers or _NUMBERED_HEAD.match(masked):
        return keys
    for at in {0, len(numbers) - 1}:
        counted = [number - page if i == at else number for i, number in enumerate(numbers)]
        keys.append((masked, at, tuple(counted)))
    return keys


def _running(pages: Sequence[PageLines]) -> set[int]:
    """Ids of lines that are repeated at the same height on enough pages."""
    groups: dict[tuple[object, ...], list[tuple[int, float, Line]]] = defaultdict(list)
    for page in pages:
        for line in _edges(page, page.lines):
            zone = _zone(line, page.height, _EDGE_ZONE)
            assert line.box is not None  # noqa: S101  (edges have boxes; for the type checker)
            height = line.box.y0 if zone == "top" else page.height - line.box.y1
            for key in _keys(line, page.number):
                groups[(zone, *key)].append((page.number, height, line))
    enough = min(_ENOUGH_PAGES, max(2, (len(pages) + 1) // 2))
    found: set[int] = set()
    for members in groups.values():
        middle = sorted(height for _, height, _ in members)[len(members) // 2]
        near = [(number, line) for number, height, line in members if abs(height - middle) <= _SAME_HEIGHT]
        numbers = {number for number, _ in near}
        # A header of every second page is one; a form's head that comes back now and then is not.
        if len(numbers) >= enough and len(numbers) >= _DENSE * (max(numbers) - min(numbers) + 1):
            found.update(id(line) for _, line in near)
    return {id(line) for page in pages for line in _outermost(page, found)}


def _outermost(page: PageLines, found: set[int]) -> list[Line]:
    """Repeated lines with nothing but repeated lines and page numbers between them and the page's edge."""
    placed = _by_height(page.lines)
    outer: list[Line] = []
    for side in (placed, placed[::-1]):
        for line in side:
            if id(line) in found:
                outer.append(line)
            elif not _is_page_number(line, page):
                break
    return outer


def _is_page_number(line: Line, page: PageLines) -> bool:
    found = _PAGE_NUMBER.fullmatch(line.text.strip())
    if not found or not _zone(line, page.height, _NUMBER_ZONE) or len(line.text) > 20:
        return False
    return int(found[1]) < _LARGEST_PAGE_NUMBER


def _footnotes(page: PageLines, size: float) -> set[int]:
    """Ids of lines in small type below a short rule at the page's foot."""
    for rule in page.foot_rules:
        below = [line for line in page.lines if line.box and line.box.y0 > rule - 2 and line.kind == "text"]
        small = [line for line in below if line.size and line.size < _SMALL * size]
        others = [line for line in below if not _PAGE_NUMBER.fullmatch(line.text)]
        if small and len(small) >= len(others) - 1:
            return {id(line) for line in small}
    return set()


def _signature_stamp(page: PageLines, size: float) -> set[int]:
    """Ids of the lines of an electronic signature's stamp: small type around its own heading."""
    small = [bool(line.size and line.size < _STAMP_SMALL * size) for line in page.lines]
    for at, line in enumerate(page.lines):
        if small[at] and _SIGNED.search(line.text):
            start, end = at, at + 1
            while start and small[start - 1]:
                start -= 1
            while end < len(small) and small[end]:
                end += 1
            return {id(line) for line in page.lines[start:end]}
    return set()
