"""Sources behind an address: a real S3 server on this computer, with its keys checked."""

import io
import socket
import time
import zipfile
from collections.abc import Iterator

import pytest

from analyzer.district.source import Item, items
from analyzer.errors import LnaError

s3fs = pytest.importorskip("s3fs", reason="нет пакета s3fs: дополнение remote")
server = pytest.importorskip("moto.server", reason="нет пакета moto[s3]: группа dev")
KEYS = {"AWS_ACCESS_KEY_ID": "lna", "AWS_SECRET_ACCESS_KEY": "lna-secret", "AWS_DEFAULT_REGION": "us-east-1"}


def packed(names: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return stream.getvalue()


TABLE = (
    "school;municipality;path\nЛицей;Город;Ш1\nШкола 2;Село;Ш2/б.docx\nШкола 3;Село;архив.zip\n"
    "Школа 4;Село;нет.pdf\nШкола 5;;\n"
)
STORED = {
    "acts/d/Ш1/а.docx": b"1",
    "acts/d/Ш1/~$а.docx": b"lock",
    "acts/d/Ш2/б.docx": b"22",
    "acts/d/Ш2/в/акты.zip": packed({"г.docx": b"333"}),
    "acts/d/Ш3/не архив.zip": b"PK nothing",
    "acts/район.zip": packed({"Ш1/а.docx": b"1", "Ш2/б.docx": b"22"}),
    "acts/t/список.csv": TABLE.encode("cp1251"),
    "acts/t/Ш1/а.docx": b"1",
    "acts/t/Ш2/б.docx": b"22",
    "acts/t/архив.zip": packed({"папка/в.docx": b"333"}),
    "acts/один.docx": b"1",
    "acts/пустой.zip": b"",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    s3 = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    s3.start()
    host, port = s3.get_host_and_port()
    yield f"http://{host}:{port}"
    s3.stop()


@pytest.fixture(autouse=True)
def storage(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> str:
    """The server as a user's environment names it."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": address}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    if not system.exists("acts"):
        system.mkdir("acts")
        for name, data in STORED.items():
            system.pipe_file(name, data)
    s3fs.S3FileSystem.clear_instance_cache()
    return address


def told(found: list[Item]) -> list[tuple[str, str, str]]:
    return [(item.municipality, item.school, item.path) for item in found if not item.skip]


def test_a_folder_is_a_district() -> None:
    found = items("s3://acts/d")
    assert told(found) == [
        ("", "Ш1", "Ш1/а.docx"), ("", "Ш2", "Ш2/б.docx"), ("", "Ш2", "Ш2/в/акты.zip/г.docx"),
        ("", "Ш3", "Ш3/не архив.zip"),
    ]  # fmt: skip
    assert [item.path for item in found if item.skip] == ["Ш1/~$а.docx"]
    assert [item.read() for item in found[1:-1]] == [b"1", b"22", b"333"]
    with pytest.raises(LnaError, match="архив ZIP повреждён"):
        found[-1].read()


def test_two_levels_are_municipality_and_school() -> None:
    assert ("d", "Ш1", "d/Ш1/а.docx") in told(items("s3://acts/", municipalities=True))


def test_an_archive_is_a_district() -> None:
    found = items("s3://acts/район.zip")
    assert told(found) == [("", "Ш1", "Ш1/а.docx"), ("", "Ш2", "Ш2/б.docx")]
    assert [item.read() for item in found] == [b"1", b"22"]


def test_a_manifest_names_places_beside_it() -> None:
    found = items("s3://acts/t/список.csv")
    assert told(found) == [
        ("Город", "Лицей", "Ш1/а.docx"), ("Село", "Школа 2", "Ш2/б.docx"),
        ("Село", "Школа 3", "архив.zip/папка/в.docx"), ("Село", "Школа 4", "нет.pdf"),
    ]  # fmt: skip
    kept = {item.path: item for item in found}
    names = ("Ш1/а.docx", "Ш2/б.docx", "архив.zip/папка/в.docx")
    assert [kept[name].read() for name in names] == [b"1", b"22", b"333"]
    with pytest.raises(LnaError, match="нет ни одного файла"):
        kept["нет.pdf"].read()
    assert [item.skip for item in found if item.skip] == ["в строке 6 таблицы нет пути"]


def test_a_manifest_on_this_computer_may_name_addresses(tmp_path) -> None:
    (tmp_path / "список.csv").write_text("school,path\nЛицей,s3://acts/d/Ш1\nШкола,s3://нет/его\n", "utf-8")
    found = items(str(tmp_path / "список.csv"))
    assert told(found) == [("", "Лицей", "s3://acts/d/Ш1/а.docx"), ("", "Школа", "s3://нет/его")]
    assert found[-2].read() == b"1"
    with pytest.raises(LnaError, match="нет такого адреса"):
        found[-1].read()


def test_what_was_put_there_after_a_run_is_seen_by_the_next() -> None:
    before = len(items("s3://acts/d"))
    s3fs.S3FileSystem(skip_instance_cache=True).pipe_file("acts/d/Ш9/новый.docx", b"9")
    try:
        assert len(items("s3://acts/d")) == before + 1
    finally:
        s3fs.S3FileSystem(skip_instance_cache=True).rm_file("acts/d/Ш9/новый.docx")


def test_a_file_that_goes_away_is_told() -> None:
    system = s3fs.S3FileSystem(skip_instance_cache=True)
    system.pipe_file("acts/g/Ш/а.docx", b"1")
    (item,) = items("s3://acts/g")
    system.rm_file("acts/g/Ш/а.docx")
    with pytest.raises(LnaError, match="файл не скачивается: нет такого адреса; повторите прогон"):
        item.read()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("s3://no-such/d", "нет такого адреса; проверьте имя хранилища и папки"),
        ("s3://нет-такого/d", "нет такого адреса; проверьте имя хранилища и папки"),
        ("s3://acts/нет", "нет ни одного файла"),
        ("s3://acts/один.docx", "не папка, не архив ZIP и не таблица CSV"),
        ("s3://acts/пустой.zip", "архив ZIP повреждён"),
        ("нет://acts/d", "такого вида адресов нет"),
    ],
)
def test_a_wrong_address_is_one_clear_line(source: str, said: str) -> None:
    with pytest.raises(LnaError) as caught:
        items(source)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_wrong_keys_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0)  # from now on the server checks keys
    with pytest.raises(LnaError, match="доступ закрыт; проверьте ключи"):
        items("s3://acts/d")


def test_no_network_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(LnaError, match="нет связи; проверьте сеть"):
            items("s3://acts/d")
    assert time.monotonic() - began < 30


def test_no_keys_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(LnaError, match="доступ закрыт; проверьте ключи"):
        items("s3://acts/d")
