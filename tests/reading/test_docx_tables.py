"""Tables: data become rows, layout becomes paragraphs."""

from docx_builder import abstract, cell, lvl, num, p, r, read_body, table, use

NUMBERS = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."), lvl(2, "bullet", "–")) + use(
    1, 0
)
CLAUSE = p("1. Общие положения")


def lines(body: str, **parts: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in read_body(body, **parts).lines]


def test_data_table_gives_rows_with_cells():
    document = read_body(
        CLAUSE
        + table(
            ["Класс", "День"],
            [
                "5",
                "",
            ],
            ["6", "среда"],
        )
        + table(["а", "б", "в"], ["г", "д", "е"])
    )
    rows = [line for line in document.lines if line.kind == "row"]
    assert [row.text for row in rows] == ["Класс | День", "5", "6 | среда", "а | б | в", "г | д | е"]
    assert rows[1].cells == ("5", "")
    assert [row.table for row in rows] == [1, 1, 1, 2, 2]
    assert [line.table for line in document.lines if line.kind == "text"] == [0]


def test_whole_act_in_one_cell():
    frame = table([p("Глава", num(1)) + p("Пункт", num(1, 1))])
    document = read_body(frame, numbering=NUMBERS)
    assert [(x.kind, x.marker, x.text) for x in document.lines] == [
        ("text", "1.", "Глава"),
        ("text", "1.1.", "Пункт"),
    ]


def test_one_row_in_two_columns_is_read_column_by_column():
    stamp = table([p("ПРИНЯТО") + p("советом"), p("УТВЕРЖДЕНО") + p("приказом")])
    assert [text for _, text in lines(stamp)] == ["ПРИНЯТО", "советом", "УТВЕРЖДЕНО", "приказом"]


def test_approval_block_with_lines_is_read_column_by_column_before_the_first_clause():
    rows = (["ПРИНЯТО", "УТВЕРЖДАЮ"], ["Протокол № 1", "Директор"], ["30.08.2024", "02.09.2024"])
    block = table(*rows)
    columns = ["ПРИНЯТО", "Протокол № 1", "30.08.2024", "УТВЕРЖДАЮ", "Директор", "02.09.2024"]
    assert [text for _, text in lines(block)] == columns
    assert [kind for kind, _ in lines(CLAUSE + block)] == ["text", "row", "row", "row"]


def test_block_without_lines_is_layout_and_cells_keep_order_behind_a_wide_cell():
    wide = cell("ВО ВСЮ ШИРИНУ", '<w:gridSpan w:val="2"/>')
    block = CLAUSE + table(["а1", "б1"], [wide], ["а2", "б2"], ["а3", "б3"], borders=False)
    assert [text for _, text in lines(block)][1:] == ["а1", "б1", "ВО ВСЮ ШИРИНУ", "а2", "а3", "б2", "б3"]


def test_data_without_lines_in_three_columns_stay_rows():
    data = table(
        *([f"{subject}", "среда", "чат"] for subject in ("Физика", "Химия", "Музыка")), borders=False
    )
    assert [kind for kind, _ in lines(CLAUSE + data)][1:] == ["row"] * 3


def test_rows_with_clause_numbers_are_rows_even_without_lines():
    clauses = table(["2.1.", "Первый пункт."], ["2.2.", "Второй пункт."], borders=False)
    assert lines(clauses) == [("row", "2.1. | Первый пункт."), ("row", "2.2. | Второй пункт.")]


def test_automatic_number_in_a_cell_counts_as_its_text():
    clauses = table([p("", num(1)), "Первый."], [p("", num(1)), p("а", num(1, 2)) + p("б", num(1, 2))])
    document = read_body(clauses, numbering=NUMBERS)
    assert [line.cells for line in document.lines] == [("1.", "Первый."), ("2.", "а б")]


