"""Where words of an act stand in a plain text file: lines, columns and offsets for SARIF."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from analyzer.errors import LnaError
from analyzer.model import Document
from analyzer.reading.archive import documents
from analyzer.reading.txt import decode

_LETTERS = re.compile(r"[^\W_]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LEAST = 3  # letters: fewer stand everywhere


def file_texts(read: Iterable[Document], files: Iterable[Path]) -> dict[str, FileText]:
    """Those of the documents that are plain text, by digest.

    Args:
        read: The documents.
        files: The files, or archives, that they were read from.
    """
    plain = {document.sha256: document for document in read if document.format == "txt"}
    found: dict[str, FileText] = {}
    for file in files if plain else ():
        try:
            held = documents(file)
        except LnaError:
            continue  # told already
        for _, data in held:
            document = plain.get(hashlib.sha256(data).hexdigest())
            text = FileText.of(document, data) if document is not None else None
            if document is not None and text is not None:
                found[document.sha256] = text
    return found


class FileText:
    """The text of a file as it lies on the disk; reading has dropped blank lines and unseen characters."""

    def __init__(self, text: str) -> None:
        """Takes the text with its own line ends."""
        self._text = text

    @classmethod
    def of(cls, document: Document, data: bytes) -> FileText | None:
        """The text of a document read from that file; None where the file is not plain text."""
        if document.format != "txt":
            return None
        try:
            return cls(decode(data))
        except LnaError:
            return None

    def region(self, quote: str) -> dict[str, Any] | None:
        """The region of SARIF in which the words stand, case, signs and spaces aside; None if they do not."""
        wanted = "".join(_LETTERS.findall(quote)).casefold()
        letters, offsets = self._letters
        at = letters.find(wanted) if len(wanted) >= _LEAST else -1
        if at < 0:
            return None
        start, end = offsets[at], offsets[at + len(wanted) - 1] + 1
        (line, column), (end_line, end_column) = self._place(start), self._place(end)
        return {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": self._text[start:end]},
        }

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        """Letters and digits in one row, and where each of them stands."""
        pairs = [
            (small, match.start()) for match in _LETTERS.finditer(self._text) for small in match[0].casefold()
        ]
        return "".join(small for small, _ in pairs), [offset for _, offset in pairs]

    def _place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        ends = [match.end() for match in _LINE_END.finditer(self._text, 0, offset)]
        return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1
