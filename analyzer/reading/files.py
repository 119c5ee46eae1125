"""Which reader a file needs: one interface for every format, told by content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document
from analyzer.reading.kinds import Kind, foreign, kind_of, zip_names
from analyzer.reading.limits import LIMITS, MEGABYTE

Ocr = Literal["auto", "never", "always"]
"""Recognition: of pages without a usable text layer, of none, of all."""

_SAVE = "сохраните его как DOCX или PDF"
_WORD_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read_file(path: Path, *, ocr: Ocr = "auto") -> Document:
    """The document in a file.

    Args:
        path: The file.
        ocr: What is recognised from pictures.

    Raises:
        ReadingError: There is no such file, or it is no document that can be read.
        LimitError: Over a limit of ``limits.py``.
    """
    return read(load(path), path.name, ocr=ocr)


def readable(name: str) -> str:
    """A name that can be written as UTF-8, whatever bytes the disk holds."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def load(path: Path) -> bytes:
    """The bytes of a file that is not too large.

    Raises:
        ReadingError: There is no such file, or it may not be read.
        LimitError: It is too large.
    """
    try:
        if path.is_dir():
            advice = "укажите файл акта; папку проверяет lna district"
            raise ReadingError("directory", "это папка, а не файл", advice)
        if not path.is_file() and path.exists():
            raise ReadingError("not_readable", "это не обычный файл", "укажите файл акта")
        check_size(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError("not_found", "файла нет", "проверьте имя и путь") from error
    except (OSError, ValueError) as error:
        raise ReadingError("not_readable", "файл не открывается", "проверьте права доступа и путь") from error


def check_size(size: int) -> None:
    """Raises LimitError when a file has more bytes than is allowed."""
    if size > LIMITS.upload_bytes:
        raise LimitError(
            "limit_upload",
            f"файл слишком велик: {size / MEGABYTE:.0f} МБ, предел {LIMITS.upload_bytes // MEGABYTE} МБ",
            "уменьшите файл или разделите его",
        )


def read(
    data: bytes, name: str, *, ocr: Ocr = "auto", progress: Callable[[], None] = lambda: None
) -> Document:
    """The document in some bytes.

    Args:
        data: The whole file.
        name: Its name, for messages and reports only.
        ocr: What is recognised from pictures.
        progress: Called now and then while the work goes on.

    Raises:
        ReadingError: Empty, damaged, encrypted, or not a document.
        LimitError: Over a limit of ``limits.py``.
    """
    if not data:
        raise ReadingError("empty", "файл пуст", "сохраните документ заново и повторите")
    check_size(len(data))
    what = foreign(data)
    if what is not None:
        raise ReadingError("unsupported", f"это {what}, такие файлы не читаются", _SAVE)
    kind = kind_of(data)
    if kind == "zip":
        advice = "распакуйте его; lna audit проверяет каждый документ архива ZIP, но не архивы внутри него"
        raise ReadingError("archive", "это архив, а не документ", advice)
    digest = hashlib.sha256(data).hexdigest()
    if kind in ("pdf", "image"):
        return _pages(data, name, digest, kind, ocr, progress)
    # Readers are imported when needed: each brings a heavy library.
    if kind == "docx":
        from analyzer.reading.docx import read_docx

        return read_docx(data, name, digest)
    if kind in ("doc", "rtf", "odt"):
        return _converted(data, name, digest, kind)
    if kind == "html":
        from analyzer.reading.html import read_html

        return read_html(data, name, digest)
    from analyzer.reading.txt import read_txt

    return read_txt(data, name, digest)


def _pages(
    data: bytes, name: str, digest: str, kind: Kind, ocr: Ocr, progress: Callable[[], None]
) -> Document:
    """A PDF or pictures, with recognition when it is wanted and installed."""
    from analyzer.reading.pages import NO_TESSERACT

    engine = None
    fix = "включите распознавание (--ocr auto)"
    if ocr != "never":
        from analyzer.reading.ocr import engine as installed

        engine = installed()
        fix = NO_TESSERACT
    if engine is not None:
        fix = (
            f"страница слишком плохо видна, или их больше {LIMITS.ocr_pages}, или распознавание шло дольше "
            f"{LIMITS.ocr_seconds:.0f} с (пределы): отсканируйте её заново с разрешением 300 точек на дюйм"
        )
    if kind == "image":
        if engine is None:
            raise ReadingError("no_ocr", "это картинка, для неё нужно распознавание", fix)
        from analyzer.reading.images import read_image

        return read_image(data, name, digest, engine.read, fix, progress=progress)
    from analyzer.reading.pdf import read_pdf
    from analyzer.reading.pdf_render import recogniser

    recognise = recogniser(engine.read, progress) if engine is not None else None
    return read_pdf(
        data, name, digest, recognise=recognise, everything=ocr == "always", unread_fix=fix, progress=progress
    )


def _converted(data: bytes, name: str, digest: str, kind: Literal["doc", "rtf", "odt"]) -> Document:
    """A document of another format by way of LibreOffice."""
    from analyzer.reading.docx import MACROS, read_docx
    from analyzer.reading.office import check, to_docx

    check(data, name, kind)
    document = read_docx(to_docx(data, kind), name, digest)
    notes = document.notes
    macros = _WORD_MACROS in data if kind == "doc" else any(map(_is_basic, zip_names(data)))
    if macros and not any(note.code == MACROS.code for note in notes):
        notes = (*notes, MACROS)
    return replace(document, format=kind, notes=notes)


def _is_basic(part: str) -> bool:
    return part.startswith(("Basic/", "Scripts/"))
