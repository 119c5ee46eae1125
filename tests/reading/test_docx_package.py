"""Files that are not what they claim, and files that cost too much."""

import io
import random
import time
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
from docx_builder import NAMESPACES, PACKAGE, docx, p, pack, package, part, read, table

from analyzer.errors import LimitError, ReadingError
from analyzer.reading.docx import read_docx
from analyzer.reading.docx_package import Package
from analyzer.reading.limits import LIMITS

GOOD = docx(p("Положение"))
MAIN = "word/document.xml"
ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def with_member(name: str, data: bytes | str) -> bytes:
    return pack({**package(p("Положение")), name: data if isinstance(data, bytes) else data.encode()})


def lying() -> bytes:
    """The directory declares 10 bytes for a part that inflates to 3 MB."""
    raw = bytearray(with_member("word/styles.xml", b"<a>" + b" " * 3_000_000))
    entry = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"word/styles.xml"))
    raw[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


def twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in package(p("а")).items():
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(MAIN, part("document", "<w:body/>"))
    return buffer.getvalue()


def flagged() -> bytes:
    raw = bytearray(GOOD)
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 8] |= 1
    return bytes(raw)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(random.Random(1).randbytes(5_000), "not_docx", id="noise"),
        pytest.param(b"%PDF-1.7", "not_docx", id="pdf"),
        pytest.param(GOOD[: len(GOOD) // 2], "truncated", id="cut"),
        pytest.param(GOOD[:40] + b"\0" * 400 + GOOD[440:], "truncated", id="overwritten"),
        pytest.param(OLE, "not_docx", id="old doc"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="password"),
        pytest.param(flagged(), "encrypted", id="encrypted zip"),
        pytest.param(pack({"xl/workbook.xml": b"<a/>"}), "not_docx", id="xlsx"),
        pytest.param(with_member(MAIN, part("fonts", "")), "not_docx", id="other root"),
        pytest.param(with_member(MAIN, "<w:document"), "damaged", id="broken XML"),
        pytest.param(
            with_member(MAIN, ENTITY + f"<w:document {NAMESPACES}>&x;</w:document>"), "xml_entities", id="xxe"
        ),
        pytest.param(
            with_member(MAIN, (ENTITY.replace("1.0", '1.0" encoding="UTF-16') + "<a/>").encode("utf-16")),
            "xml_entities",
            id="xxe in UTF-16",
        ),
        pytest.param(with_member("../evil.xml", "x"), "unsafe_zip", id="path leaves the archive"),
        pytest.param(with_member("/etc/evil", "x"), "unsafe_zip", id="absolute path"),
        pytest.param(with_member("C:\\evil", "x"), "unsafe_zip", id="drive"),
        pytest.param(twice(), "unsafe_zip", id="duplicate part"),
    ],
)
def test_refused(data, code):
    with pytest.raises(ReadingError) as caught:
        read(data)
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.advice


DEEP = "<w:sdt><w:sdtContent>" * 60 + p("глубоко") + "</w:sdtContent></w:sdt>" * 60


@pytest.mark.parametrize(
    ("data", "limits", "code", "named"),
    [
        pytest.param(GOOD, {"upload_bytes": 100}, "limit_upload", "0 МБ", id="upload"),
        pytest.param(docx(p("а" * 9)), {"zip_members": 3}, "limit_zip_members", "3", id="members"),
        pytest.param(
            with_member(MAIN, b" " * 3_000_000), {"zip_member_bytes": 2**20}, "zip_bomb", "1 МБ", id="member"
        ),
        pytest.param(
            with_member(MAIN, b" " * 3_000_000), {"zip_total_bytes": 2**21}, "zip_bomb", "2 МБ", id="total"
        ),
        pytest.param(
            with_member("word/_rels/document.xml.rels", b" " * 3_000_000), {}, "zip_bomb", "100", id="ratio"
        ),
        pytest.param(docx(DEEP), {}, "limit_xml_depth", "100", id="depth"),
        pytest.param(
            docx("<w:b>" * 5_000 + "</w:b>" * 5_000), {}, "limit_xml_depth", "100", id="great depth"
        ),
        pytest.param(docx(p("а") * 50), {"xml_nodes": 100}, "limit_xml_nodes", "100", id="nodes"),
        pytest.param(docx(p("а" * 50) * 3), {"text_characters": 100}, "limit_text", "100", id="text"),
    ],
)
def test_limits_are_kept_and_named(data, limits, code, named):
    with pytest.raises(LimitError) as caught:
        read_docx(data, "акт.docx", "", replace(LIMITS, **limits))
    assert caught.value.code == code
    assert named in caught.value.message
    assert "предел" in caught.value.message


