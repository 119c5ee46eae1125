"""What a finished run shows: figures, gaps, files, comparison, papers, and the heat map of another module."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import streamlit as st

from analyzer.district.compare import Compared, compare
from analyzer.district.headlines import headlines
from analyzer.district.html import percent
from analyzer.district.model import Summary
from analyzer.district.papers import HTML, LETTERS, TABLE, XLSX
from analyzer.district.store import PREVIOUS, RESULTS
from analyzer.district.summary import schools, summarize
from analyzer.district.words import CHANGES, SCHOOL_STATUS, STATE
from analyzer.errors import LnaError
from analyzer.law import USUAL
from analyzer.law.load import checklist_names
from analyzer.ui.components import ROW_HEIGHT, bullets, table_height
from analyzer.ui.district_matrix import matrix
from analyzer.ui.district_runs import Run
from analyzer.ui.safe import file_label, markdown, plain

_VIEWS = (
    "Матрица", "Пробелы", "Показатели", "Устаревшие ссылки", "Похожие акты", "Не прочитано", "Сравнение"
)  # fmt: skip


def result(run: Run) -> None:
    """Draws everything about a finished run."""
    names = tuple(name for name in run.checklists if name in checklist_names()) or USUAL
    try:
        summary = _summary(run.folder, (run.folder / RESULTS).stat().st_mtime_ns, names)
    except (LnaError, OSError, KeyError, ValueError):
        st.error("Результаты не читаются: начните проверку заново.", icon=":material/error:")
        return
    _tiles(summary)
    bullets(list(headlines(summary)))
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        view = st.segmented_control(
            "Раздел", _VIEWS, default=_VIEWS[0], required=True, key="district-view",
            label_visibility="collapsed",
        )  # fmt: skip
    with right:
        _papers(run)
    if view == "Матрица":
        matrix(summary)
    elif view == "Сравнение":
        _comparison(run, summary)
    else:
        _TABLES[view or "Пробелы"](summary)


@st.cache_data(max_entries=4, show_spinner="Собираем сводку…")
def _summary(folder: Path, stamp: int, names: tuple[str, ...]) -> Summary:
    del stamp  # part of the key only: new results are summed up anew
    return summarize(folder, names)


def _tiles(summary: Summary) -> None:
    without = sum(not school.on_subject for school in summary.schools)
    figures = (
        ("Школ", len(summary.schools)), ("Найдено файлов", summary.found), ("Проверено", summary.audited),
        ("Не прочитано", summary.failed), ("Пропущено", summary.skipped), ("Без акта по теме", without),
    )  # fmt: skip
    with st.grid(6, min_column_width=170, gap="xsmall", key="district-tiles"):
        for words, count in figures:
            st.metric(words, count, border=True, height="stretch")


def _papers(run: Run) -> None:
    kinds = {
        XLSX: ("Сводка (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        HTML: ("Страница (HTML)", "text/html"),
        TABLE: ("Данные (Parquet)", "application/octet-stream"),
        RESULTS: ("Все результаты (JSONL)", "application/jsonl"),
    }
    with st.popover("Скачать", icon=":material/download:", width="stretch"):
        for name, (words, mime) in kinds.items():
            path = run.folder / name
            if path.is_file():
                st.download_button(
                    words, path.read_bytes, name, mime, key=f"district-{name}", on_click="ignore",
                    width="stretch",
                )  # fmt: skip
        if (run.folder / LETTERS).is_dir():
            st.download_button(
                "Справки и письма школам (ZIP)", lambda: _letters(run.folder / LETTERS), "школам.zip",
                "application/zip", key="district-letters", on_click="ignore", width="stretch",
            )  # fmt: skip


def _letters(folder: Path) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.glob("*.docx")):
            archive.write(path, path.name)
    return stream.getvalue()


def _table(rows: list[dict[str, str | int]], nothing: str) -> None:
    if rows:
        st.dataframe(rows, hide_index=True, row_height=ROW_HEIGHT, height=table_height(len(rows), 600))
    else:
        st.info(nothing)


def _gaps(summary: Summary) -> None:
    rows: list[dict[str, str | int]] = []
    for column, share in summary.gaps:
        counts = {words: share.counts.get(status, 0) for status, words in SCHOOL_STATUS.items()}
        rows.append({"Норма": column.id, "Требование": column.title, **counts})
    _table(rows, "Требований нет.")


def _footings(summary: Summary) -> None:
    source = summary.footing_source
    st.caption(markdown(f"{source[:1].upper()}{source[1:]}. {summary.footing_note}"))
    count = max(1, len(summary.schools))
    rows: list[dict[str, str | int]] = [
        {
            "Показатель": item.id, "О чём": item.title, "Школ": item.schools,
            "Доля школ": percent(item.schools / count), "Сам показатель считает долю": item.counts,
        }
        for item in summary.footings
    ]  # fmt: skip
    _table(rows, "Показателей нет.")


def _obsolete(summary: Summary) -> None:
    rows: list[dict[str, str | int]] = [
        {
            "На что ссылаются": item.name, "Что с ним": item.fate, "На что сослаться": item.successor,
            "Школ": item.schools, "Ссылок": item.citations,
        }
        for item in summary.obsolete
    ]  # fmt: skip
    _table(rows, "Ссылок на отменённые акты не найдено.")


def _alike(summary: Summary) -> None:
    rows: list[dict[str, str | int]] = [
        {"Группа": number, "Школа": plain(school), "Акт": file_label(path)}
        for number, group in enumerate(summary.alike, 1)
        for school, path in group.acts
    ]
    _table(rows, "Актов, списанных с одного образца, не найдено.")


def _unread(summary: Summary) -> None:
    rows: list[dict[str, str | int]] = [
        {"Школа": plain(school), "Файл": plain(act.path), "Что с ним": STATE[act.state], "Почему": act.reason}
        for school, act in summary.unread
    ]
    _table(rows, "Все файлы прочитаны.")


def _comparison(run: Run, summary: Summary) -> None:
    if not (run.folder / PREVIOUS).is_file():
        st.info("Сравнивать не с чем: это первая проверка. Повторите её, когда школы исправят акты.")
        return
    before = [
        school
        for school in schools(run.folder / PREVIOUS, summary.columns)
        if any(act.state != "skipped" for act in school.acts)
    ]
    changes = compare(before, summary.schools)
    counts = Counter(item.change for item in changes)
    with st.container(horizontal=True):
        for change, words in CHANGES.items():
            st.metric(words, counts[change], border=True)
    wanted = st.pills(
        "Показать", list(CHANGES), selection_mode="multi", default=["mended", "worse"],
        key="district-change", format_func=CHANGES.__getitem__,
    )  # fmt: skip
    titles = {column.key: f"{column.id} {column.title}" for column in summary.columns}
    rows = [_change(item, titles) for item in changes if not wanted or item.change in wanted]
    _table(rows, "Таких изменений нет.")


def _change(item: Compared, titles: dict[str, str]) -> dict[str, str | int]:
    return {
        "Школа": plain(item.school),
        "Требование": titles.get(item.requirement, item.requirement),
        "Было": SCHOOL_STATUS[item.before] if item.before else "—",
        "Стало": SCHOOL_STATUS[item.after] if item.after else "—",
        "Итог": CHANGES[item.change],
    }


_TABLES = {
    "Пробелы": _gaps,
    "Показатели": _footings,
    "Устаревшие ссылки": _obsolete,
    "Похожие акты": _alike,
    "Не прочитано": _unread,
}
