"""The summary: what counts for a school, and that every paper says it safely."""

import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from pyarrow import parquet

from analyzer.district import mailing
from analyzer.district.compare import compare
from analyzer.district.headlines import headlines
from analyzer.district.html import percent, summary_html
from analyzer.district.letters import envelopes, school_papers
from analyzer.district.papers import write_papers
from analyzer.district.store import records
from analyzer.district.summary import remarks, summarize
from analyzer.errors import LnaError
from tests.district.lines import (
    EVIL,
    IDS,
    audited,
    citation,
    failed,
    finding,
    finished,
    requirement,
    signature,
)  # fmt: skip

FIRST = IDS[0]
KEY = f"pp-1678/{FIRST}"


def school(tmp_path: Path, *lines) -> dict:
    summary = summarize(finished(tmp_path, list(lines)), ["pp-1678"])
    return {item.name: item for item in summary.schools}


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([("covered", True, False), ("missing", True, False)], "covered"),  # whichever act has it
        ([("partial", True, False), ("missing", True, False)], "partial"),
        ([("contradicted", True, False), ("covered", True, False)], "contradicted"),  # must be mended all the same
        ([("missing", True, False), ("covered", False, False)], "missing"),  # an act on another subject
        ([("missing", True, False), ("covered", False, True)], "covered"),  # … unless the norm may live there
        ([("missing", True, False), ("not_applicable", False, True)], "missing"),
        ([("not_applicable", True, False), ("missing", True, False)], "missing"),
        ([("not_applicable", False, False)], "no_act"),
        ([("covered", False, True)], "covered"),
    ],
)
def test_a_requirement_counts_in_whichever_act_it_stands(tmp_path: Path, acts, status: str) -> None:
    lines = [
        audited(f"Г/Ш/{number}", {FIRST: told}, on_subject=on, elsewhere=(KEY,) if lives else ())
        for number, (told, on, lives) in enumerate(acts)
    ]
    assert school(tmp_path, *lines)["Ш"].cells[KEY].status == status


def test_schools_are_counted_and_files_accounted_for(tmp_path: Path) -> None:
    lines = [
        audited("Г/Ш1/а", {FIRST: "covered"}), failed("Г/Ш1/б"), audited("С/Ш2/а", {}), failed("С/Ш3/а"),
        failed("Г//Thumbs.db", "skipped", "служебный"),
    ]  # fmt: skip
    summary = summarize(finished(tmp_path, lines), ["pp-1678"])
    assert [item.name for item in summary.schools] == ["Ш1", "Ш2", "Ш3"]
    assert summary.found == summary.audited + summary.failed + summary.skipped == 5
    assert [(name, act.path) for name, act in summary.unread] == [
        ("", "Г//Thumbs.db"), ("Ш1", "Г/Ш1/б"), ("Ш3", "С/Ш3/а"),
    ]  # fmt: skip
    assert dict(summary.shares[0].counts) == {"covered": 1, "missing": 1, "no_act": 1}
    assert [(item.name, item.schools, item.without_act) for item in summary.municipalities] == [
        ("Г", 1, 0), ("С", 2, 1),
    ]  # fmt: skip
    assert summary.gaps[0][1].part("missing") >= summary.gaps[-1][1].part("missing")


def test_the_first_lines_say_what_matters(tmp_path: Path) -> None:
    lines = [
        audited("Г/Ш1/а", dict.fromkeys(IDS[1:], "covered"), citations=[citation()], findings=[finding()]),
        audited("Г/Ш2/а", {FIRST: "contradicted", **dict.fromkeys(IDS[1:], "covered")}),
        audited("С/Ш3/а", {}, on_subject=False), failed("С/Ш3/б"),
    ]  # fmt: skip
    told = list(headlines(summarize(finished(tmp_path, lines), ["pp-1678"])))
    assert told[:2] == ["Школ проверено: 3; акт по теме проверки есть у 2.", "Нет акта по теме (1): Ш3."]
    assert told[2].startswith(f"Чаще всего в этих актах не найдено или противоречит норме: {FIRST} ")
    assert told[2].endswith(" (2 из 2).")
    assert told[3] == "Противоречит норме хотя бы один пункт (1): Ш2."
    assert told[4] == "В актах 1 школы есть и прочие ошибки (ссылки, сроки, сервисы): 1 ошибка."
    assert "№ 816 (1 школа)" in told[5]
    assert told[6] == "Не прочитано: 1 файл; попросите школы прислать заново."
    good = summarize(finished(tmp_path / "2", [audited("Г/Ш/а", dict.fromkeys(IDS, "covered"))]), ["pp-1678"])
    assert list(headlines(good))[1] == "В этих актах нет ни пропущенных требований, ни противоречий норме."


def test_a_school_without_an_act_stands_among_those_that_must_mend(tmp_path: Path) -> None:
    write_papers(finished(tmp_path, [audited("Г/Ш1/а", {}, on_subject=False)]), ["pp-1678"], letters=False)
    sheet = openpyxl.load_workbook(tmp_path / "summary.xlsx")["Что исправить"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[1:5] for row in rows] == [["Ш1", "", "Акт по теме проверки", "∅ нет акта"]]


def test_citations_of_acts_that_no_longer_stand_are_summed_up(tmp_path: Path) -> None:
    lines = [
        audited("Г/Ш1/а", {}, citations=[citation(), citation()]), audited("Г/Ш2/а", {}, citations=[citation()]),
        audited("Г/Ш3/а", {}, citations=[citation(historical=True), citation("fz-273-2012", "in_force")]),
    ]  # fmt: skip
    (only,) = summarize(finished(tmp_path, lines), ["pp-1678"]).obsolete
    assert (only.act_id, only.citations, only.schools) == ("order-816-2017", 3, 2)
    assert "1678" in only.successor