def test_size_is_measured_not_believed():
    with pytest.raises(ReadingError):
        Package(lying()).root("word/styles.xml")


def test_total_is_counted_over_all_reading():
    opened = Package(docx(p("Положение" * 100)), replace(LIMITS, zip_total_bytes=20_000))
    with pytest.raises(LimitError, match="предел"):
        for _ in range(20):
            opened.root(MAIN)


def test_pictures_are_not_inflated():
    assert read(with_member("word/media/image1.png", b"\0" * 3_000_000)).text == "Положение"


def test_external_relations_are_not_followed():
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" Type="x/styles" '
        'Target="http://127.0.0.1/styles.xml" TargetMode="External"/></Relationships>'
    )
    data = with_member("word/_rels/document.xml.rels", rels)
    assert Package(data).relations(MAIN) == {}
    assert read(data).text == "Положение"


@pytest.mark.parametrize("missing", ["word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"])
def test_missing_service_parts_are_borne(missing):
    members = package(p("Положение"))
    del members[missing]
    assert read(pack(members)).text == "Положение"


def test_strict_document_reads_like_the_transitional_one():
    body = p("Положение", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="28"/>') + table(
        ["а", "б"], ["в", "г"]
    )
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        .replace(b'w:val="28"', b'w:val="14pt"')
        for name, data in package(body).items()
    }
    assert b"purl.oclc.org" in strict[MAIN]
    assert read(pack(strict)).lines == read(docx(body)).lines


def test_macros_are_told():
    document = read(with_member("word/vbaProject.bin", b"\0"))
    assert [note.code for note in document.notes] == ["macros"]


def test_embedded_files_are_told():
    assert [note.code for note in read(with_member("word/embeddings/a.xlsx", b"\0")).notes] == ["embedded"]


def test_any_cut_and_any_changed_byte_give_a_reading_error_or_a_document():
    noise = random.Random(3)
    for _ in range(150):
        raw = bytearray(GOOD[: noise.randrange(len(GOOD))] if noise.random() < 0.3 else GOOD)
        for _ in range(noise.randint(1, 4)):
            if raw:
                raw[noise.randrange(len(raw))] = noise.randrange(256)
        try:
            read(bytes(raw))
        except ReadingError as error:
            assert error.code


OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>{}</w:t></w:r>'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(p("".join(random.Random(1).choices("._", k=300_000))), id="leaders"),
        pytest.param(
            f"<w:p><w:r>{''.join(f'<w:br/><w:t>{i}</w:t>' for i in range(30_000))}</w:r></w:p>", id="breaks"
        ),
        pytest.param(f"<w:p>{''.join(map(OPEN_FIELD.format, range(20_000)))}</w:p>", id="open fields"),
        pytest.param(p(" \u00a0" * 200_000 + "а"), id="spaces"),
    ],
)
def test_hostile_text_takes_linear_time(body):
    start = time.process_time()
    read_docx(docx(body), "акт.docx", "", replace(LIMITS, zip_ratio=10_000))
    assert time.process_time() - start < 3  # quadratic ways take far longer


def word_file() -> bytes:
    """A file as python-docx writes it, with its template of styles."""
    document = python_docx.Document()
    document.add_heading("Положение", 1)
    for number in range(50):
        document.add_paragraph(f"1.{number}. Школа обеспечивает доступ к электронной среде и помощь учителя.")
    document.add_paragraph("пункт списка", style="List Number")
    grid = document.add_table(2, 2, style="Table Grid")
    for index, place in enumerate(cell for row in grid.rows for cell in row.cells):
        place.text = f"ячейка {index}"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_file_of_python_docx():
    lines = read(word_file()).lines
    assert (lines[0].text, lines[0].heading, lines[0].size) == ("Положение", 1, 14.0)
    assert (lines[51].marker, lines[51].text) == ("1.", "пункт списка")
    assert lines[-1].cells == ("ячейка 2", "ячейка 3")
