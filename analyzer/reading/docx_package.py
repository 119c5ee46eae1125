"""Opening a DOCX package safely: ZIP and XML with limits, relationships, Strict namespaces.

python-docx does not do it: it inflates every part without a bound, refuses Strict and macro-enabled files and
stumbles over broken relationships. Nothing is extracted to disk, nothing outside the package is followed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from analyzer.errors import LimitError, ReadingError
from analyzer.reading.limits import LIMITS, MEGABYTE, Limits

Element = Any  # lxml ships no types

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_CHUNK = 256 * 1024
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + strict, b"http://schemas.openxmlformats.org/" + transitional)
    for strict, transitional in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
        (b"drawingml/main", b"drawingml/2006/main"),
    )
)
_RESAVE = "откройте файл в Word или LibreOffice и сохраните заново как .docx"
_OTHER_FILE = "передайте файл .docx или .pdf"
# What zipfile raises on damaged data, one way or another.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """An internal relationship: its kind is the last word of the type (``styles``, ``header``)."""

    kind: str
    target: str


class Package:
    """A checked DOCX container; parts are inflated and parsed on demand, within limits.

    Attributes:
        main: Name of the main part (``word/document.xml`` as a rule).
        names: Names of all parts.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._inflated = 0
        self._relations: dict[str, dict[str, Relation]] = {}
        self._zip = _open_zip(data, limits)
        self._infos = {_plain(info): info for info in self._zip.infolist()}
        self.names = tuple(self._infos)
        self.main = self._find_main()

    def root(self, name: str) -> Element | None:
        """Parses a part; None when the package has no such part."""
        if name not in self._infos:
            return None
        return parse_xml(self._inflate(self._infos[name]), name, self._limits)

    def check(self) -> None:
        """Looks every part over, for a library that opens the package without limits of its own.

        Raises:
            LimitError: The parts together are over a limit.
            ReadingError: The container is damaged.
        """
        nodes = 0
        for name, info in self._infos.items():
            nodes += _nodes(self._inflate(info))
            if nodes > self._limits.xml_nodes:
                raise _too_many(name, self._limits)

    def relations(self, part: str) -> dict[str, Relation]:
        """Internal relationships of a part by id; external targets are left out, never fetched."""
        if part in self._relations:
            return self._relations[part]
        folder, base = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, Relation] = {}
        for node in root if root is not None else ():
            target = node.get("Target", "")
            if node.get("TargetMode") == "External" or not target:
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[node.get("Id", "")] = Relation(node.get("Type", "").rsplit("/", 1)[-1], path)
        self._relations[part] = found
        return found

    def related(self, kind: str) -> Iterator[Element]:
        """Roots of the parts that the main part names with this kind of relationship."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and (root := self.root(relation.target)) is not None:
                yield root

    def _find_main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._infos:
                main = relation.target
                break
        else:
            main = "word/document.xml"
        if main not in self._infos:
            raise ReadingError("not_docx", "это архив ZIP, но не документ Word", _OTHER_FILE)
        return main

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        """Reads one part with a running bound: the size that the header declares may lie."""
        limits = self._limits
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    out += chunk
                    if len(out) > limits.zip_member_bytes:
                        raise _bomb(f"часть {info.filename}", limits.zip_member_bytes)
                    if self._inflated + len(out) > limits.zip_total_bytes:
                        raise _bomb("содержимое файла", limits.zip_total_bytes)
                    if len(out) > max(limits.zip_ratio_after, limits.zip_ratio * info.compress_size):
                        raise LimitError(
                            "zip_bomb",
                            f"при распаковке файл растёт более чем в {limits.zip_ratio} раз (предел сжатия)",
                            _RESAVE,
                        )
        except _ZIP_ERRORS as error:
            raise _damaged() from error
        self._inflated += len(out)
        return bytes(out)


def parse_xml(data: bytes, name: str, limits: Limits = LIMITS) -> Element:
    """Parses XML without DTD, entities or network, within the limits on nodes and depth.

    Args:
        data: The XML.
        name: What a message calls it.
        limits: Nodes and depth.

    Raises:
        LimitError: Too many nodes or too deep.
        ReadingError: A DTD or broken XML.
    """
    if any(mark in data for mark in _DOCTYPE):
        raise _dtd(name)
    if _nodes(data) > limits.xml_nodes:
        raise _too_many(name, limits)
    if b"purl.oclc.org/ooxml" in data:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise _too_deep(name, limits) from error
        raise ReadingError("damaged", f"часть {name} повреждена (неверный XML)", _RESAVE) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd(name)
    if root.xpath(f"boolean(/{'*/' * limits.xml_depth}*)"):
        raise _too_deep(name, limits)
    return root


def _nodes(data: bytes) -> int:
    """The most elements and attributes that XML can have.

    Counted before parsing: a tree takes thirty times the memory of its text.
    """
    return data.count(b"<") - data.count(b"</") + data.count(b"=")


def _open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Opens the container and checks everything that its directory tells."""
    if not data:
        raise ReadingError("empty", "файл пуст (0 байт)", "проверьте, что файл загружен полностью")
    if len(data) > limits.upload_bytes:
        raise LimitError(
            "limit_upload",
            f"файл больше {limits.upload_bytes // MEGABYTE} МБ (предел размера файла)",
            "уменьшите рисунки или разделите документ",
        )
    if data.startswith(_OLE_MAGIC):
        raise _ole(data)
    if not data.startswith(b"PK"):
        raise ReadingError("not_docx", "содержимое файла не похоже на DOCX", _OTHER_FILE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        raise _damaged() from error
    _check_directory(archive.infolist(), limits)
    return archive


def _check_directory(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.zip_members:
        raise LimitError("limit_zip_members", f"в файле больше {limits.zip_members} частей (предел)", _RESAVE)
    if any(info.file_size > limits.zip_member_bytes for info in infos):
        raise _bomb("одна из частей файла", limits.zip_member_bytes)
    if sum(info.file_size for info in infos) > limits.zip_total_bytes:
        raise _bomb("содержимое файла", limits.zip_total_bytes)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise _encrypted()
    names = [_plain(info) for info in infos]
    if len(set(names)) < len(names) or any(_unsafe(name) for name in names):
        raise ReadingError("unsafe_zip", "в файле повторяющиеся или недопустимые имена частей", _RESAVE)


def _plain(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")  # some Windows tools write back slashes


def _unsafe(name: str) -> bool:
    return bool(re.match(r"[A-Za-z]:|/", name)) or ".." in name.split("/")


def _ole(data: bytes) -> ReadingError:
    """An OLE container is an encrypted DOCX, or a document of Word 97–2003."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _encrypted()
    return ReadingError("not_docx", "это файл старого формата Word (.doc), а не DOCX", _RESAVE)


def _encrypted() -> ReadingError:
    return ReadingError("encrypted", "файл защищён паролем", "снимите пароль в Word и сохраните файл заново")


def _damaged() -> ReadingError:
    return ReadingError(
        "truncated", "файл DOCX повреждён или загружен не полностью", "загрузите файл ещё раз или " + _RESAVE
    )


def _bomb(what: str, limit: int) -> LimitError:
    return LimitError("zip_bomb", f"при распаковке {what} больше {limit // MEGABYTE} МБ (предел)", _RESAVE)


def _dtd(name: str) -> ReadingError:
    message = f"в части {name} есть DTD или внешние сущности, это запрещено"
    return ReadingError("xml_entities", message, _RESAVE)


def _too_many(name: str, limits: Limits) -> LimitError:
    message = f"в части {name} больше {limits.xml_nodes} элементов XML (предел)"
    return LimitError("limit_xml_nodes", message, _RESAVE)


def _too_deep(name: str, limits: Limits) -> LimitError:
    message = f"в части {name} вложенность элементов больше {limits.xml_depth} (предел)"
    return LimitError("limit_xml_depth", message, _RESAVE)
