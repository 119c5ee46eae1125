"""Where the acts of a district lie: a folder, a ZIP, a CSV manifest, or an address that fsspec knows.

Listing reads names only; every file found becomes an item, also one that will not be read: nothing is lost.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from analyzer.errors import LimitError, LnaError, ReadingError
from analyzer.reading.files import check_size, load, readable
from analyzer.reading.limits import LIMITS

NO_FOLDER = "(без папки)"
# What systems leave in folders on their own, and the locks of open documents.
_LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_LITTER_STARTS = (".", "~$", "._")
_ENCRYPTED = 0x1
_DISTRICT_MEMBERS = 200_000
_OPEN_ARCHIVES = 8  # a process may keep no more than about a thousand files open


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the district.

    Attributes:
        path: Its path inside the source: the name by which it is known everywhere.
        school: The school whose act it is.
        municipality: Its municipality, or "".
        read: Gives the bytes; raises ReadingError.
        skip: Why it is not read at all; "" for what is audited.
    """

    path: str
    school: str
    municipality: str
    read: Callable[[], bytes]
    skip: str = ""


def items(source: str, *, municipalities: bool = False, leave_out: Path | None = None) -> list[Item]:
    """Every file of a source, in the order of the names.

    Args:
        source: Folder, ZIP, CSV manifest, or an address like ``s3://bucket/folder``.
        municipalities: First-level folders are municipalities, the second level is schools.
        leave_out: Folder of the results: not a part of the district when it lies inside.

    Raises:
        LnaError: There is no such source, or it holds nothing.
    """
    found = list(_listed(source, municipalities, leave_out))
    if not found:
        raise LnaError("empty_source", f"в источнике {source} нет ни одного файла", "проверьте путь")
    return _told_apart(sorted(found, key=lambda item: (item.municipality, item.school, item.path)))


def _listed(source: str, municipalities: bool, leave_out: Path | None) -> Iterator[Item]:
    if "://" in source:
        from analyzer.district.remote import remote_items

        return remote_items(source, municipalities)
    path = Path(source)
    if path.is_dir():
        return folder_items(path, municipalities, leave_out)
    if not path.exists():
        raise LnaError("not_found", f"источника {source} нет", "укажите папку, архив ZIP или таблицу CSV")
    if path.suffix.lower() == ".csv":
        from analyzer.district.manifest import local_places, manifest_items

        return manifest_items(path.name, load(path), local_places(path.parent))
    if zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
        return zip_items(path, municipalities)
    raise not_a_source(source)


def not_a_source(source: str) -> LnaError:
    """What is told of a single file."""
    what = f"{source}: не папка, не архив ZIP и не таблица CSV"
    return LnaError("not_a_source", what, "один акт проверяет lna audit")


def folder_items(folder: Path, municipalities: bool = False, leave_out: Path | None = None) -> Iterator[Item]:
    """Files below a folder; ZIP archives in it are looked into."""
    out = leave_out.resolve() if leave_out else None
    closed: list[OSError] = []
    for directory, folders, names in os.walk(folder, onerror=closed.append):
        # Order of a disk is not the same on two machines.
        folders[:] = sorted(name for name in folders if (Path(directory) / name).resolve() != out)
        for name in sorted([*names, *(name for name in folders if (Path(directory) / name).is_symlink())]):
            path = Path(directory) / name
            relative = readable(path.relative_to(folder).as_posix())
            school, municipality = owner(relative, municipalities)
            item = Item(relative, school, municipality, _reader(path), litter(relative))
            if path.is_symlink():
                yield replace(item, skip="ссылка на другое место: положите сами файлы")
            elif not item.skip and path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
                yield from inner_items(path, item)
            else:
                yield item
    for error in closed:
        relative = readable(Path(error.filename).relative_to(folder).as_posix())
        school, municipality = owner(f"{relative}/", municipalities)
        yield Item(relative, school, municipality, bytes, "папка не открывается: проверьте права доступа")


