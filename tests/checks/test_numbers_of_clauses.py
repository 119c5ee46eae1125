"""NUM001–NUM004: gaps, duplicates, references to nowhere, an act under another kind's name."""

import pytest
from one_clause import act, clause, rules

from analyzer.checks.numbering import check_numbering
from analyzer.model import Citation


def numbered(*paths: str):
    """Clauses of «path» or «path printed»."""
    made = []
    for item in paths:
        path, _, printed = item.partition(" ")
        made.append(clause("Текст пункта.", path, printed or f"{path.rpartition('/')[2]}."))
    return made


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["1", "2", "3"], []),
        (["1", "3"], [("NUM001", "3")]),
        (["1.1", "1.3", "1.4", "2.1"], [("NUM001", "1.3")]),
        (["1", "2", "2", "3"], [("NUM002", "2")]),
        (["1", "2", "1"], [("NUM002", "1")]),
        (["5.а а)", "5.б б)", "5.в в)", "5.д д)"], [("NUM001", "5.д")]),
        (["5.е е)", "5.ж ж)"], []),
        (["5.и и)", "5.к к)"], []),  # «й» is often left out
        (["5.е е)", "5.ё ё)", "5.ж ж)"], []),
        (["I", "II", "IV"], [("NUM001", "IV")]),
        (["I.1", "I.2", "II.1"], []),
        (["2", "3"], []),  # an excerpt may begin anywhere
        (["1", "прил.1/1", "прил.1/3"], [("NUM001", "прил.1/3")]),
        (["2.4", "2.4.1 1)", "2.4.2 2)", "2.4.4 4)"], [("NUM001", "2.4.4")]),
        (["3", "2", "4"], [("NUM001", "4")]),
    ],
)
def test_sequences(paths, expected):
    made = [clause(c.text, c.path, c.number, part=c.path.rpartition("/")[0]) for c in numbered(*paths)]
    assert rules(check_numbering(act(*made), [])) == expected


def test_unnumbered_paragraphs_do_not_count():
    made = [*numbered("1", "2"), clause("Абзац.", "2", None), clause("Абзац.", "2", None), *numbered("3")]
    assert check_numbering(act(*made), []) == []


BODY = numbered("1.1", "1.2", "2.1", "2.1.а а)")


@pytest.mark.parametrize(
    ("text", "dangling"),
    [
        ("согласно пункту 1.2 настоящего Положения", []),
        ("согласно пункту 7.3 настоящего Положения", ["7.3"]),
        ("согласно пунктам 1.1, 1.2 и 4.1 настоящего Положения", ["4.1"]),
        ("согласно пунктам 1.1 или 1.2 настоящего Положения", []),
        ("согласно пунктам 1.1 или 4.1 настоящего Положения", ["4.1"]),
        ("согласно пункту 7.3", ["7.3"]),
        ("согласно п. 2.1 Положения", []),
        ("в соответствии с разделом 9 настоящего Положения", ["9"]),
        ("в соответствии с разделом 2 настоящего Положения", []),
        ("согласно пункту 5.7 Правил, утверждённых постановлением № 1678", []),
        ("согласно п. 7.3 приказа № 5", []),
        ("Федерального закона, пункт 7.3", []),
        ("по части 3 статьи 28 закона", []),
        ("п. 5", []),
        ("в 9.30 часов", []),
    ],
)
def test_references_to_nowhere(text, dangling):
    found = check_numbering(act(*BODY, clause(text, "2.2")), [])
    assert rules(found) == [("NUM003", "2.2")] * len(dangling)
    assert all(target in finding.message for target, finding in zip(dangling, found, strict=True))


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("порядок", "по смыслу настоящих Правил", True),
        ("порядок", "настоящего Порядка", False),
        ("положение", "настоящий Порядок", True),
        ("положение", "настоящее Положение и Порядок приёма", False),
        ("иное", "настоящих Правил", False),
        ("приказ", "настоящего приказа", False),
    ],
)
def test_name_of_the_act(kind, text, found):
    findings = check_numbering(act(text, kind=kind), [Citation("9", None, "п", 0, 1, "order")])
    assert rules(findings) == ([("NUM004", "1.1")] if found else [])


def test_annexes_may_have_names_of_their_own():
    assert check_numbering(act(clause("настоящих Правил", "прил.1/1", part="прил.1"), kind="порядок"), []) == []
