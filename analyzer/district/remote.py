"""Sources that fsspec knows: ``s3://``, ``ftp://``, ``memory://`` and the like (extra ``remote``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from analyzer.district.source import Item, owner, readable
from analyzer.errors import LnaError, ReadingError
from analyzer.reading.files import check_size


def remote_items(source: str, municipalities: bool) -> Iterator[Item]:
    """Files below an address.

    Raises:
        LnaError: fsspec or the driver is not installed, or the place does not answer.
    """
    try:
        import fsspec
    except ImportError as error:
        advice = "установите дополнение remote"
        raise LnaError("no_fsspec", "для сетевых адресов нужен пакет fsspec", advice) from error
    try:
        open_address: Any = fsspec.core.url_to_fs
        system, root = open_address(source)
        # What was listed before the last run is no longer to be trusted.
        system.invalidate_cache()
        found = system.find(root, detail=True)
    except ImportError as error:
        raise LnaError(
            "no_driver", f"для адреса {source} нет драйвера ({error})", "установите пакет драйвера fsspec"
        ) from error
    except Exception as error:  # every driver has errors of its own
        kind = type(error).__name__
        raise LnaError(
            "source_failed", f"источник {source} не отвечает ({kind})", "проверьте адрес и права доступа"
        ) from error
    for name, info in sorted(found.items()):
        relative = readable(name[len(root) :].strip("/") or name.rsplit("/", 1)[-1])
        school, municipality = owner(relative, municipalities)
        yield Item(relative, school, municipality, _reader(system, name, int(info.get("size") or 0)))


def _reader(system: Any, name: str, size: int) -> Callable[[], bytes]:
    def read() -> bytes:
        check_size(size)
        try:
            data = bytes(system.cat_file(name))
        except Exception as error:  # every driver has errors of its own
            kind = type(error).__name__
            raise ReadingError("not_readable", f"файл не скачивается ({kind})", "повторите позже") from error
        check_size(len(data))
        return data

    return read
