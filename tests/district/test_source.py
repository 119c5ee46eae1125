"""Sources: every file is an item of the right school, nothing is lost, nothing outside is touched."""

import os
import zipfile
from pathlib import Path

import pytest

from analyzer.district.source import NO_FOLDER, items
from analyzer.errors import LnaError


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def packed(path: Path, names: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return path


def told(found) -> list[tuple[str, str, str]]:
    return [(item.municipality, item.school, item.path) for item in found if not item.skip]


def test_a_sub_folder_is_a_school(tmp_path: Path) -> None:
    filled(tmp_path, "Школа 2/в/а.pdf", "Школа 1/б.docx", "сам.docx")
    assert told(items(str(tmp_path))) == [
        ("", NO_FOLDER, "сам.docx"), ("", "Школа 1", "Школа 1/б.docx"), ("", "Школа 2", "Школа 2/в/а.pdf"),
    ]  # fmt: skip


def test_two_levels_are_municipality_and_school(tmp_path: Path) -> None:
    filled(tmp_path, "Город/Школа 1/а.pdf", "Село/б.pdf")
    assert told(items(str(tmp_path), municipalities=True)) == [
        ("Город", "Школа 1", "Город/Школа 1/а.pdf"), ("Село", NO_FOLDER, "Село/б.pdf"),
    ]  # fmt: skip


def test_litter_and_links_are_skipped_with_a_reason(tmp_path: Path) -> None:
    filled(tmp_path, "Ш/а.docx", "Ш/~$а.docx", "Ш/Thumbs.db", "Ш/.DS_Store", "__MACOSX/Ш/._а.docx")
    (tmp_path / "Ш" / "ссылка.docx").symlink_to("/etc/passwd")
    (tmp_path / "папка").symlink_to("/etc")
    found = items(str(tmp_path))
    assert told(found) == [("", "Ш", "Ш/а.docx")]
    assert len(found) == 7
    assert all(item.skip for item in found if item.path != "Ш/а.docx")


def test_results_inside_the_source_are_no_part_of_it(tmp_path: Path) -> None:
    filled(tmp_path, "Ш/а.docx", "итог/results.jsonl")
    assert told(items(str(tmp_path), leave_out=tmp_path / "итог")) == [("", "Ш", "Ш/а.docx")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["район/Ш1/а.docx", "район/Ш2/а.docx"], ["Ш1", "Ш2"]),  # one folder over all schools
        (["Ш1/а.docx", "Ш2/а.docx"], ["Ш1", "Ш2"]),
        (["Ш1/а.docx", "Ш1/б.docx"], ["Ш1", "Ш1"]),
        (["Ш1/а.docx", "Ш1/в/б.docx"], ["Ш1", "Ш1"]),
        (["р/.DS_Store", "р/Thumbs.db", "__MACOSX/._р", "р/Ш1/а.docx"], [NO_FOLDER, NO_FOLDER, "__MACOSX", "Ш1"]),
    ],
)
def test_a_zip_is_a_district(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    path = packed(tmp_path / "район.zip", {name: name.encode() for name in names})
    found = items(str(path))
    assert [item.school for item in found] == expected
    assert [item.read() for item in found] == [name.encode() for name in names]


def test_names_packed_by_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "район.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("XXXXX/1.docx")
        archive.writestr(info, b"1")
    path.write_bytes(path.read_bytes().replace(b"XXXXX", "Школа".encode("cp866")))
    assert told(items(str(path))) == [("", "Школа", "Школа/1.docx")]


def test_an_archive_in_a_folder_belongs_to_its_school(tmp_path: Path) -> None:
    (tmp_path / "Ш").mkdir()
    packed(tmp_path / "Ш" / "акты.zip", {"а.docx": b"1"})
    packed(tmp_path / "Лицей.zip", {"б.docx": b"2"})
    assert told(items(str(tmp_path))) == [
        ("", "Лицей", "Лицей.zip/б.docx"), ("", "Ш", "Ш/акты.zip/а.docx"),
    ]  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="считает открытые файлы в /proc")
