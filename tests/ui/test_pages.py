"""The pages without a browser: what they draw, what they hold back, what they say when a file is bad."""

import html
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analyzer.law import load
from analyzer.law.load import registry
from analyzer.matching.score import Score
from analyzer.model import Document
from analyzer.reading import sandbox
from analyzer.ui import components, state
from tests.ui import made
from tests.ui.pages import FORMATS, live, opened, shown, uploaded


def test_an_empty_page_tells_its_limits_and_offers_a_sample(calls: list) -> None:
    at = opened()
    assert not at.exception
    assert "до 25 МБ" in live(at)
    assert at.button(key="try").label == "Попробовать на примере"
    assert not at.dataframe
    assert not calls


def test_the_sample_opens_at_a_click(calls: list) -> None:
    at = opened()
    at.button(key="try").click().run()
    assert not at.exception
    assert calls[-1][0] == next(iter(state.samples()))
    assert [metric.value for metric in at.metric] == ["1", "1", "2", "1", "1", "1"]
    at.selectbox(key="sample").set_value(list(state.samples())[1]).run()
    assert calls[-1][0] == list(state.samples())[1]


def test_requirements_come_problems_first_with_words_for_everything(calls: list) -> None:
    at = uploaded("акт.txt")
    table = at.dataframe[0].value
    assert list(table["Итог"]) == [
        "✗ противоречит",
        "○ не найдено",
        "◐ частично",
        "◐ частично ≈",
        "✓ урегулировано",
        "– не применимо",
    ]
    assert list(table["Уверенность"])[:3] == ["почти наверняка", "почти наверняка", "решает человек"]


@pytest.mark.parametrize(
    ("chosen", "rows"),
    [(["missing"], 1), (["partial"], 2), (["restated"], 1), (["missing", "covered"], 2), ([], 6)],
)
def test_filters(calls: list, chosen: list[str], rows: int) -> None:
    at = uploaded("акт.txt")
    at.get_by_key("status").set_value(chosen).run()
    assert len(at.dataframe[0].value) == rows


def test_before_the_law_there_is_nothing_to_require(monkeypatch: pytest.MonkeyPatch, calls: list) -> None:
    monkeypatch.setattr(made, "STATUSES", [])
    at = uploaded("акт.txt", date="2024-08-31")
    assert not at.exception
    assert "На 31 августа 2024 г. ни одно требование" in at.info[0].value


def test_a_link_opens_the_same_settings(calls: list) -> None:
    at = uploaded("акт.txt", date="2024-05-01", levels="НОО", status="не найдено")
    assert len(at.dataframe[0].value) == 1
    _, settings = calls[-1]
    assert settings.as_of.isoformat() == "2024-05-01"
    assert settings.levels == {"ноо"}
    assert settings.checklists == ("pp-1678",)


@pytest.mark.parametrize(
    "query",
    [
        {"date": "вчера"},
        {"date": "1066-10-14"},
        {"levels": "магистр"},
        {"lists": "../../etc/passwd"},
        {"status": "x"},
        {"view": "x"},
    ],
)
def test_a_strange_link_falls_back_to_the_usual(calls: list, query: dict[str, str]) -> None:
    at = uploaded("акт.txt", **query)
    assert not at.exception
    _, settings = calls[-1]
    assert settings.checklists == ("pp-1678",)
    assert settings.as_of >= state.EARLIEST
    assert settings.levels == {"ноо", "ооо", "соо"}


@pytest.mark.parametrize("view", ["Требования", "Находки", "Ссылки", "Поиск по акту"])
def test_words_of_a_document_are_never_live(calls: list, view: str) -> None:
    at = uploaded("акт.txt", view=view)
    assert not at.exception
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown(at)
    assert "<script>" not in shown(at)
    assert "example.org" not in live(at)
    assert ":red[а]" not in live(at)


def test_a_file_name_is_never_live(calls: list) -> None:
    at = uploaded("![x](http:example.org).txt", data="\x00\x01\x02")
    assert [item.value.count("`") for item in at.error] == [2]
    assert at.error[0].value.startswith("`![x](http:example.org).txt`")


def test_findings_stand_by_severity_and_can_be_filtered(calls: list) -> None:
    at = uploaded("акт.txt", view="Находки")
    assert list(at.dataframe[0].value["Тяжесть"]) == ["✗ ошибка", "! предупреждение", "· замечание"]
    at.get_by_key("severity").set_value(["note"]).run()
    assert list(at.dataframe[0].value["Что найдено"]) == ["Нет протокола"]


def test_an_obsolete_reference_stands_first_with_its_successor(calls: list) -> None:
    at = uploaded("акт.txt", view="Ссылки")
    assert list(at.dataframe[0].value["Статус"]) == ["✗ не действует", "? проверьте"]
    assert "Ссылаться теперь" in shown(at)
    assert "№ 1678" in shown(at)


