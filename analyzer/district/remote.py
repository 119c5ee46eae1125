"""Sources that fsspec knows: ``s3://``, ``ftp://``, ``memory://`` and the like (extra ``remote``)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from analyzer.district.manifest import manifest_items
from analyzer.district.source import Item, inner_items, litter, not_a_source, owner, zip_items
from analyzer.errors import LnaError, ReadingError, install_extra
from analyzer.reading.files import check_size, readable

# Every driver has errors of its own; what they are called tells more than what they inherit.
_TROUBLE = (
    (("FileNotFound", "NoSuch", "ParamValidation"), "нет такого адреса", "проверьте имя хранилища и папки"),
    (("Permission", "Credential", "Forbidden"), "доступ закрыт", "проверьте ключи и права (AWS_…)"),
    (("Connect", "Timeout", "DNS"), "нет связи", "проверьте сеть и адрес сервера (AWS_ENDPOINT_URL)"),
)  # fmt: skip
_OTHER = "хранилище не отвечает как надо", "проверьте адрес"


@dataclass(frozen=True, slots=True)
class _Held:
    """Reads a member of a fetched archive, which lies on disk as long as one of these lives."""

    read: Callable[[], bytes]
    folder: tempfile.TemporaryDirectory[str]

    def __call__(self) -> bytes:
        return self.read()


def remote_items(source: str, municipalities: bool = False) -> Iterator[Item]:
    """Files below an address; an archive or a manifest there is opened as one on a disk is.

    Args:
        source: ``s3://bucket/folder``, ``s3://bucket/район.zip``, ``s3://bucket/список.csv``.
        municipalities: First-level folders are municipalities.

    Raises:
        LnaError: fsspec or the driver is not installed, or the place does not answer.
    """
    system, root, found = _opened(source)
    suffix = PurePosixPath(root).suffix.lower()
    if set(found) != {root}:
        yield from _folder(system, root, found, municipalities)
    elif suffix == ".zip":
        yield from _archive(system, root, lambda path: zip_items(path, municipalities))
    elif suffix == ".csv":
        beside = source.rsplit("/", 1)[0]
        data = _reader(system, root, _size(found[root]))()
        yield from manifest_items(
            PurePosixPath(root).name, data, lambda place: place_items(f"{beside}/{place}")
        )
    else:
        raise not_a_source(source)


def place_items(address: str) -> Iterator[Item]:
    """What a manifest names by an address: the files of a folder or an archive, or one file with path "".

    Raises:
        LnaError: The place does not answer.
    """
    system, root, found = _opened(address)
    if set(found) == {root} and PurePosixPath(root).suffix.lower() != ".zip":
        yield Item("", "", "", _reader(system, root, _size(found[root])))
        return
    yield from remote_items(address)


def _opened(source: str) -> tuple[Any, str, dict[str, Any]]:
    """The file system, the path in it, and every file below that path."""
    try:
        import fsspec
    except ImportError as error:
        what = "для сетевых адресов нужен пакет fsspec"
        raise LnaError("no_fsspec", what, install_extra("remote")) from error
    try:
        open_address: Any = fsspec.core.url_to_fs
        system, root = open_address(source)
        # What was listed before the last run is no longer to be trusted.
        system.invalidate_cache()
        return system, root, system.find(root, detail=True)
    except ImportError as error:
        what = f"для адреса {source} нет драйвера"
        raise LnaError("no_driver", what, f"{install_extra('remote')}, или драйвер fsspec") from error
    except Exception as error:  # every driver has errors of its own
        what, advice = _told(error, source)
        raise LnaError("source_failed", what, advice) from error


def _told(error: Exception, source: str = "") -> tuple[str, str]:
    """What is wrong and what to do."""
    if isinstance(error, ValueError) and source.partition("://")[0] in str(error):
        return "такого вида адресов нет", "годятся s3://, ftp://, sftp://, http:// и другие адреса fsspec"
    kinds = [kind.__name__ for kind in type(error).__mro__]
    for names, what, advice in _TROUBLE:
        if any(name in kind for name in names for kind in kinds):
            return what, advice
    return f"{_OTHER[0]} ({kinds[0]})", _OTHER[1]


def _folder(system: Any, root: str, found: dict[str, Any], municipalities: bool) -> Iterator[Item]:
    for name, info in sorted(found.items()):
        relative = readable(name[len(root) :].strip("/"))
        school, municipality = owner(relative, municipalities)
        item = Item(relative, school, municipality, _reader(system, name, _size(info)), litter(relative))
        if not item.skip and PurePosixPath(name).suffix.lower() == ".zip":
            yield from _inner(system, name, _size(info), item)
        else:
            yield item


def _inner(system: Any, name: str, size: int, holder: Item) -> Iterator[Item]:
    try:
        check_size(size)
        yield from _archive(system, name, lambda path: inner_items(path, holder))
    except LnaError:
        yield holder  # its own reading says why


def _archive(system: Any, name: str, listed: Callable[[Path], Iterator[Item]]) -> Iterator[Item]:
    """Members of an archive, which is fetched as a whole: it lies on disk as long as its items are wanted."""
    folder = tempfile.TemporaryDirectory(prefix="lna-", ignore_cleanup_errors=True)
    path = Path(folder.name) / PurePosixPath(name).name
    try:
        system.get_file(name, str(path))
    except Exception as error:  # every driver has errors of its own
        raise LnaError("not_readable", *_not_fetched(error)) from error

    for item in listed(path):
        yield replace(item, read=_Held(item.read, folder))


def _reader(system: Any, name: str, size: int) -> Callable[[], bytes]:
    def read() -> bytes:
        check_size(size)
        try:
            data = bytes(system.cat_file(name))
        except Exception as error:  # every driver has errors of its own
            raise ReadingError("not_readable", *_not_fetched(error)) from error
        check_size(len(data))
        return data

    return read


def _not_fetched(error: Exception) -> tuple[str, str]:
    what, advice = _told(error)
    return f"файл не скачивается: {what}", f"повторите прогон; если повторится, {advice}"


def _size(info: Any) -> int:
    return int(info.get("size") or 0)