def test_a_thousand_archives_are_not_open_at_once(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"Ш{number:02d}").mkdir()
        packed(tmp_path / f"Ш{number:02d}" / "акты.zip", {"а.docx": str(number).encode()})
    before = len(os.listdir("/proc/self/fd"))
    found = items(str(tmp_path))
    assert [item.read() for item in found] == [str(number).encode() for number in range(40)]
    assert len(os.listdir("/proc/self/fd")) < before + 20


def test_a_bomb_in_an_archive_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    path = tmp_path / "район.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Ш/бомба.docx", b"0" * 60_000_000)
    with pytest.raises(LnaError, match="слишком велик"):
        items(str(path))[0].read()


def test_the_same_name_twice_in_an_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "район.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("Ш/а.docx", b"1")
        archive.writestr("Ш/а.docx", b"2")
    found = items(str(path))
    assert [bool(item.skip) for item in found] == [False, True]
    assert len({item.path for item in found}) == 2


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("school;municipality;path", "utf-8-sig"), ("Школа,Район,Путь", "cp1251"), ("path\tschool\tmunicipality", "utf-8")],
)
def test_a_manifest_names_schools_and_places(tmp_path: Path, head: str, encoding: str) -> None:
    filled(tmp_path, "акты/а.docx", "акты/б.docx", "один.pdf")
    delimiter = max(";,\t", key=head.count)
    columns = head.lower().replace("школа", "school").replace("район", "municipality").replace("путь", "path")
    rows = [
        {"school": "Лицей", "municipality": "Город", "path": "акты"},
        {"school": "Школа 5", "municipality": "Село", "path": "один.pdf"},
        {"school": "Школа 6", "municipality": "Село", "path": "нет.pdf"},
        {"school": "Школа 7", "municipality": "", "path": ""},
        {"school": "Школа 8", "municipality": "Село", "path": "пусто"},
    ]
    (tmp_path / "пусто").mkdir()
    order = columns.split(delimiter)
    text = "\n".join([head, *(delimiter.join(row[key] for key in order) for row in rows)])
    (tmp_path / "список.csv").write_bytes(text.encode(encoding))
    found = items(str(tmp_path / "список.csv"))
    assert told(found) == [
        ("Город", "Лицей", "акты/а.docx"), ("Город", "Лицей", "акты/б.docx"), ("Село", "Школа 5", "один.pdf"),
        ("Село", "Школа 6", "нет.pdf"), ("Село", "Школа 8", "пусто"),
    ]  # fmt: skip
    assert [item.school for item in found if item.skip] == ["Школа 7"]
    for item, said in zip(found[-2:], ("файла нет", "нет ни одного файла"), strict=True):
        with pytest.raises(LnaError, match=said):
            item.read()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("нет", None, "not_found"), ("а.docx", b"PK", "not_a_source"), ("а.csv", b"a;b\n1;2", "bad_manifest")],
)
def test_what_is_no_source_is_refused(tmp_path: Path, name: str, data: bytes | None, code: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(LnaError) as caught:
        items(str(tmp_path / name))
    assert caught.value.code == code


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LnaError, match="ни одного файла"):
        items(str(tmp_path))


@pytest.mark.skipif(os.name != "posix", reason="имена байтами есть только в POSIX")
def test_a_name_that_is_not_utf8_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "Ш").mkdir()
    path = os.path.join(os.fsencode(tmp_path / "Ш"), b"\xff.docx")
    with open(path, "wb") as file:
        file.write(b"1")
    (item,) = items(str(tmp_path))
    assert item.path.encode("utf-8")
    assert item.read() == b"1"


def test_an_address_that_fsspec_knows_is_a_folder() -> None:
    fsspec = pytest.importorskip("fsspec", reason="нет пакета fsspec: дополнение remote")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/district/Ш1/а.docx": b"1", "/district/Ш2/б.docx": b"22"})
    found = items("memory://district")
    assert told(found) == [("", "Ш1", "Ш1/а.docx"), ("", "Ш2", "Ш2/б.docx")]
    memory.rm("/district/Ш1/а.docx")
    with pytest.raises(LnaError, match="не скачивается"):
        found[0].read()
    assert found[1].read() == b"22"