def test_only_copies_across_schools_are_shown(tmp_path: Path) -> None:
    lines = [
        audited("Г/Ш1/а", {}, signature=signature(1)), audited("Г/Ш2/а", {}, signature=signature(1)),
        audited("Г/Ш3/а", {}, signature=signature(2)), audited("Г/Ш3/б", {}, signature=signature(2)),
    ]  # fmt: skip
    (group,) = summarize(finished(tmp_path, lines), ["pp-1678"]).alike
    assert [path for _, path in group.acts] == ["Г/Ш1/а", "Г/Ш2/а"]


def test_a_run_that_is_not_finished_has_no_summary(tmp_path: Path) -> None:
    with pytest.raises(LnaError, match="нет законченного прогона"):
        summarize(tmp_path, ["pp-1678"])


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    wild = audited(f"Г/{EVIL}/а", {FIRST: "partial"}, findings=[finding(quote=EVIL, message=EVIL)])
    wild["audit"]["requirements"][0] = requirement(FIRST, "partial", EVIL)
    lines = [wild, audited("Г/Ш2/а", {FIRST: "covered"}), failed("Г/Ш3/а", message=EVIL)]
    finished(tmp_path, lines)
    write_papers(tmp_path, ["pp-1678"])
    return tmp_path


def test_the_page_runs_nothing_and_fetches_nothing(papers: Path) -> None:
    page = (papers / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!#)", page)
    assert "default-src 'none'" in page
    assert page.count("<svg") >= len(IDS)


def test_the_workbook_holds_text_and_no_formulas(papers: Path) -> None:
    with zipfile.ZipFile(papers / "summary.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 10
    assert not any("<f>" in sheet for sheet in sheets)
    assert any("HYPERLINK" in sheet for sheet in sheets)


def test_every_school_gets_a_certificate_and_a_letter(papers: Path) -> None:
    files = sorted((papers / "schools").iterdir())
    assert len(files) == 6
    texts = {}
    for path in files:
        document = docx.Document(io.BytesIO(path.read_bytes()))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        texts[path.name] = "\n".join([*(item.text for item in document.paragraphs), *cells])
    letter = next(text for name, text in texts.items() if "Ш2" in name and "письмо" in name)
    assert "Дополнить" in letter
    assert "25 декабря 2026" in letter
    certificate = next(text for name, text in texts.items() if "Ш2" in name and "справка" in name)
    assert all(name in certificate for name in IDS)
    nothing = next(text for name, text in texts.items() if "Ш3" in name and "письмо" in name)
    assert "среди файлов его нет" in nothing


def test_the_table_has_a_row_for_each_act_and_requirement(papers: Path) -> None:
    rows = parquet.read_table(papers / "results.parquet").to_pylist()
    assert len(rows) == 2 * len(IDS) + 1
    assert {row["error"] for row in rows if row["state"] == "failed"} == {"empty"}
    assert sum(row["status"] == "covered" for row in rows) == 1


def test_papers_are_the_same_for_the_same_results(tmp_path: Path) -> None:
    finished(tmp_path, [audited("Г/Ш/а", {FIRST: "covered"})])
    summary = summarize(tmp_path, ["pp-1678"])
    assert summary_html(summary) == summary_html(summarize(tmp_path, ["pp-1678"]))
    assert len(list(remarks(tmp_path))) == 0
    (envelope,) = envelopes(summary.schools, {})
    assert list(school_papers(summary, envelope)) == ["1_Ш_справка.docx", "1_Ш_письмо.docx"]
    assert len(list(records(tmp_path / "results.jsonl"))) == 1


def test_many_letters_are_written_by_many_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "_FEW", 1)
    finished(tmp_path, [audited(f"Г/Ш{number}/а", {FIRST: "covered"}) for number in range(45)])
    told: list[str] = []
    write_papers(tmp_path, ["pp-1678"], jobs=2, tell=told.append)
    assert len(list((tmp_path / "schools").glob("*.docx"))) == 90
    assert told[-3:] == [f"справки и письма школам: {count} из 45" for count in (20, 40, 45)]


@pytest.mark.parametrize(("part", "words"), [(0, "0 %"), (0.004, "0,4 %"), (0.5, "50 %"), (0.999, "99,9 %"), (1, "100 %")])
def test_a_share_is_never_rounded_away(part: float, words: str) -> None:
    assert percent(part) == words


def test_two_runs_are_compared(tmp_path: Path) -> None:
    second, third = IDS[1], IDS[2]
    before = [audited("Г/Ш/а", {FIRST: "missing", second: "covered", third: "missing"}), audited("Г/Была/а", {})]
    after = [audited("Г/Ш/а", {FIRST: "covered", second: "partial", third: "missing"}), audited("Г/Новая/а", {})]
    names = ["pp-1678"]
    old = summarize(finished(tmp_path / "1", before), names)
    new = summarize(finished(tmp_path / "2", after), names)
    changes = {(item.school, item.requirement): item.change for item in compare(old.schools, new.schools)}
    told = [changes["Ш", f"pp-1678/{name}"] for name in (FIRST, second, third)]
    assert told == ["mended", "worse", "same"]
    assert changes["Была", KEY] == "gone"
    assert changes["Новая", KEY] == "new"
