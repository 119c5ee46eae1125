"""``lna outline --format html``: clauses beside page pictures, to see a parsing fault in seconds."""

from __future__ import annotations

import base64
import io
from collections import defaultdict

from PIL import Image

from analyzer.errors import ReadingError
from analyzer.model import Act, Clause, Document, Line
from analyzer.reading.sandbox import draw_isolated
from analyzer.reports.page import environment

_WIDTH = 760  # pixels of a page picture
_MOST_PAGES = 60  # more pictures make a file that no browser likes


def outline_html(document: Document, act: Act, data: bytes) -> str:
    """One self-contained page; pictures for PDF and scans, where lines have places.

    Args:
        document: The document as read.
        act: Its outline.
        data: The file, for the pictures.
    """
    block = act.title_block
    by_page: dict[int, list[Clause]] = defaultdict(list)
    for clause in act.clauses:
        by_page[clause.page or 0].append(clause)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        lines[line.page or 0].append(line)
    pictures = _pictures(document, data)
    numbers = sorted({*by_page, *pictures})
    pages = [
        {
            "number": number,
            "picture": pictures.get(number, ("", 0.0))[0],
            "boxes": _boxes(lines[number], pictures.get(number, ("", 0.0))[1]),
            "clauses": by_page[number],
        }
        for number in numbers
    ]
    approved = f"{block.approved_on or 'дата не найдена'} № {block.approval_number or '—'}"
    return (
        environment()
        .get_template("outline.html")
        .render(
            name=document.name,
            title=block.title or document.name,
            organisation=block.organization or "организация не найдена",
            approved=approved,
            pages=pages,
            width=_WIDTH,
            tones={},
        )
    )


def _pictures(document: Document, data: bytes) -> dict[int, tuple[str, float]]:
    """Page → its PNG in base64 and pixels a point; a page that cannot be drawn is left out."""
    result: dict[int, tuple[str, float]] = {}
    for number in range(1, min(document.pages or 0, _MOST_PAGES) + 1):
        try:
            drawn = draw_isolated(data, number, turn=document.turn(number), width=_WIDTH)
        except ReadingError:
            continue
        picture = io.BytesIO()
        Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb).save(picture, "PNG", optimize=True)
        result[number] = (base64.b64encode(picture.getvalue()).decode("ascii"), drawn.scale)
    return result


def _boxes(lines: list[Line], scale: float) -> list[dict[str, object]]:
    boxes: list[dict[str, object]] = []
    for line in lines:
        if line.box is not None and scale:
            box = line.box
            place = (box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)
            left, top, width, height = (round(value * scale, 1) for value in place)
            style = f"left:{left}px;top:{top}px;width:{width}px;height:{height}px"
            boxes.append({"key": line.start, "text": line.text[:120], "style": style})
    return boxes