def zip_items(path: Path, municipalities: bool = False) -> Iterator[Item]:
    """Members of a ZIP that is a whole district; a single folder on top of all is the district itself."""
    members = list(_members(path, _DISTRICT_MEMBERS))
    names = [readable(info.filename.replace("\\", "/")) for _, info in members]
    # What a Mac or Windows leaves beside the folders says nothing about them.
    folders = [name.split("/")[:-1] for name in names if not litter(name)]
    tops = {parts[0] if len(parts) > 1 else "" for parts in folders}
    top = tops.pop() if len(tops) == 1 else ""
    for name, (opened, info) in zip(names, members, strict=True):
        inside = name.removeprefix(f"{top}/") if top else name
        school, municipality = owner(inside, municipalities)
        yield _member_item(opened, info, inside, school, municipality)


def inner_items(path: Path, holder: Item) -> Iterator[Item]:
    """Members of a ZIP inside a folder: acts of the school to which the archive belongs."""
    school = PurePosixPath(holder.path).stem if holder.school == NO_FOLDER else holder.school
    try:
        for opened, info in _members(path, LIMITS.zip_members):
            name = readable(info.filename.replace("\\", "/"))
            yield _member_item(opened, info, f"{holder.path}/{name}", school, holder.municipality)
    except LnaError as error:
        yield replace(holder, read=failing(error))


def owner(path: str, municipalities: bool) -> tuple[str, str]:
    """School and municipality of a path."""
    folders = path.split("/")[:-1]
    if municipalities:
        return (folders[1] if len(folders) > 1 else NO_FOLDER), (folders[0] if folders else "")
    return (folders[0] if folders else NO_FOLDER), ""


def _members(path: Path, most: int) -> Iterator[tuple[Callable[[], zipfile.ZipFile], zipfile.ZipInfo]]:
    try:
        opened = partial(_archive, path, path.stat().st_mtime_ns)
        archive = opened()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadingError("truncated", "архив ZIP повреждён", "загрузите архив ещё раз") from error
    if len(archive.infolist()) > most:
        raise LimitError("limit_zip_members", f"в архиве больше {most} файлов (предел)", "распакуйте архив")
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        if not info.is_dir():
            yield opened, info


@lru_cache(maxsize=_OPEN_ARCHIVES)
def _archive(path: Path, stamp: int) -> zipfile.ZipFile:
    """An open archive: a thousand schools may have handed in one each, to be read one after another."""
    del stamp  # part of the key only
    # Windows packs Russian names in CP866 and says nothing of it.
    return zipfile.ZipFile(path, metadata_encoding="cp866")


def _member_item(
    opened: Callable[[], zipfile.ZipFile], info: zipfile.ZipInfo, name: str, school: str, municipality: str
) -> Item:
    def read() -> bytes:
        if info.flag_bits & _ENCRYPTED:
            raise ReadingError("encrypted", "архив защищён паролем", "распакуйте архив и передайте папку")
        check_size(info.file_size)
        try:
            with opened().open(info) as stream:
                data = stream.read(LIMITS.upload_bytes + 1)  # the declared size may lie
        except Exception as error:  # zipfile raises a dozen kinds of errors on damaged members
            raise ReadingError("truncated", "файл в архиве повреждён", "загрузите архив ещё раз") from error
        check_size(len(data))
        return data

    return Item(name, school, municipality, read, litter(name))


def _reader(path: Path) -> Callable[[], bytes]:
    return lambda: load(path)


def failing(error: LnaError) -> Callable[[], bytes]:
    """The reading of a file that is known not to be readable."""

    def read() -> bytes:
        raise error

    return read


def litter(path: str) -> str:
    """Why a file is none that a person has put there; "" for an ordinary one."""
    for part in path.split("/"):
        if part.lower() in _LITTER_NAMES or part.startswith(_LITTER_STARTS):
            return "служебный файл системы или замок открытого документа"
    return ""


def _told_apart(found: list[Item]) -> list[Item]:
    """The same path twice (an archive with repeated names, a manifest): the second is skipped, not lost."""
    seen: dict[str, int] = {}
    result = []
    for item in found:
        seen[item.path] = count = seen.get(item.path, 0) + 1
        if count > 1:
            reason = "тот же путь уже был: файл проверен один раз"
            item = replace(item, path=f"{item.path} #{count}", skip=reason)
        result.append(item)
    return result
