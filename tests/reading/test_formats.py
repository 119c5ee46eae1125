"""One interface for every format: good, empty, truncated, misnamed, encrypted; archives; no network."""

from __future__ import annotations

import http.server
import io
import socket
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx_builder import abstract, docx, lvl, num, p, table, use
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_builder import Page, pdf
from scans import needs_office

from analyzer.errors import LimitError, ReadingError
from analyzer.reading import office, read, read_file
from analyzer.reading.archive import documents, is_archive, members
from analyzer.reading.limits import Limits

NUMBERS = abstract(1, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2.")) + use(1, 1)
COLUMN = '<w:gridCol w:w="2000"/>'
BODY = (
    p("Положение об обучении", "<w:jc w:val='center'/>")
    + p("Общие положения", num(1))
    + p("Школа применяет электронное обучение.", num(1, 1))
    + table(["Класс", "Часы"], ["5", "10"]).replace(
        "</w:tblPr>", f"</w:tblPr><w:tblGrid>{COLUMN * 2}</w:tblGrid>"
    )
    + p("Директор")
)
DOCX = docx(BODY, numbering=NUMBERS)
TEXT = "1. Общие положения\n1.1. Школа применяет электронное обучение.\n"
HTML = f"<html><body><p>{TEXT}</p></body></html>".encode()
RTF = rb"{\rtf1\ansi\ansicpg1251 1.1. \'d8\'ea\'ee\'eb\'e0 \'f3\'f7\'e8\'f2.\par}"
ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECRET = "тайное содержание местного файла"


def convert(kind: str, folder: Path, data: bytes = DOCX) -> bytes:
    """The same document in another format, by the real LibreOffice."""
    (folder / "a.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", kind, "--outdir", str(folder / "out"), str(folder / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "out" / f"a.{kind}").read_bytes()


@pytest.fixture(scope="module")
def office_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return {kind: convert(kind, tmp_path_factory.mktemp(kind)) for kind in ("doc", "odt", "rtf")}


def refusal(data: bytes, name: str = "акт") -> ReadingError:
    with pytest.raises(ReadingError) as refused:
        read(data, name)
    assert refused.value.message
    assert refused.value.advice
    assert "\n" not in str(refused.value)
    return refused.value


def packed(files: dict[str, bytes | str], **kind: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = kind.get("mode", 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_office_formats_keep_numbers_and_tables(office_files: dict[str, bytes], kind: str) -> None:
    document = read(office_files[kind], "акт.pdf")
    assert (document.format, document.whole_paragraphs, document.notes) == (kind, True, ())
    assert [(line.marker, line.text) for line in document.lines] == [
        ("", "Положение об обучении"),
        ("1.", "Общие положения"),
        ("1.1.", "Школа применяет электронное обучение."),
        ("", "Класс | Часы"),
        ("", "5 | 10"),
        ("", "Директор"),
    ]
    assert document.lines[3].kind == "row"


@needs_office
@pytest.mark.parametrize(
    ("kind", "size", "codes"),
    [
        ("doc", 600, {"broken_document"}),
        ("odt", 3_000, {"truncated"}),
        ("odt", 70, {"truncated"}),
    ],
)
def test_truncated_office_formats(
    office_files: dict[str, bytes], kind: str, size: int, codes: set[str]
) -> None:
    assert refusal(office_files[kind][:size]).code in codes


@needs_office
def test_encrypted_doc_is_told(office_files: dict[str, bytes]) -> None:
    data = bytearray(office_files["doc"])
    at = data.index(b"\xec\xa5", 512)
    data[at + 0x0B] |= 0x01
    assert refusal(bytes(data)).code == "encrypted"


def test_macros_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "to_docx", lambda *_: DOCX)
    odt = packed({"mimetype": "x", "content.xml": "<a/>", "Basic/Standard/Module1.xml": "<module/>"})
    doc = OLE + "Root Entry WordDocument _VBA_PROJECT".encode("utf-16-le")
    for data in (odt, doc):
        assert [note.code for note in read(data, "акт").notes] == ["macros"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (DOCX, "docx"),
        (pdf(Page().lines(60, 60, *["Школа применяет электронное обучение"] * 3)), "pdf"),
        (TEXT.encode(), "txt"),
        (TEXT.encode("cp1251"), "txt"),
        (HTML, "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>x</title><p>" + TEXT.encode(), "html"),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a", "--output=x.pdf"])
def test_format_is_told_by_content(data: bytes, kind: str, name: str) -> None:
    document = read(data, name)
    assert (document.format, document.name) == (kind, name)
    assert "Школа применяет электронное обучение" in document.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (DOCX[: len(DOCX) // 2], "truncated"),
        (bytes(range(256)) * 40, "not_text"),
        (OLE + "Root Entry Workbook".encode("utf-16-le"), "unsupported"),
        (OLE + "Root Entry EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "unsupported"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), "unsupported"),
        (b"AT&TFORM" + bytes(100), "unsupported"),
        (b"GIF89a" + bytes(100), "unsupported"),
        (packed({"акт.docx": DOCX}), "archive"),
        (b"<html><body><script>alert(1)</script></body></html>", "no_text"),
        (packed({"mimetype": ODT, "content.xml": bytes(9_000_000)}), "zip_bomb"),
        (packed({"mimetype": ODT, "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "xml_entities"),
    ],
)  # fmt: skip
def test_refusals(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_text_that_begins_like_a_picture_is_text() -> None:
    assert read("BM – это не картинка, а текст положения".encode(), "a").format == "txt"


def test_files_that_are_none(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "directory"),
        (tmp_path / "нет", "not_found"),
        (Path("/dev/zero"), "not_readable"),
    ):
        with pytest.raises(ReadingError) as refused:
            read_file(path)
        assert refused.value.code == code


def test_without_office_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    error = refusal(RTF)
    assert (error.code, "libreoffice-writer" in error.message) == ("no_converter", True)


def test_hung_office_is_ended_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    with pytest.raises(LimitError, match=r"0 с \(предел\)"):
        office.to_docx(RTF, "rtf", Limits(converter_seconds=0.3))
    assert list((tmp_path / "t").iterdir()) == []


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "data",
    [
        DOCX,
        pdf(Page().lines(60, 60, *["Школа применяет электронное обучение"] * 3)),
        b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/a.dtd"><img src="http://127.0.0.1:9/a.png"><p>'
        + TEXT.encode(),
        TEXT.encode(),
    ],
    ids=["docx", "pdf", "html", "txt"],
)
def test_no_reader_opens_a_socket(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
    assert "Школа применяет" in read(data, "акт").text


@needs_office
def test_office_fetches_nothing_and_reads_no_other_file(
    office_files: dict[str, bytes], visits: tuple[str, list[str]], tmp_path: Path
) -> None:
    base, asked = visits
    (tmp_path / "secret.txt").write_text(SECRET)
    links = "".join(
        f'<text:section text:name="s{i}"><text:section-source xlink:href="{place}"/><text:p>-</text:p>'
        '</text:section><text:p><draw:frame svg:width="3cm" svg:height="3cm">'
        f'<draw:image xlink:href="{place}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        "</draw:frame></text:p>"
        for i, place in enumerate((f"{base}/a.png", (tmp_path / "secret.txt").as_uri()))
    )
    source = zipfile.ZipFile(io.BytesIO(office_files["odt"]))
    parts: dict[str, bytes | str] = {name: source.read(name) for name in source.namelist() if name[-1] != "/"}
    content = source.read("content.xml").decode()
    assert "</office:text>" in content
    parts["content.xml"] = content.replace("</office:text>", links + "</office:text>")
    rtf = RTF.replace(
        b"1.1.", rb"{\field{\*\fldinst INCLUDEPICTURE \"%s/b.png\" \\d}{\fldrslt }}1.1." % base.encode()
    )
    for data in (packed(parts), rtf):
        document = read(data, "акт")
        assert "Школа" in document.text
        assert SECRET not in document.text
    assert asked == []


def test_members_of_an_archive(tmp_path: Path) -> None:
    inner = packed({"x.txt": "x"})
    data = packed({
        "б/акт.docx": DOCX, "а.txt": TEXT, "__MACOSX/._а.txt": "x", "б/~$акт.docx": "x", "пусто/": "",
        "в.zip": inner,
    })  # fmt: skip
    assert is_archive(data)
    assert not is_archive(DOCX)
    path = tmp_path / "акты.zip"
    path.write_bytes(data)
    assert documents(path) == [
        ("акты.zip/а.txt", TEXT.encode()),
        ("акты.zip/б/акт.docx", DOCX),
        ("акты.zip/в.zip", inner),
    ]
    assert refusal(inner).code == "archive"
    path.write_bytes(DOCX)
    assert documents(path) == [("акты.zip", DOCX)]


def test_russian_names_packed_by_windows() -> None:
    data = packed({"AAAAA.txt": TEXT}).replace(b"AAAAA.txt", "Право".encode("cp866") + b".txt")
    assert members(data, "a.zip")[0][0] == "a.zip/Право.txt"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed({"../evil.txt": "x"}), "unsafe_zip"),
        (packed({"/etc/evil.txt": "x"}), "unsafe_zip"),
        (packed({"C:\\evil.txt": "x"}), "unsafe_zip"),
        (packed({"a\\..\\..\\evil.txt": "x"}), "unsafe_zip"),
        (packed({"link.txt": "/etc/passwd"}, mode=0o120777), "unsafe_zip"),
        (packed({"a.txt": bytes(3_000_000)}), "zip_bomb"),
        (packed({f"{i}.txt": "x" for i in range(2_001)}), "limit_zip_members"),
        (packed({}), "empty"),
        (packed({"a.txt": TEXT * 99})[:-30], "truncated"),
        (packed({"a.txt": TEXT * 99}).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00"), "encrypted"),
    ],
)  # fmt: skip
def test_unsafe_archives(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        members(data, "a.zip")
    assert refused.value.code == code


def test_size_that_lies_is_found_out() -> None:
    data = bytearray(packed({"a.txt": bytes(3_000_000)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(ReadingError) as refused:
        members(bytes(data), "a.zip")
    assert refused.value.code in ("zip_bomb", "truncated")


def test_html_lists_tables_and_hidden_text() -> None:
    page = """<html><head><title>не текст</title><meta charset="windows-1251"></head><body>
      <nav>меню</nav><h1>Положение об обучении</h1>
      <table><tr><td>ПРИНЯТО<br>советом</td><td>УТВЕРЖДЕНО<br>приказом</td></tr></table>
      <ol><li>Общие положения<ol type="a"><li>Школа <b>применяет</b><li>1.2. набрано</ol>
      <li value="5">Итоги</ol>
      <p align="center"><b>Часы</b></p><p style="display:none">скрыто</p><script>alert(1)</script>
      <table><tr><th>Класс<th>Часы<tr><td>5<td></table>хвост&nbsp;текста<!-- нет --></body></html>"""
    document = read(page.encode("cp1251"), "a.doc")
    assert [(line.marker, line.text) for line in document.lines] == [
        ("", "Положение об обучении"), ("", "ПРИНЯТО"), ("", "советом"), ("", "УТВЕРЖДЕНО"), ("", "приказом"),
        ("1.", "Общие положения"), ("a.", "Школа применяет"), ("", "1.2. набрано"), ("5.", "Итоги"),
        ("", "Часы"), ("", "Класс | Часы"), ("", "5"), ("", "хвост текста"),
    ]  # fmt: skip
    assert (document.lines[0].heading, document.lines[9].bold, document.lines[9].centered) == (1, True, True)
    assert document.lines[11].cells == ("5", "")
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)


def test_deep_html_does_not_break_the_reader() -> None:
    assert refusal(b"<html><body>" + b"<div><b>" * 20_000 + "<p>дно".encode()).code == "limit_xml_depth"
    assert read(b"<html><body>" + b"<div>" * 200 + "<p>дно".encode(), "a").text == "дно"


@settings(max_examples=80, deadline=None)
@given(
    seed=st.sampled_from(
        [DOCX, HTML, TEXT.encode("cp1251"), pdf(Page().lines(60, 60, *["Школа применяет"] * 5))]
    ),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=9)), min_size=1, max_size=6
    ),
)
def test_damage_gives_a_document_or_a_refusal(seed: bytes, cuts: list[tuple[float, int, bytes]]) -> None:
    for place, length, new in cuts:
        at = int(place * len(seed))
        seed = seed[:at] + new + seed[at + length :]
    try:
        document = read(seed, "акт")
    except ReadingError:
        return
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)
