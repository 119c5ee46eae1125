"""The journal, on SQLite and on a real PostgreSQL: the same tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from analyzer.audit import Settings
from analyzer.district.journal import Journal
from analyzer.district.recheck import recheck
from analyzer.district.schema import Base, RunRow
from analyzer.errors import LnaError
from tests.district import postgres
from tests.district.lines import IDS, SECRET, audited, failed, finding, finished

BASES = ["sqlite", "postgresql"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    folder = postgres.programs()
    if folder is None:
        pytest.skip("нет PostgreSQL: apt-get install postgresql")
    with postgres.server(folder) as url:
        yield url


@pytest.fixture(params=BASES)
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "sqlite":
        made = Journal(str(tmp_path / "journal.sqlite"))
    else:
        made = Journal(request.getfixturevalue("address"))
        with made._engine.begin() as connection:
            connection.execute(text("TRUNCATE runs CASCADE"))
    yield made
    made.close()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    lines = [
        audited("Г/Ш1/а", {IDS[0]: "covered"}, findings=[finding()]),
        audited("Г/Ш2/а", {}, summary={"errors": 0, "warnings": 1}), failed("Г/Ш3/а"), failed("Г/Ш3/б", "skipped"),
    ]  # fmt: skip
    return finished(tmp_path / "run", lines)


def aged(journal: Journal, run: str, days: int) -> None:
    with journal._engine.begin() as connection:
        when = datetime.now(UTC) - timedelta(days=days)
        connection.execute(update(RunRow).where(RunRow.id == run).values(recorded=when))


def test_a_run_is_taken_in_once(journal: Journal, run: Path) -> None:
    term = date(2026, 12, 25)
    assert [journal.record(run, deadline=term) for _ in range(2)] == [4, 0]
    (told,) = journal.runs()
    assert (told["found"], told["audited"], told["failed"], told["skipped"], told["open"]) == (4, 2, 1, 1, 2)
    rows = journal.audits()
    assert [(row["path"], row["status"], row["deadline"]) for row in rows] == [
        ("Г/Ш1/а", "open", "2026-12-25"), ("Г/Ш2/а", "clean", None), ("Г/Ш3/а", "open", "2026-12-25"),
        ("Г/Ш3/б", "clean", None),
    ]  # fmt: skip
    shown = journal.show(rows[0]["id"])
    assert len(shown["verdicts"]) == len(IDS)
    assert [item["rule"] for item in shown["findings"]] == ["REF001"]
    assert len(list(journal.export())) == 4


def test_people_decide_with_name_and_time(journal: Journal, run: Path) -> None:
    journal.record(run)
    row = journal.audits()[0]
    mark = journal.show(row["id"])["findings"][0]["fingerprint"]
    journal.decide(row["id"], "reject", "Иванова", comment="цитата из истории", fingerprint=mark)
    assert journal.audits()[0]["status"] == "open"  # one finding is not the act
    journal.decide(row["id"], "mended", "Петров", deadline=date(2027, 1, 15))
    shown = journal.show(row["id"])
    assert (shown["status"], shown["deadline"]) == ("mended", "2027-01-15")
    assert [(item["decision"], item["author"]) for item in shown["decisions"]] == [
        ("reject", "Иванова"), ("mended", "Петров"),
    ]  # fmt: skip
    made = datetime.fromisoformat(shown["decisions"][0]["made"])
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)


def test_a_decision_on_a_finding_lives_on_in_the_next_run(journal: Journal, run: Path, tmp_path: Path) -> None:
    journal.record(run)
    first = journal.audits()[0]
    mark = journal.show(first["id"])["findings"][0]["fingerprint"]
    journal.decide(first["id"], "reject", "Иванова", fingerprint=mark)
    again = finished(tmp_path / "again", [audited("Г/Ш1/а", {}, findings=[finding()])], run="next")
    journal.record(again)
    (row,) = journal.audits("next")
    assert [item["author"] for item in journal.show(row["id"])["decisions"]] == ["Иванова"]


def test_words_of_the_page_stand_beside_those_on_the_district(journal: Journal, run: Path) -> None:
    """Whoever decided on the same file on the page is seen in the district's record, and no run is taken for another."""
    journal.record(run)
    act = audited("Г/Ш1/а", {}, findings=[finding()])
    mark = act["audit"]["findings"][0]["fingerprint"]
    for choice in ("reject", "confirm"):
        journal.say(act, mark, choice, "anna@example.org", comment="см. приказ", about="", start=7)
    assert [(item["decision"], item["start"]) for item in journal.said(act["sha256"])] == [("reject", 7), ("confirm", 7)]
    assert journal.said("другой") == []
    row = journal.audits()[0]  # the last run of the district, not the page's
    assert row["run_id"] == "0123456789abcdef"
    assert [item["author"] for item in journal.show(row["id"])["decisions"]] == ["anna@example.org"] * 2
    assert sorted((item["found"], item["audited"]) for item in journal.runs()) == [(1, 1), (4, 2)]
    assert journal.said(act["sha256"])[0]["made"][-6:] == "+00:00"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"decision": "forget"}, "bad_decision"), ({"author": " "}, "bad_decision"), ({"fingerprint": "x"}, "no_finding")],
)
def test_a_decision_that_cannot_be_is_refused(journal: Journal, run: Path, change: dict, code: str) -> None:
    journal.record(run)
    given = {"decision": "confirm", "author": "Иванова", **change}
    with pytest.raises(LnaError) as caught:
        journal.decide(journal.audits()[0]["id"], **given)
    assert caught.value.code == code


