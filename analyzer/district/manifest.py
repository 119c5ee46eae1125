"""A CSV manifest: school, municipality, path of a file, a folder or an archive."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from analyzer.district.source import Item, failing, folder_items, zip_items
from analyzer.errors import LnaError
from analyzer.reading.files import load

_COLUMNS = {
    "school": ("school", "школа", "организация"),
    "municipality": ("municipality", "муниципалитет", "район"),
    "path": ("path", "путь", "файл", "папка"),
}
_ENCODINGS = ("utf-8-sig", "cp1251")  # Excel in Russia saves CSV as the second
_ADVICE = "нужны столбцы school, municipality (можно пустой) и path"


def manifest_items(name: str, data: bytes, located: Callable[[str], Iterator[Item]]) -> Iterator[Item]:
    """Files that a manifest names.

    Args:
        name: What the table is called.
        data: The table.
        located: Files of a place that is named in it; one file alone has "" for its path.

    Raises:
        LnaError: It is no such table.
    """
    text = _text(name, data)
    rows = csv.DictReader(io.StringIO(text), dialect=_dialect(text))
    heads = {(head or "").strip().casefold(): head for head in rows.fieldnames or ()}
    columns = {
        key: next((heads[word] for word in words if word in heads), None) for key, words in _COLUMNS.items()
    }
    if columns["school"] is None or columns["path"] is None:
        raise LnaError("bad_manifest", f"{name}: нет столбца школы или пути", _ADVICE)
    for number, row in enumerate(rows, 2):
        school, municipality, place = (
            (row.get(column) or "").strip() if (column := columns[key]) else "" for key in _COLUMNS
        )
        if place and school:
            yield from _placed(place, school, municipality, located)
            continue
        lacking = "пути" if not place else "школы"
        path = place or f"{name}, строка {number}"
        yield Item(path, school, municipality, bytes, f"в строке {number} таблицы нет {lacking}")


def _placed(
    place: str, school: str, municipality: str, located: Callable[[str], Iterator[Item]]
) -> Iterator[Item]:
    """Files of a place; one without any is a file that is not read: its school must not get lost."""
    trouble = LnaError("not_found", "по этому пути нет ни одного файла", "проверьте путь в таблице")
    empty = True
    try:
        for item in located(place):
            empty = False
            path = f"{place.rstrip('/')}/{item.path}" if item.path else place
            yield replace(item, path=path, school=school, municipality=municipality)
    except LnaError as error:
        trouble, empty = error, True
    if empty:
        yield Item(place, school, municipality, failing(trouble))


def local_places(beside: Path) -> Callable[[str], Iterator[Item]]:
    """Places on this computer, counted from a folder; an address (``s3://…``) is an address."""

    def located(place: str) -> Iterator[Item]:
        target = beside / place
        if "://" in place:
            from analyzer.district.remote import place_items

            return place_items(place)
        if target.is_dir():
            return folder_items(target)
        if target.suffix.lower() == ".zip" and target.is_file():
            return zip_items(target)
        return iter([Item("", "", "", lambda: load(target))])

    return located


def _text(name: str, data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LnaError("bad_manifest", f"{name}: кодировка не распознана", "сохраните таблицу как CSV UTF-8")


def _dialect(text: str) -> type[csv.Dialect]:
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)

    class Dialect(csv.excel):
        pass

    Dialect.delimiter = delimiter
    return Dialect
