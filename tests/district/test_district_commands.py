"""``lna journal`` and ``lna recheck`` as a person calls them; ``lna district`` is tried in test_end_to_end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.district.journal import FILE, Journal
from analyzer.district.run import Progress
from analyzer.errors import LnaError
from tests.district.lines import IDS, audited, failed, finding, finished


@pytest.fixture
def place(tmp_path: Path) -> str:
    lines = [audited("Г/Ш1/а", {IDS[0]: "covered"}, findings=[finding()]), failed("Г/Ш2/б")]
    journal = Journal(str(tmp_path / "j.sqlite"))
    journal.record(finished(tmp_path / "run", lines), texts=True)
    journal.close()
    return str(tmp_path / "j.sqlite")


def called(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_journal_is_listed_shown_and_exported(place: str) -> None:
    assert "файлов 2: проверено 1, не прочитано 1; исправить 2" in called("journal", "list", place)
    listed = called("journal", "list", place, "--run", "last").splitlines()
    assert [line.split(maxsplit=2)[1] for line in listed] == ["исправить", "исправить"]
    number = listed[0].split()[0]
    shown = json.loads(called("journal", "show", place, number))
    assert shown["path"] == "Г/Ш1/а"
    assert len(shown["verdicts"]) == len(IDS)
    exported = [json.loads(line) for line in called("journal", "export", place).splitlines()]
    assert exported[0] == shown


def test_a_decision_is_recorded_and_listed(place: str) -> None:
    number = called("journal", "list", place, "--run", "last").split()[0]
    called("journal", "decide", place, number, "--decision", "mended", "--author", "Иванова", "--deadline", "2027-01-15")
    assert "исправлено" in called("journal", "list", place, "--status", "mended")
    assert json.loads(called("journal", "show", place, number))["decisions"][0]["author"] == "Иванова"


def test_a_purge_tells_what_it_destroyed(place: str) -> None:
    assert "прогонов 0, записей о файлах 0" in called("journal", "purge", place, "--older-than", "30")
    told = called("journal", "purge", place, "--older-than", "0")
    assert "прогонов 1, записей о файлах 2, текстов 1" in told
    assert "прогон 0123456789abcdef" in told
    assert called("journal", "list", place) == ""


def test_a_recheck_names_acts_whose_verdict_changes(place: str) -> None:
    told = called("recheck", place, "--as-of", "2020-10-01")
    assert told.startswith("Пересмотрено актов: 1, итог изменился у 1.\nШ1: Г/Ш1/а\n")
    assert f"pp-1678/{IDS[0]}: урегулировано → не действует" in told
    (row,) = json.loads(called("recheck", place, "--as-of", "2020-10-01", "--format", "json"))
    assert row["changes"][f"pp-1678/{IDS[0]}"] == ["covered", None]


def test_a_recheck_needs_kept_texts(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "j.sqlite"))
    journal.record(finished(tmp_path / "run", [audited("Г/Ш1/а", {})]))
    journal.close()
    with pytest.raises(LnaError, match=r"тексты актов этого прогона не сохранены.*; .* --store-texts"):
        called("recheck", str(tmp_path / "j.sqlite"))


def test_the_folder_of_the_results_stands_for_its_journal(tmp_path: Path) -> None:
    run = finished(tmp_path, [failed("Г/Ш/~$а", "skipped"), failed("Г/Ш/б")])
    journal = Journal(str(run / FILE))
    journal.record(run)
    journal.close()
    listed = called("journal", "list", str(run), "--run", "last").splitlines()
    assert sorted(line.split()[1] for line in listed) == ["исправить", "пропущен"]


@pytest.mark.parametrize(
    "call",
    [
        ("district", "PLACE", "--out", "o", "--ocr", "maybe"),
        ("journal", "list", "PLACE", "--status", "maybe"),
        ("recheck", "PLACE", "--format", "maybe"),
    ],
)
def test_a_wrong_option_is_told(place: str, call: tuple[str, ...]) -> None:
    with pytest.raises(LnaError, match="maybe не бывает"):
        called(*(place if word == "PLACE" else word for word in call))


@pytest.mark.parametrize(
    ("errors", "warnings", "unread", "option", "status"),
    [
        (1, 0, 0, (), 0),  # a run that came to its end: every district has something to mend
        (1, 0, 1, ("--fail-on", "never"), 0),
        (1, 0, 0, ("--fail-on", "error"), 1),
        (0, 1, 0, ("--fail-on", "error"), 0),
        (0, 1, 0, ("--fail-on", "warning"), 1),
        (0, 0, 0, ("--fail-on", "warning"), 0),
        (0, 0, 1, ("--fail-on", "error"), 2),  # the worst of all files wins
        (1, 0, 1, ("--fail-on", "warning"), 2),
    ],
)
def test_the_exit_status_is_that_of_the_worst_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errors: int, warnings: int, unread: int, option, status: int
) -> None:
    lines = [audited("Г/Ш/а", {}), audited("Г/Ш/б", {}), *[failed("Г/Ш/в")] * unread]
    for line, found in zip(lines, ({"errors": 0, "warnings": 0}, {"errors": errors, "warnings": warnings}), strict=False):
        line["audit"]["summary"] = found
    done = Progress(found=2 + unread, audited=2, failed=unread)
    monkeypatch.setattr("analyzer.cli_district._run", lambda plan: finished(plan.out, lines) and done)
    call = ["district", str(tmp_path), "--out", str(tmp_path / "o"), "--no-letters", *option]
    result = CliRunner().invoke(app, call, catch_exceptions=False)
    assert result.exit_code == status, result.output
    assert f"не прочитано {unread}" in result.stdout
