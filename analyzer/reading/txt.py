"""Plain text → Document: the encoding is the one that reads as Russian; wrapped lines are told apart."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.errors import ReadingError
from analyzer.model import Document, Line
from analyzer.reading.limits import LIMITS, Limits, check_text
from analyzer.reading.normalize import clean, clean_line, glue_spaced
from analyzer.reading.offsets import with_offsets
from analyzer.reading.text_quality import known_share

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EIGHT_BIT = ("cp1251", "koi8-r", "cp866")
_PROBE = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_WORD = re.compile(r"[А-Яа-яЁё]+")
_ENDED = re.compile(r"[.;:!?…»\")]\s*$")
_BOLD = "**"

_PARAGRAPH_LENGTH = 160  # print is never as wide
_WRAPPED_SHARE = 0.12


def read_txt(data: bytes, name: str, sha256: str, *, limits: Limits = LIMITS) -> Document:
    """Reads plain text in UTF-8, UTF-16, Windows-1251, KOI8-R or CP866.

    Args:
        data: The file.
        name: Its name, for the Document.
        sha256: Its digest.
        limits: Bounds.

    Returns:
        The document: one ``Line`` a line of the file that is not blank; ``whole_paragraphs`` is False
        when the lines look wrapped.

    Raises:
        ReadingError: ``empty`` or ``not_text``.
        LimitError: There is too much text.
    """
    text = decode(data)
    if not text.strip():
        raise ReadingError("empty", "файл пуст", "выберите другой файл")
    check_text(text, limits)
    lines, joined = with_offsets(_lines(clean(text)))
    wrapped = looks_wrapped([line.text for line in lines])
    return Document(name, sha256, "txt", lines, not wrapped, text=joined)


def decode(data: bytes) -> str:
    """Turns bytes into text.

    Args:
        data: The file.

    Returns:
        Its text in the encoding in which it reads as Russian; UTF-8 whenever that is possible.

    Raises:
        ReadingError: ``not_text``: the bytes are no text in a known encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    wide = _wide_encoding(data[:_PROBE])
    if wide:
        return _checked(data.decode(wide, "replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        encoding = max(_EIGHT_BIT, key=lambda candidate: _russian(data[:_PROBE].decode(candidate, "replace")))
    return _checked(data.decode(encoding, "replace"))


def _wide_encoding(probe: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is the page of Latin (0) or of Cyrillic (4)."""
    if len(probe) < 4:
        return None
    for encoding, high in (("utf-16-le", probe[1::2]), ("utf-16-be", probe[::2])):
        pages = Counter(high)
        if pages[0x00] and pages[0x00] + pages[0x04] > 0.9 * len(high):
            return encoding
    return None


def _russian(text: str) -> tuple[float, int]:
    """How well a text reads as Russian: share of dictionary words, then number of small letters."""
    words = _WORD.findall(text)
    return (known_share(words) if words else 0.0), sum(map(str.islower, text))


def _checked(text: str) -> str:
    probe = text[:_PROBE]
    bad = len(_CONTROL.findall(probe)) + 5 * probe.count("\ufffd")
    if bad > 0.02 * len(probe) + 1:
        raise ReadingError(
            "not_text", "файл не похож на текст", "выберите документ PDF, DOCX, ODT, RTF или TXT"
        )
    return text


def _lines(text: str) -> Iterator[Line]:
    """Lines that are not blank; marks of bold type that run over lines are followed and taken out."""
    marked = text.count(_BOLD) > 1 and text.count(_BOLD) % 2 == 0
    bold = False
    for raw in text.split("\n"):
        parts = raw.split(_BOLD) if marked else [raw]
        # Every second part is inside the marks; a line is bold when nothing visible stands outside.
        inside = [part for i, part in enumerate(parts) if bold != bool(i % 2)]
        outside = [part for i, part in enumerate(parts) if bold == bool(i % 2)]
        bold = bold != (len(parts) % 2 == 0)
        line = clean_line(glue_spaced("".join(parts).strip()))
        if line:
            all_bold = any(map(str.strip, inside)) and not any(map(str.strip, outside))
            yield Line(line, 0, bold=all_bold)


def looks_wrapped(lines: Sequence[str]) -> bool:
    """True when lines are print, broken at the margin, and not paragraphs.

    Args:
        lines: Lines that are not blank.

    Returns:
        True when no line is as long as a paragraph and many go on in the next one in mid-sentence.
    """
    if len(lines) < 2 or max(map(len, lines)) > _PARAGRAPH_LENGTH:
        return False
    broken = sum(not _ENDED.search(line) and following[:1].islower() for line, following in pairwise(lines))
    return broken >= _WRAPPED_SHARE * (len(lines) - 1)
