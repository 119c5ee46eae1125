import pytest

from analyzer.ui import safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("акт.pdf", "акт.pdf"),
        ("два\n\tслова", "два слова"),
        ("fdp.\u202eакт", "fdp.акт"),  # right-to-left override: a name must not read backwards
        ("а\x00б\u200b\x0bв", "аб в"),
    ],
)
def test_plain_drops_what_cannot_be_seen(text: str, shown: str) -> None:
    assert safe.plain(text) == shown


def test_a_long_file_name_keeps_its_extension() -> None:
    shown = safe.file_label("п" * 300 + ".docx")
    assert len(shown) <= 90
    assert shown.endswith(".docx")


def test_a_nameless_file_is_called_so() -> None:
    assert safe.file_label("\u202e\n") == "без имени"


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://example.org/a.png)",
        "[a](javascript:b)",
        "**b**",
        "$x^2$",
        ":red[a]",
        ":material/home:",
        "<b>",
        "# h",
    ],
)
def test_markdown_leaves_no_command_alive(text: str) -> None:
    escaped = safe.markdown(text)
    signs = [sign for i, sign in enumerate(escaped) if sign in "![]()*$:<>#^" and escaped[i - 1] != "\\"]
    assert signs == []
    assert escaped.replace("\\", "") == text


def test_code_cannot_be_closed_from_inside() -> None:
    assert safe.code("a` ![x](http://example.org) `b").count("`") == 2


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("<script>", [], "&lt;script&gt;"),
        ("срок & место", [(0, 4)], "<mark>срок</mark> &amp; место"),
        ("<b>срок", [(0, 3)], "<mark>&lt;b&gt;</mark>срок"),
        ("абвг", [(2, 4), (0, 3)], "<mark>абв</mark><mark>г</mark>"),
    ],
)
def test_marked(text: str, spans: list[tuple[int, int]], expected: str) -> None:
    assert safe.marked(text, spans) == expected
