"""A ZIP of documents: its members, one by one, nothing written to disk."""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from analyzer.errors import LimitError, ReadingError
from analyzer.reading.files import load
from analyzer.reading.kinds import kind_of
from analyzer.reading.limits import LIMITS, MEGABYTE, Limits

_CHUNK = 256 * 1024
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    OSError,
)  # fmt: skip
_REPACK = "распакуйте архив и передайте сами документы"
# What systems put into archives on their own, and the locks of open documents.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")


def is_archive(data: bytes) -> bool:
    """True for a ZIP that is no document itself."""
    return kind_of(data) == "zip" if data else False


def documents(path: Path) -> list[tuple[str, bytes]]:
    """Name and bytes of the document in a file, or of every document when the file is a ZIP of them.

    Raises:
        ReadingError: There is no such file, or the archive is damaged, encrypted or unsafe.
        LimitError: Over a limit.
    """
    data = load(path)
    return members(data, path.name) if is_archive(data) else [(path.name, data)]


def members(data: bytes, name: str, limits: Limits = LIMITS) -> list[tuple[str, bytes]]:
    """Documents of an archive.

    Args:
        data: The archive.
        name: Its name.
        limits: Number and inflated size of the members.

    Returns:
        Pairs of a name like ``архив.zip/папка/акт.docx`` and the bytes, in the order of names. An archive
        inside the archive is among them: the reader refuses it.

    Raises:
        ReadingError: Damaged, encrypted, with unsafe names, or without a single file.
        LimitError: Over a limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [(_name(info), info) for info in archive.infolist()]
    except _DAMAGED as error:
        raise _damaged() from error
    with archive:
        _check(infos, limits)
        files = sorted((inner, info) for inner, info in infos if not info.is_dir() and not _is_litter(inner))
        if not files:
            raise ReadingError("empty", "в архиве нет ни одного файла", "проверьте архив")
        found, total = [], 0
        for inner, info in files:
            content = _inflate(archive, info, limits.zip_total_bytes - total, limits)
            total += len(content)
            found.append((f"{name}/{inner}", content))
    return found


def _check(infos: list[tuple[str, zipfile.ZipInfo]], limits: Limits) -> None:
    """Everything that the directory tells, before a byte is inflated."""
    if len(infos) > limits.zip_members:
        raise LimitError(
            "limit_zip_members", f"в архиве больше {limits.zip_members} файлов (предел)", _REPACK
        )
    if sum(info.file_size for _, info in infos) > limits.zip_total_bytes:
        raise _bomb(limits)
    if any(info.flag_bits & _ENCRYPTED for _, info in infos):
        raise ReadingError("encrypted", "архив защищён паролем", _REPACK)
    names = [inner for inner, _ in infos]
    if len(set(names)) < len(names) or any(_is_unsafe(inner, info) for inner, info in infos):
        raise ReadingError("unsafe_zip", "в архиве повторяющиеся или недопустимые имена файлов", _REPACK)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows packs Russian names in CP866 and says nothing of it."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp866")
    return "".join(char if char.isprintable() else "_" for char in name.replace("\\", "/"))


def _is_unsafe(name: str, info: zipfile.ZipInfo) -> bool:
    link = stat.S_ISLNK(info.external_attr >> 16)
    return link or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")


def _is_litter(name: str) -> bool:
    base = posixpath.basename(name)
    return name.startswith(_LITTER) or base.startswith(_LITTER) or base.startswith("._")


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    """One member with a running bound: the size that the directory declares may lie."""
    out = bytearray()
    bound = min(
        left, limits.zip_member_bytes, max(limits.zip_ratio_after, limits.zip_ratio * info.compress_size)
    )
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                out += chunk
                if len(out) > bound:
                    raise _bomb(limits)
    except _DAMAGED as error:
        raise _damaged() from error
    return bytes(out)


def _damaged() -> ReadingError:
    return ReadingError(
        "truncated", "архив ZIP повреждён или загружен не полностью", "загрузите архив ещё раз"
    )


def _bomb(limits: Limits) -> LimitError:
    return LimitError(
        "zip_bomb",
        f"архив при распаковке слишком велик: предел {limits.zip_total_bytes // MEGABYTE} МБ на всё, "
        f"{limits.zip_member_bytes // MEGABYTE} МБ на файл, сжатие не более {limits.zip_ratio} раз",
        _REPACK,
    )
