"""A user's own checklist: every mistake with file, line and field."""

import copy
import json

import pytest
import yaml

from analyzer.checks.validate import problems
from analyzer.law.load import checklist_names, data_dir

# Through JSON, so that requirements share nothing by YAML's anchors.
GOOD = json.loads(json.dumps(yaml.safe_load((data_dir() / "pp-1678.yaml").read_text("utf-8")), default=str))
GOOD["requirements"] = GOOD["requirements"][:2]


def written(tmp_path, place, value):
    """The checklist with ``value`` put at ``place``, and the number of the line where it landed."""
    data = copy.deepcopy(GOOD)
    inner = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    path = tmp_path / "own.yaml"
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, "utf-8")
    return path, next(number for number, line in enumerate(text.splitlines(), 1) if _last(value) in line)


def _last(value):
    """The text by which the line of a changed value is known."""
    while not isinstance(value, str | int):
        value = list(value.values())[-1] if isinstance(value, dict) else value[-1]
    return str(value)


@pytest.mark.parametrize("name", checklist_names())
def test_shipped_checklists_are_in_order(name):
    assert problems(data_dir() / f"{name}.yaml") == ()


@pytest.mark.parametrize(
    ("place", "value", "field", "message"),
    [
        (("subject", "title", 1), "слово <планета>", "subject.title[2]", "неизвестный класс <планета>"),
        (("subject", "vocabulary", 0), "слово <сорк>", "subject.vocabulary[1]", "неизвестный класс <сорк>"),
        (
            ("requirements", 1, "aspects", 0, "patterns", 1),
            "учебный <неделя>",
            "requirements[2].aspects[1].patterns[2] (5.а)",
            "неизвестный класс <неделя>",
        ),
        (
            ("requirements", 0, "contradictions"),
            [{"message": "нельзя", "any": ["нельзя <где>"]}],
            "requirements[1].contradictions[1].any[1] (5)",
            "неизвестный класс <где>",
        ),
        (
            ("requirements", 0, "precondition"),
            {"text": "если есть", "unmet": ["нет <чего>"]},
            "requirements[1].precondition.unmet[1] (5)",
            "неизвестный класс <чего>",
        ),
        (
            ("requirements", 0, "elsewhere", "patterns", 0),
            "...",
            "requirements[1].elsewhere.patterns[1] (5)",
            "пуст",
        ),
        (("subject", "title", 0), "журнал/", "subject.title[1]", "пустой вариант слова в «журнал/»"),
        (("subject", "title", 0), "журнал *", "subject.title[1]", "пустой вариант слова в «*»"),
        (("subject", "title", 0), "журнал &звонок", "subject.title[1]", "с пробелами с обеих сторон"),
        (("subject", "title", 0), "эл*нный журнал", "subject.title[1]", "только в конце слова"),
        (("act",), "order-999-1999", "act", "акта order-999-1999 нет в acts.yaml"),
        (
            ("requirements", 1, "contradicted_by"),
            ["SRV999"],
            "requirements[2].contradicted_by[1] (5.а)",
            "SRV999 нет",
        ),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path, place, value, field, message):
    path, line = written(tmp_path, place, value)
    [told] = problems(path)
    assert told.startswith(f"own.yaml, строка {line}, поле {field}: ")
    assert message in told


def test_a_wrong_shape_is_told_before_patterns(tmp_path):
    path, line = written(tmp_path, ("subject", "share"), 777)
    assert problems(path) == (f"own.yaml, строка {line}, поле subject.share: число должно быть меньше 1.0",)


def test_an_absent_file_is_told(tmp_path):
    [told] = problems(tmp_path / "no.yaml")
    assert "не читается" in told
