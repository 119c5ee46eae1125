"""``lna journal`` and ``lna recheck`` as a person calls them; ``lna district`` is tried in test_end_to_end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.district.journal import Journal
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
    with pytest.raises(LnaError, match="--store-texts"):
        called("recheck", str(tmp_path / "j.sqlite"))


def test_a_wrong_option_is_told(tmp_path: Path) -> None:
    with pytest.raises(LnaError, match="не бывает"):
        called("district", str(tmp_path), "--out", str(tmp_path / "o"), "--ocr", "maybe")
