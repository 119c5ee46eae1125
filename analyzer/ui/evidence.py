"""Where in the document a finding points: clauses, their frames on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.model import Act, Box, Clause, Document

_AIR = 3.0  # points between the letters and the frame
_GAP = 1.6  # a gap of more lines than this begins a new frame: another column or a table cell


@dataclass(frozen=True, slots=True)
class Focus:
    """What the document pane shows.

    Attributes:
        clauses: Clauses to frame or mark, the most telling first.
        words: A query whose words are marked too.
        note: What to say when there is nothing to frame.
    """

    clauses: tuple[Clause, ...] = ()
    words: str = ""
    note: str = ""

    @property
    def page(self) -> int | None:
        """Page of the first clause."""
        return next((clause.page for clause in self.clauses if clause.page), None)

    @property
    def key(self) -> str:
        """A name for widgets that must start afresh when the focus moves."""
        return "-".join(str(clause.start) for clause in self.clauses[:8]) or "none"


def clause_at(act: Act, path: str | None, quote: str | None = None) -> Clause | None:
    """The clause of that path; of several paragraphs under one number the one that holds the quote."""
    if path is None:
        return None
    same = [clause for clause in act.clauses if clause.path == path]
    wanted = " ".join((quote or "").split())
    holding = (clause for clause in same if wanted and wanted in " ".join(clause.text.split()))
    return next(holding, same[0] if same else None)


def frames(document: Document, clauses: Iterable[Clause]) -> dict[int, tuple[Box, ...]]:
    """Rectangles around the clauses' lines, by page; lines below one another share a frame."""
    found: dict[int, list[Box]] = {}
    for clause in clauses:
        last: Box | None = None
        for line in document.lines:
            if line.start >= clause.end or line.end <= clause.start or line.box is None or line.page is None:
                continue
            boxes = found.setdefault(line.page, [])
            if last is not None and boxes and boxes[-1] is last and _continues(last, line.box):
                boxes[-1] = last = _union(last, line.box)
            else:
                last = line.box
                boxes.append(last)
    return {page: tuple(_aired(box) for box in boxes) for page, boxes in found.items()}


def _continues(box: Box, line: Box) -> bool:
    height = max(line.y1 - line.y0, 1.0)
    return -height < line.y0 - box.y1 < _GAP * height and line.x0 < box.x1 and box.x0 < line.x1


def _union(one: Box, two: Box) -> Box:
    return Box(min(one.x0, two.x0), min(one.y0, two.y0), max(one.x1, two.x1), max(one.y1, two.y1))


def _aired(box: Box) -> Box:
    return Box(box.x0 - _AIR, box.y0 - _AIR, box.x1 + _AIR, box.y1 + _AIR)
