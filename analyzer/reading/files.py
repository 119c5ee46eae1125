"""Which reader a file needs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document
from analyzer.reading.limits import LIMITS, MEGABYTE

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Pictures and old formats that are recognised, so that the message can say what to do with them.
_KNOWN = (
    (b"\x89PNG", "картинка PNG", "распознайте страницу и сохраните её как PDF с текстом"),
    (b"\xff\xd8\xff", "картинка JPEG", "распознайте страницу и сохраните её как PDF с текстом"),
    (b"II*\x00", "картинка TIFF", "распознайте страницы и сохраните их как PDF с текстом"),
    (b"MM\x00*", "картинка TIFF", "распознайте страницы и сохраните их как PDF с текстом"),
    (b"{\\rtf", "документ RTF", "откройте его в текстовом редакторе и сохраните как DOCX"),
)


def read_file(path: Path) -> Document:
    """The document in a file.

    Raises:
        ReadingError: There is no such file, or it is no document that can be read.
    """
    try:
        if path.is_dir():
            raise ReadingError("directory", "это папка, а не файл", "укажите файл акта; папку проверяет lna district")
        size = path.stat().st_size
        if size > LIMITS.upload_bytes:
            raise _too_large(size)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError("not_found", "файла нет", "проверьте имя и путь") from error
    except (OSError, ValueError) as error:
        raise ReadingError("not_readable", "файл не открывается", "проверьте права доступа и путь") from error
    return read(data, path.name)


def read(data: bytes, name: str) -> Document:
    """The document in some bytes.

    Args:
        data: The whole file.
        name: Its name, for messages and reports only.

    Raises:
        ReadingError: Empty, damaged, encrypted, or not a document.
        LimitError: Over a limit of ``limits.py``.
    """
    if not data:
        raise ReadingError("empty", "файл пуст", "сохраните документ заново и повторите")
    if len(data) > LIMITS.upload_bytes:
        raise _too_large(len(data))
    digest = hashlib.sha256(data).hexdigest()
    # Readers are imported when needed: each brings a heavy library.
    if b"%PDF-" in data[:1024]:
        from analyzer.reading.pdf import read_pdf

        return read_pdf(data, name, digest)
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        from analyzer.reading.docx import read_docx

        return read_docx(data, name, digest)
    if data[:8] == _OLE:
        return _ole(data, name, digest)
    for magic, kind, advice in _KNOWN:
        if data.startswith(magic):
            raise ReadingError("unsupported", f"{kind} пока не читается", advice)
    from analyzer.reading.txt import read_txt

    return read_txt(data, name, digest)


def _ole(data: bytes, name: str, digest: str) -> Document:
    if "EncryptedPackage".encode("utf-16-le") in data:
        from analyzer.reading.docx import read_docx

        return read_docx(data, name, digest)  # says that the file is encrypted
    raise ReadingError("unsupported", "документ старого формата .doc пока не читается", "сохраните его как DOCX или PDF")


def _too_large(size: int) -> LimitError:
    limit = LIMITS.upload_bytes // MEGABYTE
    return LimitError(
        "limit_upload", f"файл слишком велик: {size / MEGABYTE:.0f} МБ, предел {limit} МБ", "уменьшите файл или разделите его"
    )
