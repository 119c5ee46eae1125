"""A CSV manifest: school, municipality, path of a file, a folder or an archive."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from analyzer.district.source import Item, folder_items, zip_items
from analyzer.errors import LnaError
from analyzer.reading.files import load

_COLUMNS = {
    "school": ("school", "школа", "организация"),
    "municipality": ("municipality", "муниципалитет", "район"),
    "path": ("path", "путь", "файл", "папка"),
}
_ENCODINGS = ("utf-8-sig", "cp1251")  # Excel in Russia saves CSV as the second
_ADVICE = "нужны столбцы school, municipality (можно пустой) и path"


def manifest_items(path: Path) -> Iterator[Item]:
    """Files that a manifest names; paths count from the manifest's own folder.

    Raises:
        LnaError: It is no such table.
    """
    rows = csv.DictReader(io.StringIO(_text(path)), dialect=_dialect(path))
    heads = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
    columns = {
        key: next((heads[name] for name in names if name in heads), None) for key, names in _COLUMNS.items()
    }
    if columns["school"] is None or columns["path"] is None:
        raise LnaError("bad_manifest", f"{path.name}: нет столбца школы или пути", _ADVICE)
    for number, row in enumerate(rows, 2):
        school, municipality, place = (
            (row.get(column) or "").strip() if (column := columns[key]) else "" for key in _COLUMNS
        )
        yield from _row(path, number, school, municipality, place)


def _row(path: Path, number: int, school: str, municipality: str, place: str) -> Iterator[Item]:
    if not place or not school:
        lacking = "пути" if not place else "школы"
        name = place or f"{path.name}, строка {number}"
        yield Item(name, school, municipality, bytes, f"в строке {number} таблицы нет {lacking}")
        return
    target = path.parent / place
    if target.is_dir():
        inner = folder_items(target)
    elif target.suffix.lower() == ".zip" and target.is_file():
        inner = zip_items(target)
    else:
        yield Item(place, school, municipality, lambda: load(target))
        return
    for item in inner:
        yield replace(item, path=f"{place.rstrip('/')}/{item.path}", school=school, municipality=municipality)


def _text(path: Path) -> str:
    data = load(path)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LnaError("bad_manifest", f"{path.name}: кодировка не распознана", "сохраните таблицу как CSV UTF-8")


def _dialect(path: Path) -> type[csv.Dialect]:
    head = _text(path).split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)

    class Dialect(csv.excel):
        pass

    Dialect.delimiter = delimiter
    return Dialect