def test_numbers_follow_the_file_where_text_follows_the_columns():
    block = table([p("а", num(1)), p("б", num(1))], [p("в", num(1)), p("г", num(1))], borders=False)
    document = read_body(block, numbering=NUMBERS)
    assert [(x.marker, x.text) for x in document.lines] == [
        ("1.", "а"),
        ("3.", "в"),
        ("2.", "б"),
        ("4.", "г"),
    ]


def test_merged_cells_once():
    document = read_body(
        CLAUSE
        + table(
            [cell("Предмет", '<w:gridSpan w:val="2"/>'), "День"],
            [cell("Физика", '<w:vMerge w:val="restart"/>'), "7а", "вторник"],
            [cell("Физика", "<w:vMerge/>"), "7б", "среда"],
        )
    )
    assert [line.cells for line in document.lines[1:]] == [
        ("Предмет", "", "День"),
        ("Физика", "7а", "вторник"),
        ("", "7б", "среда"),
    ]


def test_absurd_span_does_not_blow_up_the_row():
    document = read_body(CLAUSE + table([cell("а", '<w:gridSpan w:val="999999999"/>'), "б"], ["в", "г"]))
    assert all(len(line.cells) < 100 for line in document.lines)


def test_nested_table_follows_the_row_that_holds_it():
    inner = table(["п", "р"], ["с", "т"])
    document = read_body(CLAUSE + table(["а", p("б") + inner + p("")], ["в", "г"]))
    assert [(x.text, x.table) for x in document.lines[1:]] == [
        ("а | б", 1),
        ("п | р", 2),
        ("с | т", 2),
        ("в | г", 1),
    ]


def test_footnote_and_deleted_row_in_a_table():
    notes = f'<w:footnote w:id="3"><w:p>{r("Сноска.")}</w:p></w:footnote>'
    marked = f'<w:p>{r("б")}<w:r><w:footnoteReference w:id="3"/></w:r></w:p>'
    deleted = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("нет")}{cell("нет")}</w:tr>'
    body = table(["а", marked], ["в", "г"]).replace("</w:tbl>", deleted + "</w:tbl>")
    assert lines(CLAUSE + body, footnotes=notes)[1:] == [
        ("row", "а | б"),
        ("footnote", "Сноска."),
        ("row", "в | г"),
    ]


def test_rows_and_cells_inside_content_controls():
    body = (
        table(["а", "б"], ["в", "г"])
        .replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
        .replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    )
    control = f"<w:sdt><w:sdtContent>{CLAUSE}{body}</w:sdtContent></w:sdt>"
    assert lines(control) == [("text", "1. Общие положения"), ("row", "а | б"), ("row", "в | г")]


def test_borders_come_from_the_table_style_and_cells_can_take_them_away():
    grid = (
        '<w:style w:type="table" w:styleId="G"><w:name w:val="Grid"/><w:tblPr><w:tblBorders>'
        '<w:insideV w:val="single"/></w:tblBorders></w:tblPr></w:style>'
    )
    nil = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))

    def styled(tcpr: str) -> str:
        rows = "".join(f"<w:tr>{cell(a, tcpr)}{cell(b, tcpr)}</w:tr>" for a, b in (("а", "б"), ("в", "г")))
        return f'{CLAUSE}<w:tbl><w:tblPr><w:tblStyle w:val="G"/></w:tblPr>{rows}</w:tbl>'

    assert lines(styled(""), styles=grid)[1:] == [("row", "а | б"), ("row", "в | г")]
    bare = lines(styled(f"<w:tcBorders>{nil}</w:tcBorders>"), styles=grid)[1:]
    assert [text for _, text in bare] == ["а", "в", "б", "г"]


def test_table_in_a_text_box_gives_rows():
    box = f"<w:txbxContent>{table(['а', 'б'], ['в', 'г'])}</w:txbxContent>"
    anchor = f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    assert lines(CLAUSE + anchor)[1:] == [("row", "а | б"), ("row", "в | г")]
