"""What is to be written into a PDF: asked for by the reports, done by the worker, so free of PDFium."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analyzer.model import Box


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation.

    Attributes:
        page: Its page, from 1.
        turn: ``Document.turn`` of that page.
        boxes: What it covers, in the coordinates of ``Line``.
        pinned: A sticky note in the only box; else the boxes are highlighted.
        colour: Red, green, blue.
        words: What it says.
        author: Who says it.
        key: Name of the annotation, its own in the document.
    """

    page: int
    turn: int
    boxes: tuple[Box, ...]
    pinned: bool
    colour: tuple[int, int, int]
    words: str
    author: str
    key: str

    @classmethod
    def load(cls, plain: dict[str, Any]) -> Mark:
        """The mark in what JSON makes of ``dataclasses.asdict``."""
        boxes = tuple(Box(**box) for box in plain["boxes"])
        return cls(**{**plain, "boxes": boxes, "colour": tuple(plain["colour"])})
