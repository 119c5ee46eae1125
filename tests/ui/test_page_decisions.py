"""Decisions on the page: kept over reruns and sessions, in the journal, in the reports."""

from contextlib import closing
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analyzer.district.journal import Journal
from analyzer.model import Document
from analyzer.reports.decided import decided, verdict_key
from analyzer.reports.decision import Decision
from analyzer.ui import decisions, state
from analyzer.ui.downloads import Papers
from tests.ui import made
from tests.ui.pages import uploaded


def decide(at: AppTest, **said: object) -> AppTest:
    """Says something in the decision form of the chosen row."""
    for name, value in said.items():
        kinds = (at.text_input, at.selectbox) if name != "choice" else (at.get("button_group"),)
        (widget,) = [item for kind in kinds for item in kind if (item.key or "").startswith(f"{name}-")]
        at = widget.set_value(value).run()
    assert not at.exception
    return at


def test_a_decision_is_kept_over_reruns_filters_and_sessions(calls: list) -> None:
    at = uploaded("акт.txt")
    at = decide(at, choice="rejected", comment="есть в п. 1", status="covered", clause=3)
    assert list(at.dataframe[0].value["Решение"])[:2] == ["✗ отклонено", ""]
    at.get_by_key("status").set_value(["missing"]).run()
    assert list(at.dataframe[0].value["Решение"]) == [""]
    again = uploaded("под другим именем.txt")
    assert again.dataframe[0].value["Решение"].iloc[0] == "✗ отклонено"
    again = decide(again, choice=None, comment="")
    assert again.dataframe[0].value["Решение"].iloc[0] == ""


def test_a_decision_on_another_file_is_not_shown(calls: list) -> None:
    decide(uploaded("акт.txt"), choice="confirmed")
    other = uploaded("акт.txt", data=f"{made.TEXT}\n3. Иное.")
    assert set(other.dataframe[0].value["Решение"]) == {""}


def test_a_finding_can_be_decided_on_too(calls: list) -> None:
    at = decide(uploaded("акт.txt", view="Находки"), choice="confirmed")
    assert list(at.dataframe[0].value["Решение"]) == ["✓ подтверждено", "", ""]


def test_a_rejection_goes_into_the_journal_and_the_reports(calls: list) -> None:
    decide(uploaded("акт.txt"), choice="rejected", comment="есть в п. 1")
    with closing(Journal(decisions.place())) as journal:
        (row,) = journal.audits()
        *_, told = journal.show(row["id"])["decisions"]
    assert (told["decision"], told["comment"], told["about"]) == ("reject", "есть в п. 1", "contradicted")
    upload = state.Upload.of("акт.txt", f"{made.TEXT}\n0".encode())
    audit = made.audit(Document("акт.txt", upload.sha256, "txt", (), True), date(2026, 11, 25))
    found = decided(audit, decisions.said_of(upload.sha256, "").own)
    papers = Papers(upload, audit, ("pp-1678",), found, masked=False)
    for paper in (papers.text(), papers.page(), papers.sarif(), papers.data()):
        assert "есть в п. 1" in " ".join(paper.split())


def test_a_journal_out_of_reach_costs_one_line_and_no_decision_of_the_session(calls: list, tmp_path: Path) -> None:
    at = uploaded("акт.txt")
    (tmp_path / "journal.sqlite").write_bytes(b"not a database at all" * 100)
    at = decide(at, choice="confirmed")
    assert "не удалось записать" in at.toast[0].value
    assert [item.value for item in at.warning] == [
        "Журнал решений не читается: решения сохранятся, пока открыта эта вкладка."
    ]
    assert at.dataframe[0].value["Решение"].iloc[0] == "✓ подтверждено"
    at.get_by_key("status").set_value(["contradicted"]).run()
    assert list(at.dataframe[0].value["Решение"]) == ["✓ подтверждено"]


def test_what_others_decided_stands_by_the_form(calls: list) -> None:
    upload = state.Upload.of("акт.txt", f"{made.TEXT}\n0".encode())
    audit = made.audit(Document("акт.txt", upload.sha256, "txt", (), True), date(2026, 11, 25))
    key = verdict_key(audit.verdicts[3])
    decisions.keep(audit, Decision(key, "rejected", made.EVIL, "contradicted"), "anna@example.org")
    at = uploaded("акт.txt")
    assert set(at.dataframe[0].value["Решение"]) == {""}
    (told,) = [item.value for item in at.caption if item.value.startswith("Решили и другие")]
    assert "отклонено" in told
    assert "![](" not in told
