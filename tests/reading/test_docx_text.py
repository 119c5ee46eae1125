"""What stands inside paragraphs: revisions, fields, breaks, boxes, notes, looks."""

import pytest
from docx_builder import abstract, lvl, num, p, r, read_body, use

BOX = "<w:txbxContent><w:p><w:r><w:t>в рамке</w:t></w:r></w:p></w:txbxContent>"
SHAPE = f"<w:drawing><wp:inline><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></wp:inline></w:drawing>"
VML = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
DELETED = '<w:del w:id="1"><w:r><w:delText>старое</w:delText></w:r></w:del>'
NUMBERS = abstract(0, lvl(0, "decimal", "%1.")) + use(1, 0)


def field(instruction: str, result: str, *, ended: bool = True) -> str:
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if ended else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}{end}'
    )


def texts(inner: str, **parts: str) -> list[str]:
    return [line.text for line in read_body(inner, **parts).lines]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(
            r("а") + DELETED + f'<w:ins w:id="2">{r("б")}</w:ins>', ["аб"], id="insertion, deletion"
        ),
        pytest.param(
            f'<w:moveFrom w:id="1">{r("было")}</w:moveFrom><w:moveTo w:id="2">{r("стало")}</w:moveTo>',
            ["стало"],
            id="move",
        ),
        pytest.param(r("видно") + r("скрыто", "<w:vanish/>"), ["видно"], id="hidden text"),
        pytest.param(r("видно", '<w:vanish w:val="0"/>'), ["видно"], id="hidden switched off"),
        pytest.param(f"<w:hyperlink>{r('ссылка')}</w:hyperlink>", ["ссылка"], id="link"),
        pytest.param(f"<w:smartTag>{r('метка')}</w:smartTag>", ["метка"], id="smart tag"),
        pytest.param(
            f"<w:sdt><w:sdtContent>{r('поле')}</w:sdtContent></w:sdt>", ["поле"], id="inline control"
        ),
        pytest.param(
            "<w:r><w:t>2023</w:t><w:noBreakHyphen/><w:t>2024</w:t></w:r>", ["2023-2024"], id="hyphen"
        ),
        pytest.param(
            "<w:r><w:t>дистан</w:t><w:softHyphen/><w:t>ционный</w:t></w:r>", ["дистанционный"], id="soft"
        ),
        pytest.param("<w:r><w:t>1.1.</w:t><w:tab/><w:t>Текст</w:t></w:r>", ["1.1. Текст"], id="tab"),
        pytest.param(r("п.\u00a05 \u200bи\u2011в\u00ad"), ["п. 5 и-в"], id="special characters"),
        pytest.param(r("и") + r("\u0306"), ["й"], id="letter composed over runs"),
        pytest.param(r("№ 5 м²"), ["№ 5 м²"], id="NFC, not NFKC"),
        pytest.param('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + r(" дом"), ["• дом"], id="symbol"),
        pytest.param(r("\uf020\uf02d\u00a0дом;"), ["- дом;"], id="hyphen of a symbol font"),
        pytest.param("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", ["x=2"], id="formula"),
        pytest.param(field("PAGEREF _Toc1", "12"), ["12"], id="field code dropped"),
        pytest.param(
            field(r'TOC \o "1-3"', "1. Общие положения 3") + r("дальше"), ["дальше"], id="contents field"
        ),
        pytest.param(
            field("REF a", "пункт 2", ended=False) + r(" далее"), ["пункт 2 далее"], id="endless field"
        ),
        pytest.param(
            f'<w:commentRangeStart w:id="0"/>{r("текст")}<w:r><w:commentReference w:id="0"/></w:r>',
            ["текст"],
            id="comment",
        ),
        pytest.param(
            r("кто") + "<w:r><w:br/></w:r>" + r("решает"), ["кто решает"], id="break becomes a space"
        ),
        pytest.param(r("а;") + "<w:r><w:br/></w:r>" + r("– б;"), ["а;", "– б;"], id="break before a bullet"),
        pytest.param(
            r("Глава") + "<w:r><w:br/></w:r>" + r("1.1. Пункт"), ["Глава", "1.1. Пункт"], id="number"
        ),
        pytest.param(
            r("Глава") + "<w:r><w:br/></w:r>" + r("2.Пункт"), ["Глава", "2.Пункт"], id="number, no space"
        ),
        pytest.param(r("от") + "<w:r><w:br/></w:r>" + r("14.02.2025 № 3"), ["от 14.02.2025 № 3"], id="date"),
        pytest.param(r("до") + "<w:r><w:br/></w:r>" + r("15.30 часов"), ["до 15.30 часов"], id="time"),
        pytest.param(r("а") + '<w:r><w:br w:type="page"/></w:r>' + r("б"), ["а", "б"], id="page break"),
    ],
)
def test_inline(inner, expected):
    assert texts(f"<w:p>{inner}</w:p>") == expected


@pytest.mark.parametrize(
    "drawing",
    [
        SHAPE,
        VML,
        "<mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{SHAPE}</mc:Choice><mc:Fallback>{VML}</mc:Fallback>'
        "</mc:AlternateContent>",
    ],
    ids=["drawing", "vml", "both"],
)
def test_text_box_once_behind_its_paragraph(drawing):
    lines = read_body(f"<w:p>{r('до')}<w:r>{drawing}</w:r>{r(' после')}</w:p>").lines
    assert [(line.kind, line.text) for line in lines] == [("text", "до после"), ("textbox", "в рамке")]


def test_deleted_paragraph_mark_joins_paragraphs():
    first = p("Школа ", '<w:rPr><w:del w:id="1"/></w:rPr>')
    document = read_body(first + p("решает сама.") + p("Второй."))
    assert [line.text for line in document.lines] == ["Школа решает сама.", "Второй."]


