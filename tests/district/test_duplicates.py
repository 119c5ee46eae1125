"""Near-duplicates: copies of one template are found, acts on the same subject are not."""

from analyzer.district.duplicates import groups, signature
from tests.district.generate import records

CLAUSES = [item["text"] for item in records()[:120]]
TEMPLATE = CLAUSES[:30]


def copied(school: str) -> str:
    own = [text.replace("Школа", school).replace("школ", school) for text in TEMPLATE]
    return signature([f"Положение {school}", *own[:-1], "Свой последний пункт."])


def test_copies_of_a_template_are_one_group() -> None:
    signatures = {
        "а": copied("Лицей"), "б": copied("Гимназия"), "в": signature(TEMPLATE), "г": signature(CLAUSES[40:70]),
        "д": signature(CLAUSES[80:110]), "е": "",
    }  # fmt: skip
    assert groups(signatures) == [("а", "б", "в")]


def test_groups_do_not_depend_on_the_order() -> None:
    signatures = {name: copied(name) for name in ("в", "а", "б")}
    assert groups(signatures) == groups(dict(reversed(signatures.items())))


def test_a_short_text_is_like_nothing() -> None:
    assert signature(["Коротко и ясно."]) == ""
    assert groups({"а": "", "б": ""}) == []
