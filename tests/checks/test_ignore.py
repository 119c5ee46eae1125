"""``lna-ignore.yaml``: what it takes away, what it cannot, and how it is told that it is no longer needed."""

import json
import textwrap
from datetime import date

import pytest
from typer.testing import CliRunner

from analyzer.audit import Settings, audit_each, audit_file
from analyzer.checks.ignore import apply_ignores
from analyzer.cli import app
from analyzer.errors import DataError, LnaError
from analyzer.law.ignore import Ignored
from analyzer.law.load import ignore_list
from analyzer.model import Finding

DAY = date(2026, 11, 1)
OLD = Finding("REF001", "error", "отменён", "замените", clause="1.2", quote="приказ № 816")
LATER = Finding("REF001", "error", "отменён", "замените", clause="2.1", quote="приказ № 816")
GAP = Finding("REQ001", "error", "не найдено", "допишите", requirement="13.в", norm="норма")
ACT = textwrap.dedent("""\
    ПОЛОЖЕНИЕ
    о применении дистанционных образовательных технологий
    1. Общие положения
    1.1. Положение вступает в силу с 1 сентября 2026 года, размещается на сайте школы.
    1.2. Положение разработано по приказу Минобрнауки России от 23.08.2017 № 816.
    """)
ENTRY = """\
  - file: "*.txt"
    rule: REF001
    reason: ссылка нужна для истории вопроса
    person: методист управления образования
    until: 2026-12-31
"""


def entry(**fields) -> Ignored:
    return Ignored.model_validate(
        {"file": "*", "reason": "причина", "person": "методист", "until": DAY} | fields
    )


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"rule": "REF001"}, [OLD, LATER]),
        ({"rule": "REF001", "clause": "2.1"}, [LATER]),
        ({"requirement": "13.в"}, [GAP]),
        ({"rule": "REQ001", "requirement": "13.в"}, [GAP]),
        ({"rule": "REQ002", "requirement": "13.в"}, []),
        ({"rule": "REF001", "file": "ПОЛОЖЕНИЕ*.docx"}, [OLD, LATER]),
        ({"rule": "REF001", "file": "архив.zip/*"}, [OLD, LATER]),
        ({"rule": "REF001", "until": date(2026, 10, 31)}, []),
    ],
)
def test_entry_takes_away(fields, taken):
    kept, suppressed = apply_ignores(
        [OLD, LATER, GAP], [entry(**fields)], "архив.zip/положение о ДОТ.docx", DAY
    )
    assert [item.finding for item in suppressed] == taken
    assert [finding for finding in kept if finding.rule != "IGN001"] == [
        finding for finding in (OLD, LATER, GAP) if finding not in taken
    ]
    assert ("IGN001" in {finding.rule for finding in kept}) is (not taken)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rule": "REF001", "until": date(2026, 10, 31)}, "вышел 31.10.2026: правило REF001"),
        ({"rule": "SRV001", "clause": "3.1"}, "ничего не скрыла: правило SRV001, пункт 3.1"),
        ({"requirement": "7"}, "ничего не скрыла: требование 7"),
    ],
)
def test_entry_that_is_not_needed_is_a_note(fields, words):
    (note,) = (f for f in apply_ignores([OLD], [entry(**fields)], "act.txt", DAY)[0] if f.rule == "IGN001")
    assert (note.severity, note.quote) == ("note", "act.txt")
    assert words in note.message


def test_entry_about_another_file_says_nothing():
    assert apply_ignores([OLD], [entry(rule="REF001", file="устав*")], "act.txt", DAY) == ((OLD,), ())


def test_of_two_entries_that_cover_a_finding_both_are_used():
    kept, suppressed = apply_ignores(
        [OLD], [entry(rule="REF001"), entry(rule="REF001", clause="1.2")], "a", DAY
    )
    assert (kept, len(suppressed)) == ((), 1)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "act.txt").write_text(ACT, encoding="utf-8")
    (tmp_path / "lna-ignore.yaml").write_text(f"ignore:\n{ENTRY}", encoding="utf-8")
    return tmp_path


def rules(audit):
    return {finding.rule for finding in audit.findings}


def test_sidecar_beside_the_file_is_picked_up_and_verdicts_stay(folder):
    with_it = audit_file(folder / "act.txt", Settings(as_of=DAY))
    without = audit_file(folder / "act.txt", Settings(as_of=DAY, ignoring=False))
    assert "REF001" in rules(without) - rules(with_it)
    assert [item.finding.rule for item in with_it.suppressed] == ["REF001"]
    assert without.suppressed == ()
    assert with_it.verdicts == without.verdicts
    assert len(with_it.findings) == len(without.findings) - 1


def test_file_named_in_the_call_comes_before_the_sidecar(folder, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(f"ignore:\n{ENTRY.replace('REF001', 'REF004')}", encoding="utf-8")
    audit = audit_file(folder / "act.txt", Settings(as_of=DAY, ignore=other))
    assert [item.finding.rule for item in audit.suppressed] == ["REF004"]
    assert "REF001" in rules(audit)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    rule: REF001\n", "", "строка 2, поле ignore[1]: укажите rule (правило) или requirement"),
        ("REF001", "IGN001", "замечание о самой записи скрыть нельзя"),
        ("until: 2026-12-31", "until: никогда", "нужна дата вида 2024-09-01"),
        ("    person: методист управления образования\n", "", "поле ignore[1].person: обязательное поле"),
    ],
)
def test_wrong_file_is_told_with_its_line_and_nothing_is_left_out(folder, old, new, told):
    path = folder / "lna-ignore.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        ignore_list(path)
    assert told in caught.value.message
    [(name, result)] = audit_each(folder / "act.txt", Settings(as_of=DAY))
    assert name == "act.txt"
    assert isinstance(result, LnaError)


def test_command_counts_what_it_left_out(folder):
    call = ["audit", str(folder / "act.txt"), "--format", "json", "--as-of", "2026-11-01"]
    data = json.loads(CliRunner().invoke(app, call).stdout)
    assert data["summary"]["suppressed"] == 1
    (left_out,) = data["suppressed"]
    assert (left_out["rule"], left_out["clause"], left_out["until"]) == ("REF001", "1.2", "2026-12-31")
    assert left_out["person"] == "методист управления образования"
    shown = json.loads(CliRunner().invoke(app, [*call, "--no-ignore"]).stdout)
    assert shown["summary"]["suppressed"] == 0
    assert shown["summary"]["errors"] == data["summary"]["errors"] + 1
    masked = json.loads(CliRunner().invoke(app, [*call, "--mask-names"]).stdout)
    assert masked["suppressed"][0]["person"] == "[Ф. И. О.]"


def test_command_says_when_the_file_of_decisions_is_absent(folder):
    result = CliRunner().invoke(app, ["audit", str(folder / "act.txt"), "--ignore", str(folder / "no.yaml")])
    assert result.exit_code == 2
    assert "не читается" in result.stderr
