import pytest

from analyzer.model import Act, Box, Clause, Document, Line, TitleBlock
from analyzer.ui.evidence import Focus, clause_at, frames


def _lines(*places: tuple[int, float, float]) -> tuple[Line, ...]:
    """Lines of ten letters: page, left side, top."""
    return tuple(
        Line("а" * 10, 11 * i, page, Box(x, y, x + 100, y + 10)) for i, (page, x, y) in enumerate(places)
    )


def _clause(start: int, end: int, path: str = "1", text: str = "текст", page: int = 1) -> Clause:
    return Clause(path, None, text, 1, False, page, start, end)


@pytest.mark.parametrize(
    ("places", "clause", "expected"),
    [
        pytest.param(
            [(1, 50, 100), (1, 50, 114), (1, 50, 128)],
            (0, 21),
            {1: [(47, 97, 153, 127)]},
            id="lines share a frame",
        ),
        pytest.param(
            [(1, 50, 700), (2, 50, 60)],
            (0, 21),
            {1: [(47, 697, 153, 713)], 2: [(47, 57, 153, 73)]},
            id="over a page break",
        ),
        pytest.param(
            [(1, 50, 100), (1, 300, 100)],
            (0, 21),
            {1: [(47, 97, 153, 113), (297, 97, 403, 113)]},
            id="two columns",
        ),
        pytest.param(
            [(1, 50, 100), (1, 50, 114)], (0, 10), {1: [(47, 97, 153, 113)]}, id="the next line is not of it"
        ),
        pytest.param([(1, 50, 100)], (40, 50), {}, id="no line"),
    ],
)
def test_frames(places: list, clause: tuple[int, int], expected: dict) -> None:
    document = Document("a.pdf", "0", "pdf", _lines(*places), whole_paragraphs=False, pages=2)
    found = frames(document, [_clause(*clause)])
    assert {page: [(b.x0, b.y0, b.x1, b.y1) for b in boxes] for page, boxes in found.items()} == expected


def test_a_document_without_pages_has_no_frames() -> None:
    document = Document("a.docx", "0", "docx", (Line("а" * 10, 0),), whole_paragraphs=True)
    assert frames(document, [_clause(0, 10)]) == {}


def test_of_two_paragraphs_under_one_number_the_quoted_one_is_shown() -> None:
    first, second = _clause(0, 5, "2.1", "Первый абзац."), _clause(6, 12, "2.1", "Второй\nабзац.")
    act = Act(TitleBlock(), (first, second))
    assert clause_at(act, "2.1", "Второй абзац.") == second
    assert clause_at(act, "2.1", "чего нет") == first
    assert clause_at(act, "9", "Второй абзац.") is None
    assert clause_at(act, None) is None


def test_focus_names_its_page_and_a_key_of_its_own() -> None:
    here, there = Focus((_clause(3, 9, page=4),)), Focus((_clause(5, 9, page=4),))
    assert here.page == 4
    assert here.key != there.key != Focus().key
    assert Focus().page is None
