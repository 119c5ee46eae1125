"""READ001: what could not be read, or was recognised from a picture."""

from __future__ import annotations

from analyzer.model import Document, Finding


def check_reading(document: Document) -> list[Finding]:
    """The reader's notes as findings."""
    return [
        Finding(
            "READ001",
            "warning",
            note.message,
            note.fix,
            page=note.pages[0] if note.pages else None,
            quote=document.name,
        )
        for note in document.notes
    ]
