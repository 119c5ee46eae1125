"""``lna audit --format`` and ``--report``: files where they belong, the result alone on stdout."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from tests.reports.made import LINES

TEXT = "\n".join(("ПОЛОЖЕНИЕ", "о применении дистанционных образовательных технологий", *LINES[1:]))


@pytest.fixture
def act(tmp_path):
    path = tmp_path / "акт.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments: object):
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def test_papers_of_acts_of_one_name_do_not_overwrite_each_other(act, tmp_path):
    twin = tmp_path / "b" / "акт.txt"
    twin.parent.mkdir()
    twin.write_text(TEXT, "utf-8")
    result = run(act, twin, "--report", tmp_path / "out" / "new")
    assert result.exit_code == 1
    names = sorted(path.name for path in (tmp_path / "out" / "new").iterdir())
    papers = ("замечания.docx", "справка.docx", "таблица.xlsx")
    assert names == sorted(f"{stem}_{paper}" for stem in ("акт", "акт_2") for paper in papers)


def test_acts_of_an_archive_get_their_papers(act, tmp_path):
    with zipfile.ZipFile(tmp_path / "acts.zip", "w") as archive:
        archive.writestr("школа/акт.txt", TEXT)
    assert run(tmp_path / "acts.zip", "--report", tmp_path / "out").exit_code == 1
    assert (tmp_path / "out" / "акт_справка.docx").stat().st_size > 10_000


def test_one_log_for_all_files_and_a_bad_one_is_in_it(act, tmp_path):
    result = run(act, tmp_path / "нет.pdf", "--format", "sarif")
    assert result.exit_code == 2
    invocation = json.loads(result.stdout)["runs"][0]["invocations"][0]
    assert not invocation["executionSuccessful"] and len(invocation["toolExecutionNotifications"]) == 1


def test_page_is_written_to_the_file(act, tmp_path):
    page = tmp_path / "r.html"
    assert run(act, "--format", "html", "--output", page, "--mask-names").stdout == ""
    text = page.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") and "Имена людей скрыты" in text and "Кудряшова" not in text


def test_a_folder_that_cannot_be_written_is_told(act, tmp_path):
    (tmp_path / "file").write_text("занято")
    result = run(act, "--report", tmp_path / "file")
    assert result.exit_code == 2 and "не удалось записать" in result.stderr and "REF001" in result.stdout
