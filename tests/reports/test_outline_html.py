"""The debug view: pictures, boxes and clauses on one page, nothing of the document live."""

import re
from pathlib import Path

from analyzer.outline import outline
from analyzer.reading import read
from analyzer.reports.outline_html import outline_html

SAMPLES = Path("corpus/acts")


def page(name: str) -> str:
    data = (SAMPLES / name).read_bytes()
    document = read(data, name)
    return outline_html(document, outline(document), data)


def test_pdf_has_a_picture_a_page_and_a_box_a_line():
    html = page("vasilevskaya_poryadok.pdf")
    document = read((SAMPLES / "vasilevskaya_poryadok.pdf").read_bytes(), "x.pdf")
    assert html.count('src="data:image/png;base64,') == document.pages
    assert html.count('class="box"') == sum(line.box is not None for line in document.lines)
    assert '<b>13 </b>' in html or '<b>13</b>' in re.sub(r"\s+</b>", "</b>", html)


def test_docx_has_clauses_without_pictures():
    html = page("polnoe_polozhenie.docx")
    assert "data:image" not in html
    assert "Верхнелуговская" in html


def test_text_of_a_document_is_never_live():
    data = "ПОЛОЖЕНИЕ\nо связи\n1. Общие положения\n1.1. Школа <script>alert(1)</script> работает.".encode()
    document = read(data, "x.txt")
    html = outline_html(document, outline(document), data)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
