"""Names of persons out of a district: hidden in the results themselves, so in every paper made of them."""

from __future__ import annotations

import json
from datetime import date

from analyzer.audit import Settings
from analyzer.district.conditions import Task, conditions, mark
from analyzer.district.work import audit_bytes

ACT = """Положение об электронном обучении и дистанционных образовательных технологиях
1. Общие положения
1.1. Техническую помощь ученикам оказывает Ложкина Вера Петровна, инженер школы, в течение одного рабочего дня.
1.2. Консультации по электронной почте даёт Тарелкин Игорь Львович не позднее следующего дня.
"""
SETTINGS = Settings(as_of=date(2026, 11, 1))


def told(*, masked: bool) -> dict:
    return audit_bytes(ACT.encode(), Task(SETTINGS, texts=True, masked=masked))["audit"]


def test_names_are_hidden_and_nothing_else_changes() -> None:
    plain, masked = told(masked=False), told(masked=True)
    assert "Ложкина" in json.dumps(plain, ensure_ascii=False)
    words = json.dumps(masked, ensure_ascii=False)
    assert "Ложкин" not in words
    assert "Тарелкин" not in words
    assert "[Ф. И. О.]" in words
    assert masked["summary"] == plain["summary"]
    assert masked["signature"] == plain["signature"]
    assert masked["tree"] != plain["tree"]


def test_results_with_names_are_not_used_for_a_run_without() -> None:
    assert mark(conditions(Task(SETTINGS))) != mark(conditions(Task(SETTINGS, masked=True)))