def test_tracked_changes_are_told_with_their_number():
    document = read_body(f'<w:p>{r("а")}{DELETED}<w:ins w:id="2">{r("б")}</w:ins></w:p>')
    assert [note.code for note in document.notes] == ["tracked_changes"]
    assert "всего 2" in document.notes[0].message
    assert read_body(p("без правок")).notes == ()


def test_table_of_contents_over_paragraphs_is_dropped():
    begin = f"<w:p>{field('TOC', '1. Глава 2', ended=False)}</w:p>"
    middle = p("2. Вторая 5", '<w:pStyle w:val="TOC2"/>')
    end = f'<w:p>{r("3. Третья 7")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert texts(begin + middle + end + p("1. Глава")) == ["1. Глава"]


def test_contents_field_that_never_ends_does_not_swallow_the_act():
    begin = f"<w:p>{field('TOC', '1. Глава 2', ended=False)}</w:p>"
    assert texts(begin + p("1. Глава") + p("Текст")) == ["1. Глава", "Текст"]


def test_contents_control_and_style_are_dropped():
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    )
    control = f"{gallery}<w:sdtContent>{p('Оглавление')}{p('1. Глава')}</w:sdtContent></w:sdt>"
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    assert texts(control + p("2. Вторая", '<w:pStyle w:val="11"/>') + p("Текст"), styles=styles) == ["Текст"]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [(("2", "3", "5"), 0), (("2", "3"), 2), (("5", "3", "2"), 3)],
    ids=["contents", "too few", "pages fall"],
)
def test_typed_contents_with_leaders(pages, kept):
    lines = texts("".join(p(f"{i}. Глава ........ {page}") for i, page in enumerate(pages)) + p("Текст"))
    assert len(lines) == kept + 1


def test_lines_that_end_in_a_tab_and_number_are_no_contents_without_a_leader():
    rows = "".join(f"<w:p><w:r><w:t>{i} класс</w:t><w:tab/><w:t>{i}</w:t></w:r></w:p>" for i in range(1, 5))
    assert texts(rows) == ["1 класс 1", "2 класс 2", "3 класс 3", "4 класс 4"]


def test_footnote_follows_its_paragraph_once():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{r(" Сноска.")}</w:p></w:footnote>'
    document = read_body(f"<w:p>{r('Пункт')}{mark}{r('.')}</w:p><w:p>{r('Ещё')}{mark}</w:p>", footnotes=notes)
    assert [(line.kind, line.text) for line in document.lines] == [
        ("text", "Пункт."),
        ("footnote", "Сноска."),
        ("text", "Ещё"),
    ]


def test_running_heads_go_to_the_margins():
    section = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    document = read_body(p("Текст") + section, header1=p("МБОУ СОШ"), footer1=p("7"))
    assert [line.text for line in document.margins] == ["МБОУ СОШ"]
    assert document.text == "Текст"


def test_looks_come_from_run_style_and_defaults():
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="Заголовок 2"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    )
    body = (
        p("Заголовок", '<w:pStyle w:val="1"/>')
        + f"<w:p>{r('Часть', '<w:b/>')}{r(' жирная')}</w:p>"
        + p(
            "Тонкий", '<w:pStyle w:val="1"/><w:jc w:val="left"/><w:outlineLvl w:val="9"/>', '<w:b w:val="0"/>'
        )
        + p("Уровень", '<w:outlineLvl w:val="2"/>')
    )
    lines = read_body(body, styles=styles).lines
    assert [(x.heading, x.bold, x.centered, x.size) for x in lines] == [
        (2, True, True, 16.0),
        (None, False, False, 12.0),
        (None, False, False, 16.0),
        (3, False, False, 12.0),
    ]


def test_bold_style_of_characters_in_a_bold_paragraph_is_not_bold():
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/><w:rPr><w:b/></w:rPr></w:style>'
        for kind, key in (("paragraph", "P"), ("character", "C"))
    )
    body = p("а", '<w:pStyle w:val="P"/>') + p("б", '<w:pStyle w:val="P"/>', '<w:rStyle w:val="C"/>')
    lines = read_body(body + p("в", "", '<w:rStyle w:val="C"/>'), styles=styles).lines
    assert [line.bold for line in lines] == [True, False, True]


def test_parts_of_a_broken_paragraph_have_their_own_looks_and_one_marker():
    inner = r("Глава", "<w:b/>") + "<w:r><w:br/></w:r>" + r("1.1. Пункт")
    lines = read_body(f"<w:p><w:pPr>{num(1)}</w:pPr>{inner}</w:p>", numbering=NUMBERS).lines
    assert [(x.marker, x.text, x.bold) for x in lines] == [("1.", "Глава", True), ("", "1.1. Пункт", False)]


def test_offsets_point_into_the_text():
    document = read_body(p("Первый") + p("") + p("  Второй  ") + p("Третий"))
    assert document.text == "Первый\nВторой\nТретий"
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)
    assert document.whole_paragraphs


def test_big_pictures_are_told_and_emblems_are_not():
    def picture(side: int) -> str:
        extent = f'<wp:extent cx="{side}" cy="{side}"/>'
        return f"<w:p><w:r><w:drawing><wp:inline>{extent}<a:blip/></wp:inline></w:drawing></w:r></w:p>"

    assert [note.code for note in read_body(picture(6_000_000)).notes] == ["pictures"]
    assert read_body(picture(600_000)).notes == ()


@pytest.mark.parametrize(
    "body", ['<w:altChunk r:id="x"/>', "<w:p><w:r><w:object/></w:r></w:p>"], ids=["altChunk", "object"]
)
def test_embedded_things_are_told(body):
    assert [note.code for note in read_body(p("Текст") + body).notes] == ["embedded"]
