"""What a file is, by its content: extensions lie."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Kind = Literal["pdf", "docx", "odt", "zip", "doc", "rtf", "html", "image", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_ODT = b"application/vnd.oasis.opendocument.text"
_OTHER_ODF = tuple(b"application/vnd.oasis.opendocument." + it for it in (b"spread", b"presen", b"graph"))
_PROBE = 1_024
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ROOT = "Root Entry".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OFFICE_PARTS = (("xl/", "таблица Excel"), ("ppt/", "презентация PowerPoint"))
_FOREIGN = (
    (b"AT&TFORM", "документ DjVu"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf\x27\x1c", "архив 7z"),
    (b"\x1f\x8b", "архив gzip"),
    (b"GIF8", "картинка GIF"),
    (b"BM", "картинка BMP"),
    (b"%!PS", "документ PostScript"),
    (b"<?mso-application", "документ Word 2003 XML"),
)
# BMP has two letters for a mark, which a text may begin with: the size behind them tells.
_BMP_HEAD = 6


def kind_of(data: bytes) -> Kind:
    """The format of a file that is not empty; ``text`` when nothing else fits."""
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        # An encrypted DOCX hides in the container of the old format: its reader says so.
        return "docx" if _ENCRYPTED_STREAM in data else "doc"
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if data.startswith(_IMAGES):
        return "image"
    if b"%PDF-" in data[:_PROBE]:
        return "pdf"
    return "html" if _HTML.match(data[:_PROBE].removeprefix(b"\xef\xbb\xbf")) else "text"


def foreign(data: bytes) -> str | None:
    """What a file is that no reader takes, in Russian; None when it may be a document."""
    if data.startswith(_OLE):
        # Without its directory it is a damaged file of any kind.
        other = _ROOT in data and _WORD_STREAM not in data and _ENCRYPTED_STREAM not in data
        return "файл старого формата Office, но не документ Word" if other else None
    if data.startswith(_ZIP):
        if any(mark in data[:_PROBE] for mark in _OTHER_ODF):
            return "таблица, презентация или рисунок OpenDocument"
        names = zip_names(data)
        return next(
            (what for folder, what in _OFFICE_PARTS if any(name.startswith(folder) for name in names)), None
        )
    for mark, what in _FOREIGN:
        if data.startswith(mark) and (
            mark != b"BM" or int.from_bytes(data[2:_BMP_HEAD], "little") == len(data)
        ):
            return what
    return None


def zip_names(data: bytes) -> list[str]:
    """Names in a ZIP container; none when its directory is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError):
        return []


def _zip_kind(data: bytes) -> Kind:
    if _ODT in data[:_PROBE]:
        return "odt"
    names = zip_names(data)
    # A damaged container is taken for a DOCX: that reader says what is wrong with it.
    if not names or "[Content_Types].xml" in names or any(name.startswith("word/") for name in names):
        return "docx"
    return "odt" if {"mimetype", "content.xml"} <= set(names) else "zip"
