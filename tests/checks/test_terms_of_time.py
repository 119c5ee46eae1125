"""DATE001: a term of the act later than the norm's; an earlier one is right."""

from datetime import date

import pytest
from one_clause import clause

from analyzer.checks.deadlines import beyond_deadline, check_deadlines
from analyzer.law.checklist import Deadline
from analyzer.law.load import checklist
from analyzer.model import Match

MAY = Deadline(text="1 мая", month=5, day=1)
TEN = Deadline(text="10 рабочих дней", working_days=10)


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("не позднее 1 мая текущего года", None),
        ("до 30 апреля", None),
        ("до 01.05", None),
        ("не позднее 2 мая", "2 мая"),
        ("до 25 августа", "25 августа"),
        ("до 15.06 размещает", "15.06"),
        ("до 1-го июня", "1-го июня"),
        ("за 3 декады до 1 июня", "1 июня"),  # a декада is no December
        ("до 15 авг.", "15 авг"),
        ("до начала учебного года", "до начала учебного года"),
        ("в мае", "в мае"),
        ("до 25 августа, а решение публикует до 1 мая", None),
        ("решение от 20 сентября публикуется", None),  # autumn stands before May in a school year
        ("приказ от 30 июня 2023 года № 5", None),
        ("в 10.30 – 11.00", None),
        ("публикует на сайте", None),
        ("", None),
    ],
)
def test_day_of_the_year(text, late):
    assert beyond_deadline(MAY, text) == late


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("в течение 10 рабочих дней", None),
        ("в течение 5 дней", None),
        ("за 14 календарных дней", None),
        ("за 15 календарных дней", "15 календарных дней"),
        ("в течение 11 рабочих дней", "11 рабочих дней"),
        ("в течение 30 (тридцати) рабочих дней", "30 (тридцати) рабочих дней"),
        ("в течение месяца", "в течение месяца"),
        ("в течение 30 дней, но не дольше 10 рабочих дней", None),
        ("обновляет сведения", None),
    ],
)
def test_number_of_days(text, late):
    assert beyond_deadline(TEN, text) == late


LIST = checklist("pp-1678")


def matched(requirement: str, text: str, score: float = 0.9) -> Match:
    return Match(requirement, clause(text), score, 0.9, False, (), text)


@pytest.mark.parametrize(
    ("matches", "day", "found"),
    [
        ([matched("11.1", "до 25 августа")], date(2026, 1, 1), 1),
        ([matched("11.1", "до 1 мая")], date(2026, 1, 1), 0),
        ([matched("11.1", "до 25 августа", 0.2)], date(2026, 1, 1), 0),  # below the threshold
        ([matched("13.г", "до 25 августа")], date(2026, 1, 1), 0),  # no deadline of the norm
        ([matched("11.1", "до 25 августа")], date(2024, 8, 31), 0),  # not in force yet
        ([matched("11.1", "до 25 августа")] * 2, date(2026, 1, 1), 1),  # told once a clause
    ],
)
def test_findings(matches, day, found):
    findings = check_deadlines([LIST], matches, {"11.1": 0.5}, day)
    assert len(findings) == found
    for finding in findings:
        assert (finding.rule, finding.severity, finding.requirement, finding.clause) == ("DATE001", "error", "11.1", "1.1")
        assert "1 мая" in finding.fix
        assert finding.norm
