"""A look at a PDF's streams before PDFium sees them: a bomb inflates here, within a bound, or not at all."""

from __future__ import annotations

import re
import zlib

from analyzer.errors import LimitError
from analyzer.reading.limits import LIMITS, MEGABYTE, Limits

# Deflate cannot grow data by more than this: smaller streams need no look.
_DEFLATE_RATIO = 1_032
_CHUNK = 64 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY_BYTES = 1_024
_TEXT_BYTES = bytes(range(0x20, 0x7F)) + b"\r\n\t"


def guard_streams(data: bytes, limits: Limits = LIMITS) -> None:
    """Refuses a PDF with a stream that inflates over the limit.

    Pictures are left out: PDFium does not decode them for text. What calls itself one and holds
    readable characters is none.

    Args:
        data: The file.
        limits: Bounds.

    Raises:
        LimitError: A stream is over ``pdf_stream_bytes``.
    """
    smallest = limits.pdf_stream_bytes // _DEFLATE_RATIO
    for found in _STREAM.finditer(data):
        start = found.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if end - start < smallest:
            continue
        head = data[max(0, start - _DICTIONARY_BYTES) : start].rpartition(b" obj")[2]
        if _IMAGE.search(head) and not _reads_as_text(data[start : start + _CHUNK]):
            continue
        if _inflates_over(data, start, end, limits.pdf_stream_bytes):
            size = limits.pdf_stream_bytes // MEGABYTE
            raise LimitError(
                "limit_pdf_stream",
                f"содержимое PDF в распакованном виде больше предела в {size} МБ на одну часть",
                "сохраните документ в PDF заново из исходного файла",
            )


def _reads_as_text(packed: bytes) -> bool:
    """True when the beginning of a stream inflates to printable ASCII, as page operators do."""
    try:
        head = zlib.decompressobj().decompress(packed, 4_096)
    except zlib.error:
        return False
    return bool(head) and len(head.translate(None, _TEXT_BYTES)) < len(head) / 50


def _inflates_over(data: bytes, start: int, end: int, limit: int) -> bool:
    """Inflates piece by piece, keeping nothing, and stops at the limit."""
    inflater = zlib.decompressobj()
    total = 0
    try:
        for position in range(start, end, _CHUNK):
            piece = data[position : min(position + _CHUNK, end)]
            while piece:
                total += len(inflater.decompress(piece, MEGABYTE))
                if total > limit:
                    return True
                piece = inflater.unconsumed_tail
            if inflater.eof:
                break
    except zlib.error:  # another filter, or encrypted: PDFium's business
        return False
    return False