def test_search_marks_the_words_in_the_act(calls: list) -> None:
    at = uploaded("акт.txt", view="Поиск по акту")
    at.text_input(key="find").set_value("приказ").run()
    assert list(at.dataframe[0].value["Пункт"]) == ["2"]
    assert "<mark>приказу</mark>" in shown(at)
    at.text_input(key="find").set_value("чего нет").run()
    assert [item.value for item in at.info] == ["Таких слов в акте нет."]


def test_a_bad_file_is_one_russian_line_and_the_others_are_audited(calls: list) -> None:
    at = opened()
    at.file_uploader(key="files").upload("пустой.pdf", b"")
    at.file_uploader(key="files").upload("акт.txt", made.TEXT.encode())
    at.run()
    assert not at.exception
    assert len(at.error) == 1
    assert at.error[0].value.startswith("`пустой.pdf`: файл пуст")
    assert len(at.metric) == 6


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.txt", data)
    return out.getvalue()


def test_every_act_of_an_archive_is_audited_and_a_bad_one_has_its_line(calls: list) -> None:
    inside = {"первый": made.TEXT.encode(), "второй": f"{made.TEXT}!".encode(), "пустой": b""}
    at = opened()
    at.file_uploader(key="files").upload("акты.zip", zipped(**inside, ещё=inside["первый"], zip=zipped(a=b"a")))
    at.file_uploader(key="files").upload("битый.zip", zipped(**{"../акт": b"1."}))
    at.file_uploader(key="files").upload("акт.txt", f"{made.TEXT}?".encode())
    at.run()
    assert not at.exception
    assert at.selectbox(key="act").label == "3 акта проверены"
    assert [name for name, _ in calls] == ["акты.zip/второй.txt", "акты.zip/ещё.txt", "акт.txt"]
    lines = [item.value.partition(": ")[::2] for item in at.error]
    assert [name for name, _ in lines] == ["`битый.zip`", "`акты.zip/zip.txt`", "`акты.zip/пустой.txt`"]
    assert "недопустимые имена" in lines[0][1]
    assert "это архив" in lines[1][1]
    at.get_by_key("view").set_value("Находки").run()
    assert len(calls) == 3


def test_an_archive_with_too_many_acts_is_cut_and_told(monkeypatch: pytest.MonkeyPatch, calls: list) -> None:
    monkeypatch.setattr(state, "MAX_FILES", 2)
    at = opened()
    at.file_uploader(key="files").upload("акты.zip", zipped(а=b"1. A", б=b"1. B", в=b"1. C"))
    at.run()
    assert "проверены первые 2" in at.error[0].value
    assert len(calls) == 2


def test_an_unforeseen_failure_shows_a_number_only(monkeypatch: pytest.MonkeyPatch, calls: list) -> None:
    from analyzer import audit

    def broken(document: Document, settings: audit.Settings, on_stage: Callable[[str], None]) -> None:
        raise RuntimeError("/home/inspector/secret")

    monkeypatch.setattr(audit, "audit_document", broken)
    at = uploaded("акт.txt")
    assert not at.exception
    assert "внутренняя ошибка" in at.error[0].value
    assert "secret" not in live(at) + shown(at)


def test_the_same_settings_do_not_audit_twice(calls: list) -> None:
    at = uploaded("акт.txt")
    at.get_by_key("status").set_value(["missing"]).run()
    assert len(calls) == 1
    at.get_by_key("levels").set_value(["ооо"]).run()
    assert [settings.levels for _, settings in calls] == [{"ноо", "ооо", "соо"}, {"ооо"}]


def test_the_same_file_twice_is_one_act_and_two_acts_can_be_chosen(calls: list) -> None:
    at = uploaded("первый.txt", "второй.txt")
    choice = at.selectbox(key="act")
    assert choice.label == "2 акта проверены"
    assert choice.options[1].startswith("второй.txt — не найдено: 1; 1 ошибка")
    same = opened()
    for name in ("а.txt", "б.txt"):
        same.file_uploader(key="files").upload(name, made.TEXT.encode())
    same.run()
    assert not [box for box in same.selectbox if box.key == "act"]


def test_an_act_about_something_else_is_told(calls: list) -> None:
    assert "другом предмете" in uploaded("чужой.txt").warning[0].value
    assert not uploaded("акт.txt").warning


@pytest.mark.parametrize("page", ["check.py", "checklist.py", "quality.py"])
def test_a_broken_checklist_costs_one_line(calls: list, page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "law"
    shutil.copytree(load.data_dir(), folder)
    (folder / "my-own.yaml").write_bytes("requirements:\n- имя\n".encode("cp1251"))
    monkeypatch.setattr(load, "data_dir", lambda: folder)
    at = opened()
    at.switch_page(page).run()
    assert not at.exception
    (error,) = at.error
    assert "Чек-лист не читается: my-own" in error.value.replace("\\", "")


def test_a_page_without_any_checklist_says_so(calls: list, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pp-1678.yaml").write_text("requirements: []\n")
    monkeypatch.setattr(load, "data_dir", lambda: tmp_path)
    at = opened()
    assert not at.exception
    assert len(at.error) == 1


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Связь", 60, "Связь"),
        ("Доступ к государственным информационным системам", 150, "Доступ к государств…"),
        ("Доступ к средам", 80, "Доступ к…"),
        ("сайт-слабовидящие", components.number_width(["5", "сайт-слабовидящие"]), "сайт-слабовидящие"),
    ],
)
def test_a_cell_tells_that_words_are_lost(text: str, width: int, shown: str) -> None:
    assert components.shortened(text, width) == shown


