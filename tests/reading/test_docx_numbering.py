"""Automatic numbers: each case is numbering.xml, paragraphs and the markers that Word prints."""

import pytest
from docx_builder import abstract, lvl, num, p, read_body, use

from analyzer.reading.docx_numbering import format_number

LEGAL = abstract(
    0,
    lvl(0, "decimal", "%1."),
    lvl(1, "decimal", "%1.%2."),
    lvl(2, "russianLower", "%3)"),
    lvl(3, "bullet", "\uf0b7"),
)


def markers(numbering: str, levels: list[tuple[int, int]], styles: str = "") -> list[str]:
    """Markers of paragraphs given as (numId, ilvl)."""
    body = "".join(p(f"абзац {i}", num(*level)) for i, level in enumerate(levels))
    return [line.marker for line in read_body(body, numbering=numbering, styles=styles).lines]


@pytest.mark.parametrize(
    ("number", "fmt", "text"),
    [
        (3, "decimal", "3"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (4, "upperRoman", "IV"),
        (1949, "lowerRoman", "mcmxlix"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "aa"),
        (7, "russianLower", "ж"),
        (10, "russianLower", "к"),
        (29, "russianUpper", "Я"),
        (31, "russianLower", "бб"),
        (2, "ordinal", "2-й"),
        (5, "none", ""),
        (5, "chineseCounting", "5"),
        (10**9, "lowerLetter", "1000000000"),
        (0, "upperRoman", "0"),
    ],
)
def test_number_formats(number, fmt, text):
    assert format_number(number, fmt) == text


def test_russian_list_skips_yo_short_i_and_signs():
    letters = "".join(format_number(n, "russianLower") for n in range(1, 30))
    assert letters == "абвгдежзиклмнопрстуфхцчшщыэюя"


@pytest.mark.parametrize(
    ("numbering", "levels", "expected"),
    [
        pytest.param(
            LEGAL + use(1, 0),
            [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1)],
            ["1.", "1.1.", "а)", "б)", "•", "1.2.", "а)", "2.", "2.1."],
            id="levels reset below, go on above",
        ),
        pytest.param(
            LEGAL + use(1, 0) + use(2, 0),
            [(1, 0), (2, 0), (1, 0)],
            ["1.", "2.", "3."],
            id="instances share the counter",
        ),
        pytest.param(
            LEGAL + use(1, 0) + use(2, 0, l0=1),
            [(1, 0), (1, 0), (2, 0), (2, 0)],
            ["1.", "2.", "1.", "2."],
            id="startOverride restarts once",
        ),
        pytest.param(
            LEGAL + use(1, 0, l0=3, l1=5),
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            ["3.", "3.5.", "4.", "4.5."],
            id="override of two levels holds after restarts",
        ),
        pytest.param(
            LEGAL + use(1, 0), [(1, 1), (1, 0)], ["1.1.", "2."], id="a skipped level counts as begun"
        ),
        pytest.param(
            abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2.", "<w:isLgl/>")) + use(1, 0),
            [(1, 0), (1, 0), (1, 1)],
            ["I.", "II.", "2.1."],
            id="isLgl prints decimal",
        ),
        pytest.param(
            abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
            + use(1, 0),
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            ["1.", "1)", "2.", "2)"],
            id="lvlRestart 0 never restarts",
        ),
        pytest.param(
            abstract(
                0,
                lvl(0, "decimal", "%1."),
                lvl(1, "decimal", "%1.%2."),
                lvl(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
            )
            + use(1, 0),
            [(1, 0), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            ["1.", "1)", "1.2.", "2)", "2.", "1)"],
            id="lvlRestart 1 restarts behind the first level alone",
        ),
        pytest.param(
            abstract(0, lvl(0, "none", ""), lvl(1, "decimal", "%1.%2.")) + use(1, 0),
            [(1, 0), (1, 1)],
            ["", "1."],
            id="none prints nothing, nor its full stop",
        ),
        pytest.param(
            abstract(0, lvl(0, "decimal", "Статья %1.", '<w:suff w:val="space"/>')) + use(1, 0),
            [(1, 0), (1, 0)],
            ["Статья 1.", "Статья 2."],
            id="text round the number",
        ),
        pytest.param(
            LEGAL + use(1, 0),
            [(1, 0), (0, 0), (9, 0), (1, 0)],
            ["1.", "", "", "2."],
            id="numId 0 and unknown",
        ),
        pytest.param(
            abstract(0, lvl(0, "decimal", "%1.", "", 5)) + use(1, 0),
            [(1, 0), (1, 0)],
            ["5.", "6."],
            id="start",
        ),
        pytest.param(
            abstract(0, lvl(0, "decimal", "%1."))
            + '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            + lvl(0, "upperLetter", "%1)")
            + "</w:lvlOverride></w:num>",
            [(1, 0)],
            ["A)"],
            id="override of the whole level",
        ),
    ],
)
def test_markers(numbering, levels, expected):
    assert markers(numbering, levels) == expected


def style(key: str, inner: str, based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{base}{inner}</w:style>'


def test_number_from_style_inherits_list_and_level_apart():
    styles = style("A", f"<w:pPr>{num(1, 0)}</w:pPr>") + style(
        "B", '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>', "A"
    )
    body = p("глава", '<w:pStyle w:val="A"/>') + p("пункт", '<w:pStyle w:val="B"/>')
    lines = read_body(body, styles=styles, numbering=LEGAL + use(1, 0)).lines
    assert [(line.marker, line.marker_level) for line in lines] == [("1.", 0), ("1.1.", 1)]


def test_level_tied_to_style_wins_over_level_written_in_style():
    tied = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2.", '<w:pStyle w:val="B"/>')) + use(
        1, 0
    )
    body = p("глава", num(1, 0)) + p("пункт", '<w:pStyle w:val="B"/>')
    lines = read_body(body, styles=style("B", f"<w:pPr>{num(1, 0)}</w:pPr>"), numbering=tied).lines
    assert [line.marker for line in lines] == ["1.", "1.1."]


def test_paragraph_can_remove_the_number_of_its_style():
    body = p("без номера", '<w:pStyle w:val="A"/>' + num(0))
    lines = read_body(body, styles=style("A", f"<w:pPr>{num(1)}</w:pPr>"), numbering=LEGAL + use(1, 0)).lines
    assert (lines[0].marker, lines[0].marker_level) == ("", None)


def test_num_style_link_leads_to_the_list_of_the_style():
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + abstract(6, lvl(0, "upperRoman", "%1."))
        + use(1, 5)
        + use(2, 6)
    )
    styles = style("L", f"<w:pPr>{num(2)}</w:pPr>", kind="numbering")
    assert markers(numbering, [(1, 0), (1, 0)], styles) == ["I.", "II."]


@pytest.mark.parametrize(
    "loop",
    [
        (
            '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>' + use(1, 5),
            "L",
            "L",
        ),
        (LEGAL + use(1, 0), "A", "A"),
    ],
)
def test_circular_definitions_end(loop):
    numbering, key, base = loop
    assert markers(numbering, [(1, 0)], style(key, f"<w:pPr>{num(1)}</w:pPr>", base)) in ([""], ["1."])


def test_empty_numbered_paragraph_counts_and_is_kept():
    body = p("а", num(1)) + p("", num(1)) + p("") + p("б", num(1))
    lines = read_body(body, numbering=LEGAL + use(1, 0)).lines
    assert [(line.marker, line.text) for line in lines] == [("1.", "а"), ("2.", ""), ("3.", "б")]


def test_deleted_and_hidden_paragraphs_do_not_count():
    gone = (
        f'<w:p><w:pPr>{num(1)}<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>нет</w:delText></w:r></w:del></w:p>'
    )
    hidden = p("скрыто", num(1) + "<w:rPr><w:vanish/></w:rPr>", "<w:vanish/>")
    body = p("первый", num(1)) + gone + hidden + p("второй", num(1))
    lines = read_body(body, numbering=LEGAL + use(1, 0)).lines
    assert [(line.marker, line.text) for line in lines] == [("1.", "первый"), ("2.", "второй")]


def test_absurd_values_are_bounded():
    wild = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="99999999999999"/>'
        f'<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="{"%1" * 10_000}"/></w:lvl></w:abstractNum>'
        + use(1, 0)
    )
    assert all(len(marker) < 10_000 for marker in markers(wild, [(1, 0), (1, -3), (1, 77)]))
