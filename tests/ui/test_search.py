import pytest

from analyzer.ui import search


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("техническая помощь", "порядок оказания технической помощи", True),
        ("помощь техническая", "порядок оказания технической помощи", True),
        ("УЧЁБА", "время учебы", True),
        ("консульт", "проводятся консультации", True),  # still being typed
        ("2017", "приказ от 23.08.2017 № 816", True),
        ("", "что угодно", True),
        ("срок помощь", "порядок оказания помощи", False),
        ("ток", "источник", False),
    ],
)
def test_holds(query: str, text: str, found: bool) -> None:
    assert search.holds(query, text) is found


def test_words_may_stand_in_different_texts() -> None:
    assert search.holds("816 порядок", "816", "Об утверждении Порядка", None)


def test_spans_point_into_the_text_as_written() -> None:
    text = "Оказание Технической ПОМОЩИ"
    assert [text[start:end] for start, end in search.spans("техническая помощь", text)] == [
        "Технической",
        "ПОМОЩИ",
    ]
    assert search.spans("", text) == []
