import pytest

from analyzer.errors import LimitError, ReadingError
from analyzer.reading.limits import Limits
from analyzer.reading.txt import decode, looks_wrapped, read_txt

ACT = (
    "ПОРЯДОК\n1.1. Школа применяет дистанционные технологии при обучении на дому.\n"
    "1.2. Родителей извещают до 1 сентября."
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
@pytest.mark.parametrize("text", [ACT, "ПРИКАЗ ДИРЕКТОРА ШКОЛЫ", "утверждено педагогическим советом"])
def test_encodings(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    if encoding.startswith("utf-16-") and " " not in text:
        pytest.skip("without a space nothing tells UTF-16")
    assert decode(data) == text


def test_lines_and_offsets() -> None:
    document = read_txt("\n\n  1. Первый\u00a0пункт  \n\n2. Вто\u00adрой\n".encode(), "a.txt", "0")
    assert [line.text for line in document.lines] == ["1. Первый пункт", "2. Второй"]
    assert all(document.text[line.start : line.end] == line.text for line in document.lines)
    assert (document.format, document.pages, document.whole_paragraphs) == ("txt", None, True)


def test_marks_of_bold_run_over_lines() -> None:
    document = read_txt("**О порядке\nприёма**\nТекст с **важным** словом".encode(), "a.txt", "0")
    assert [(line.text, line.bold) for line in document.lines] == [
        ("О порядке", True),
        ("приёма", True),
        ("Текст с важным словом", False),
    ]


def test_lone_stars_are_text() -> None:
    assert read_txt("Сноска ** к пункту".encode(), "a.txt", "0").lines[0].text == "Сноска ** к пункту"


@pytest.mark.parametrize(
    ("lines", "wrapped"),
    [
        (["1. Порядок устанавливает применение электронного", "обучения в школе", "и на дому."], True),
        (["1. Первый пункт.", "2. Второй пункт;", "а) подпункт;", "б) ещё один."], False),
        (["1. Школа " + "обеспечивает доступ " * 10, "и контроль", "и учёт"], False),
        (["Одна строка"], False),
    ],
)
def test_looks_wrapped(lines: list[str], wrapped: bool) -> None:
    assert looks_wrapped(lines) is wrapped


def test_every_line_followed_by_a_blank_one() -> None:
    text = "1. Порядок устанавливает применение \n\nэлектронного обучения при реализации \n\nпрограмм. \n\n"
    document = read_txt(text.encode(), "a.txt", "0")
    assert not document.whole_paragraphs
    assert len(document.lines) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 20, "not_text"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 9, "not_text"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_txt(data, "a.txt", "0")
    assert caught.value.code == code


def test_limit_is_named() -> None:
    with pytest.raises(LimitError, match="100 знаков"):
        read_txt(("а" * 101).encode(), "a.txt", "0", limits=Limits(text_characters=100))