def test_the_checklist_page_finds_and_explains(calls: list) -> None:
    at = opened()
    at.switch_page("checklist.py").run()
    assert not at.exception
    assert len(at.dataframe[0].value) == len(state.load_checklist("pp-1678").requirements)
    at.text_input(key="seek").set_value("техническая помощь").run()
    table = at.dataframe[0].value
    assert 0 < len(table) < 10
    assert table["Требование"].str.contains("технической помощи").any()
    at.text_input(key="seek").set_value("абракадабра").run()
    assert [item.value for item in at.info] == ["Таких требований нет."]


@pytest.mark.parametrize(("day", "status"), [("2024-08-31", "✓ действует"), ("2024-09-01", "✗ не действует")])
def test_the_registry_tells_the_status_on_a_day(calls: list, day: str, status: str) -> None:
    at = opened(date=day)
    at.switch_page("acts.py").run()
    at.text_input(key="act-seek").set_value("816 2017").run()
    assert not at.exception
    assert list(at.dataframe[0].value["Статус"]) == [status]
    assert "№ 1678" in shown(at)


@pytest.mark.parametrize(
    ("query", "mode"), [({}, "auto"), ({"ocr": "никогда"}, "never"), ({"ocr": "всё"}, "always"), ({"ocr": "x"}, "auto")]
)
def test_recognition_is_set_in_the_address(
    calls: list, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], mode: str
) -> None:
    asked = []
    real = sandbox.read_isolated

    def read(data: bytes, name: str, *, ocr: str) -> Document:
        asked.append(ocr)
        return real(data, name, ocr=ocr)

    monkeypatch.setattr(sandbox, "read_isolated", read)
    uploaded("акт.txt", **query)
    assert asked == [mode]
    assert calls[-1][1].ocr == mode


def drafted(text: str) -> AppTest:
    at = opened()
    at.switch_page("draft.py").run()
    at.text_area(key="draft-text").set_value(text)
    return at.button[0].click().run()


def test_a_pasted_draft_gets_a_list_of_changes(calls: list) -> None:
    at = drafted(made.TEXT)
    assert not at.exception
    assert calls[-1][0] == "черновик.txt"
    assert list(at.dataframe[0].value["Что сделать"]) == ["§ ссылка", "! исправить"]
    assert "замените ссылку" in shown(at)
    assert "<script>" not in shown(at)
    assert at.text_input[0].value == " ".join(made.EVIL.split())  # the organisation of the made act


def test_an_empty_draft_asks_for_nothing(calls: list) -> None:
    at = drafted("  ")
    assert not at.exception
    assert not at.dataframe
    assert not calls


def test_quality_is_shown_or_its_absence_is_told(calls: list, monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.ui import measured

    rows = (Score("13.в", found=9, total=10, false=1),)
    figures = measured.Measured(
        clauses=8000, macro_f1=0.9, micro_precision=0.9, micro_recall=0.9, clean=5, empty=6, requirements=rows
    )
    for answer in (figures, measured.Unmeasured("Ещё не измерено.")):
        monkeypatch.setattr(measured, "measured", lambda answer=answer: answer)
        at = opened()
        at.switch_page("quality.py").run()
        assert not at.exception
        if answer is figures:
            assert list(at.dataframe[0].value["Доля верного"]) == ["90,0 %"]
            assert [metric.value for metric in at.metric] == ["90,0 %", "90,0 %", "0,900", "5 из 6"]
        else:
            assert "Ещё не измерено" in at.info[0].value
            assert not at.metric
        assert "Что не проверяется" in shown(at)


def test_a_note_of_the_registry_is_shown(calls: list) -> None:
    noted = next(act for act in registry().acts if act.note)
    at = opened()
    at.switch_page("acts.py").run()
    at.text_input(key="act-seek").set_value(f"{noted.number} {noted.date:%d.%m.%Y}").run()
    assert html.escape(noted.note) in shown(at)


@pytest.mark.parametrize("page", ["check.py", "draft.py", "checklist.py", "acts.py", "quality.py"])
def test_no_english_word_is_drawn(calls: list, page: str) -> None:
    at = uploaded("акт.txt", data="1. Текст.") if page == "check.py" else opened()
    if page != "check.py":
        at.switch_page(page).run()
    labelled = (at.button, at.text_input, at.selectbox, at.metric, at.date_input, at.file_uploader, at.toggle)
    words = [item.label for kind in labelled for item in kind]
    words += [column for table in at.dataframe for column in table.value.columns]
    words += [item.value for kind in (at.title, at.caption, at.info) for item in kind]
    assert words
    assert {word for text in words for word in re.findall(r"[A-Za-z]{3,}", text)} <= FORMATS
