"""Page «Район» without a browser: what it shows of a finished run, how it starts and stops one."""

from __future__ import annotations

import shutil
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analyzer.district.store import PREVIOUS, RESULTS, Store
from analyzer.ui import district_runs, state
from tests.district.lines import EVIL, IDS, audited, citation, failed, finished, signature

PAGE = Path(state.__file__).with_name("district.py")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LNA_DISTRICT_DIR", str(tmp_path))
    st.cache_data.clear()
    return tmp_path


@pytest.fixture
def run(home: Path) -> Path:
    lines = [
        audited("Город/Лицей/а", {IDS[0]: "covered"}, citations=[citation()], signature=signature(1)),
        audited("Село/Школа 2/а", {IDS[0]: "contradicted"}, signature=signature(1)), failed("Село/Школа 3/б"),
        audited(f"Село/{EVIL}/а", {}),
    ]  # fmt: skip
    return finished(home / "run-1", lines)


def opened() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def view(at: AppTest, name: str) -> AppTest:
    at.session_state["district-view"] = name
    return at.run()


def test_an_empty_page_says_what_to_do() -> None:
    at = opened()
    assert not at.exception
    assert "вложенная папка" in at.html[0].value
    assert not at.dataframe


def test_a_finished_run_is_a_matrix_with_evidence(run: Path) -> None:
    at = opened()
    assert not at.exception
    table = at.dataframe[0].value
    assert list(table.columns[2:]) == IDS
    assert sorted(table["Школа"])[1:] == ["Лицей", "Школа 2", "Школа 3"]
    marks = dict(zip(table["Школа"], table[IDS[0]], strict=True))
    assert (marks["Лицей"], marks["Школа 2"], marks["Школа 3"]) == ("✓", "✗", "∅")
    assert [item.value for item in at.metric][:4] == ["4", "4", "3", "1"]


def test_words_of_a_stranger_stay_words(run: Path) -> None:
    at = opened()
    live = "\n".join(item.value for kind in (at.markdown, at.caption, at.error, at.info) for item in kind)
    assert "<script" not in live
    assert "<script>" not in "\n".join(item.value for item in at.html)


def test_schools_are_filtered(run: Path) -> None:
    at = opened()
    at.text_input(key="district-find").set_value("школа").run()
    assert sorted(at.dataframe[0].value["Школа"]) == ["Школа 2", "Школа 3"]
    at.selectbox(key="district-gap").set_value(f"pp-1678/{IDS[0]}").run()
    assert sorted(at.dataframe[0].value["Школа"]) == ["Школа 2", "Школа 3"]
    at.selectbox(key="district-town").set_value("Город").run()
    assert not at.dataframe
    assert "Таких школ нет" in at.info[0].value


@pytest.mark.parametrize(
    ("name", "column", "rows"),
    [
        ("Пробелы", "Норма", len(IDS)), ("Показатели", "Показатель", 6), ("Устаревшие ссылки", "Школ", 1),
        ("Похожие акты", "Группа", 2), ("Не прочитано", "Почему", 1),
    ],
)  # fmt: skip
def test_every_view_has_its_table(run: Path, name: str, column: str, rows: int) -> None:
    table = view(opened(), name).dataframe[0].value
    assert column in table.columns
    assert len(table) == rows


def test_two_runs_are_compared(run: Path) -> None:
    at = view(opened(), "Сравнение")
    assert "Сравнивать не с чем" in at.info[0].value
    shutil.copy(run / RESULTS, run / PREVIOUS)
    finished(run, [audited("Город/Лицей/а", dict.fromkeys(IDS[:2], "covered"))])
    rows = view(opened(), "Сравнение").dataframe[0].value
    assert rows.to_dict("records") == [
        {
            "Школа": "Лицей", "Требование": rows["Требование"][0], "Было": "не найдено", "Стало": "урегулировано",
            "Итог": "исправлено",
        }
    ]  # fmt: skip
    assert rows["Требование"][0].startswith(IDS[1])


def test_a_broken_result_is_told(run: Path) -> None:
    (run / RESULTS).unlink()
    at = opened()
    assert not at.exception
    assert "не читаются" in at.error[0].value


def test_a_run_is_started_once_and_stopped(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(district_runs, "_START", "import time, sys; print('lna: '); time.sleep(60)")
    made = district_runs.start(str(tmp_path), date(2026, 11, 25))
    try:
        assert made.source == str(tmp_path)
        assert district_runs.is_alive(made)
        at = opened()
        assert not at.exception
        assert at.button(key="district-stop")
    finally:
        district_runs.stop(made)
    end = time.monotonic() + 20
    while district_runs.is_alive(made) and time.monotonic() < end:
        time.sleep(0.05)
    assert not district_runs.is_alive(made)


def test_what_is_ticked_is_asked_of_the_run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(district_runs.subprocess, "Popen", lambda command, **_: asked.append(command))
    district_runs.start(str(tmp_path), date(2026, 11, 25), masked=True)
    district_runs.start(str(tmp_path), date(2026, 11, 25), municipalities=True)
    assert ["--mask-names" in command for command in asked] == [True, False]
    assert ["--municipalities" in command for command in asked] == [False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="замок файла есть в POSIX")
def test_a_run_of_another_process_is_seen_and_not_started_twice(home: Path) -> None:
    folder = home / "run-x"
    store = Store(folder)
    try:
        assert district_runs.is_alive(district_runs.Run(folder, "x"))
    finally:
        store.close()
    assert not district_runs.is_alive(district_runs.Run(folder, "x"))


def test_what_the_run_said_at_its_end_is_shown(home: Path) -> None:
    folder = home / "run-2"
    folder.mkdir()
    (folder / "log.txt").write_text("lna: папка: пусто; положите файлы\n", "utf-8")
    assert "пусто" in opened().error[0].value


@pytest.mark.parametrize("name", ["../../etc/район.zip", "район.zip", "..", "🙂.zip", "a" * 300 + ".zip"])
def test_an_archive_never_leaves_its_folder(home: Path, name: str) -> None:
    place = Path(district_runs.keep_archive(name, b"PK"))
    assert place.parent == home / "archives"
    assert place.read_bytes() == b"PK"
    run = district_runs.Run(home / "run-3", str(place))
    district_runs.forget(run)
    assert not place.exists()


def test_forgetting_a_run_leaves_a_folder_of_the_user_alone(home: Path, tmp_path_factory) -> None:
    mine = tmp_path_factory.mktemp("mine")
    (mine / "а.docx").write_bytes(b"1")
    district_runs.forget(district_runs.Run(home / "run-4", str(mine)))
    assert (mine / "а.docx").exists()


def test_a_folder_that_is_not_there_is_told() -> None:
    at = opened()
    at.text_input(key="district-folder").set_value("/нет/такой")
    at.button(key="district-start").click().run()
    assert "такой папки на этом компьютере нет" in at.error[0].value.replace("\\", "")