def test_overdue_is_what_is_open_behind_its_deadline(journal: Journal, run: Path) -> None:
    journal.record(run, deadline=date(2020, 1, 1))
    overdue = journal.audits(overdue=True)
    assert [row["path"] for row in overdue] == ["Г/Ш1/а", "Г/Ш3/а"]
    journal.decide(overdue[0]["id"], "mended", "Иванова")
    assert [row["path"] for row in journal.audits(overdue=True)] == ["Г/Ш3/а"]


def test_words_of_acts_are_kept_only_when_asked(journal: Journal, run: Path, tmp_path: Path) -> None:
    journal.record(run)
    assert SECRET not in str(list(journal.export()))
    assert list(journal.trees()) == []
    kept = finished(tmp_path / "kept", [audited("Г/Ш1/а", {}, findings=[finding()])], run="kept")
    journal.record(kept, texts=True)
    assert SECRET in str(list(journal.export("kept")))
    assert len(list(journal.trees("kept"))) == 1


def test_purge_destroys_by_age_and_nothing_else(journal: Journal, run: Path, tmp_path: Path) -> None:
    journal.record(run, texts=True)
    journal.decide(journal.audits()[0]["id"], "confirm", "Иванова")
    journal.record(finished(tmp_path / "young", [audited("Г/Ш1/а", {})], run="young"))
    aged(journal, "0123456789abcdef", 400)
    gone = journal.purge(365)
    assert (gone.runs, gone.audits, gone.texts) == (("0123456789abcdef",), 4, 2)
    assert [row["run"] for row in journal.runs()] == ["young"]
    with journal._engine.connect() as connection:
        left = {
            table.name: connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one()
            for table in Base.metadata.sorted_tables
        }
    assert left == {"runs": 1, "audits": 1, "verdicts": len(IDS), "findings": 0, "decisions": 0, "trees": 0}
    assert journal.purge(365).runs == ()


def test_after_a_purge_the_file_holds_no_trace(run: Path, tmp_path: Path) -> None:
    place = tmp_path / "j.sqlite"
    journal = Journal(str(place))
    journal.record(run, texts=True)
    assert SECRET.encode() in place.read_bytes()
    aged(journal, "0123456789abcdef", 2)
    journal.purge(1)
    journal.close()
    assert SECRET.encode() not in place.read_bytes()


def test_migrations_make_the_tables_of_the_code(journal: Journal) -> None:
    with journal._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_runs_are_found_by_the_beginning_of_their_id(journal: Journal, run: Path, tmp_path: Path) -> None:
    with pytest.raises(LnaError, match="журнал пуст"):
        journal.audits()
    journal.record(run)
    journal.record(finished(tmp_path / "x", [audited("Г/Ш/а", {})], run="0123ff"))
    assert len(journal.audits("01234")) == 4
    with pytest.raises(LnaError, match="несколько"):
        journal.audits("0123")
    with pytest.raises(LnaError, match="нет"):
        journal.audits("%")


@pytest.mark.parametrize(
    ("place", "code"),
    [("postgresql://lna:secret@127.0.0.1:1/x", "journal_failed"), ("oracle9://x", "bad_journal"), ("нет.sqlite", "no_journal")],
)
def test_a_journal_that_does_not_open_is_told_without_its_password(tmp_path: Path, place: str, code: str) -> None:
    with pytest.raises(LnaError) as caught:
        Journal(place if "://" in place else str(tmp_path / place), must_exist=True)
    assert caught.value.code == code
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_journal_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("# Школа\n" * 300, encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(LnaError, match=r"README\.md — не журнал; укажите файл журнала") as caught:
        Journal(str(file), must_exist=True)
    assert (caught.value.code, file.read_bytes()) == ("bad_journal", before)


def test_a_database_without_its_driver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LnaError, match=r"для postgresql:// нужен пакет psycopg; установите дополнение postgres: pip install"):
        Journal("postgresql://lna@127.0.0.1:1/x")


def test_kept_texts_are_judged_by_a_new_law(journal: Journal, run: Path) -> None:
    """Before 1 September 2024 the Rules bind nobody: every verdict of the kept acts is gone."""
    journal.record(run, texts=True)
    then = recheck(journal, Settings(as_of=date(2020, 10, 1)))
    assert {change for item in then for change in item.changes.values()} == {("covered", None), ("missing", None)}
    # The text itself does not regulate the first requirement; the rest was recorded as missing already.
    now = {item.audit["path"]: item.changes for item in recheck(journal, Settings(as_of=date(2026, 11, 25)))}
    assert now["Г/Ш1/а"][f"pp-1678/{IDS[0]}"][0] == "covered"
    assert now["Г/Ш1/а"][f"pp-1678/{IDS[0]}"][1] != "covered"
