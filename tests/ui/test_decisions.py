"""Decisions of the page in the journal: the last one counts, nobody's is lost, everybody's name stands by it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.district.journal import Journal
from analyzer.errors import LnaError
from analyzer.model import Document
from analyzer.reports.decided import verdict_key
from analyzer.reports.decision import Decision
from analyzer.ui.decisions import Said, keep, place, said_of
from tests.ui import made

ONE, TWO = (made.audit(Document("акт.txt", digest * 64, "txt", (), True), date(2026, 11, 25)) for digest in "ab")
KEY = verdict_key(ONE.verdicts[0])
FIRST = Decision(KEY, "confirmed", about="missing", made_at="2026-11-25T10:00:00.000+00:00")
ANNA, BORIS = "anna@example.org", "boris@example.org"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LNA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("LNA_JOURNAL", raising=False)
    return tmp_path / "data"


def own(audit: object = ONE, person: str = "") -> dict[str, Decision]:
    return said_of(audit.document.sha256, person).own


def test_what_is_kept_is_found_again_for_this_file_only() -> None:
    assert own() == {}
    decision = Decision(KEY, "rejected", "«почему» 🙂", "missing", "covered", "3.4", 120, FIRST.made_at)
    keep(ONE, decision, "")
    assert own() == {KEY: decision}
    assert own(TWO) == {}


def test_the_last_decision_counts_and_an_empty_one_takes_it_back() -> None:
    for choice in ("confirmed", "rejected"):
        keep(ONE, replace(FIRST, choice=choice), "")
    assert own()[KEY].choice == "rejected"
    keep(ONE, replace(FIRST, choice=""), "")
    assert own() == {}
    with closing(Journal(place())) as journal:  # the history stays
        assert [row["decision"] for row in journal.said(ONE.document.sha256)] == ["confirm", "reject", "withdraw"]


def test_everybody_decides_for_themselves_and_sees_who_else_did() -> None:
    keep(ONE, FIRST, ANNA)
    keep(ONE, replace(FIRST, choice="rejected"), BORIS)
    for person, choice, other in ((ANNA, "confirmed", BORIS), (BORIS, "rejected", ANNA)):
        said = said_of(ONE.document.sha256, person)
        assert said.own[KEY].choice == choice
        assert [decision.author for decision in said.others[KEY]] == [other]
    assert own() == {}
    assert said_of(TWO.document.sha256, ANNA) == Said()


def test_the_command_line_shows_who_decided_what_and_when() -> None:
    keep(ONE, replace(FIRST, choice="rejected", comment="есть в п. 1"), ANNA)
    keep(ONE, FIRST, BORIS)
    listed = CliRunner().invoke(app, ["journal", "list", place(), "--run", "last"]).output
    assert "акт.txt" in listed and len(listed.splitlines()) == 1
    shown = json.loads(CliRunner().invoke(app, ["journal", "show", place(), listed.split()[0]]).output)
    assert [(row["decision"], row["author"], row["made"], row["comment"]) for row in shown["decisions"]] == [
        ("reject", ANNA, "2026-11-25T10:00:00+00:00", "есть в п. 1"),
        ("confirm", BORIS, "2026-11-25T10:00:00+00:00", ""),
    ]
    assert {row["fingerprint"] for row in shown["decisions"]} == {KEY}
    assert len(shown["findings"]) == len(ONE.findings)
    assert [row["quote"] for row in shown["findings"]] == [None] * len(ONE.findings)  # no words of the act


def test_what_is_decided_in_the_journal_stands_on_the_page() -> None:
    keep(ONE, FIRST, ANNA)
    with closing(Journal(place())) as journal:
        (row,) = journal.audits()
        mark = journal.show(row["id"])["findings"][0]["fingerprint"]
        journal.decide(row["id"], "reject", "Иванова", comment="из истории", fingerprint=mark)
    (decision,) = said_of(ONE.document.sha256, ANNA).others[mark]
    assert (decision.choice, decision.comment, decision.author) == ("rejected", "из истории", "Иванова")


def test_a_purge_destroys_decisions_of_the_page_too() -> None:
    keep(ONE, FIRST, ANNA)
    with closing(Journal(place())) as journal:
        assert journal.purge(0).audits == 1
    assert own(person=ANNA) == {}


WRITER = """
import sys
from dataclasses import replace
from tests.ui.test_decisions import FIRST, ONE, TWO
from analyzer.ui.decisions import keep
for number in range(int(sys.argv[2])):
    keep((ONE, TWO)[number % 2], replace(FIRST, key=f"{sys.argv[1]}-{number}"), "")
"""


def test_processes_that_write_at_once_lose_nothing() -> None:
    """The journal is not there yet: they also race for its tables, the run of the day and the act."""
    command, root = [sys.executable, "-c", WRITER], Path(__file__).parents[2]
    writers = [subprocess.Popen([*command, name, "20"], env=os.environ, cwd=root) for name in "xyz"]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    assert len(own()) + len(own(TWO)) == 60
    with closing(Journal(place())) as journal:
        assert len(journal.audits()) == 2
        assert [(run["found"], run["audited"]) for run in journal.runs()] == [(2, 2)]


def test_a_locked_journal_is_told_in_russian_and_lives_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(ONE, FIRST, "")
    monkeypatch.setattr("analyzer.district.database.PATIENCE", 50)
    with closing(sqlite3.connect(data / "journal.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (lambda: own(), lambda: keep(ONE, FIRST, "")):
            with pytest.raises(LnaError, match="журнал"):
                act()
    assert own() == {KEY: FIRST}


@pytest.mark.parametrize("made_before", [True, False])
def test_a_folder_that_cannot_be_written_is_told_in_russian(data: Path, made_before: bool) -> None:
    if made_before:
        keep(ONE, FIRST, "")
        data.joinpath("journal.sqlite").unlink()
        data.joinpath("journal.sqlite").mkdir()
    else:
        data.write_text("not a folder")
    with pytest.raises(LnaError, match="журнал"):
        keep(ONE, FIRST, "")
    assert own() == {}


def test_the_page_loads_no_database_before_the_first_decision() -> None:
    code = "import sys, analyzer.ui.decisions as d; d.said_of('a' * 64, ''); assert 'sqlalchemy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
