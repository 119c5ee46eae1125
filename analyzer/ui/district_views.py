"""What a finished run shows: heat map, evidence behind each of its cells, gaps, files, comparison, papers."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from analyzer.district.compare import Compared, compare
from analyzer.district.headlines import headlines
from analyzer.district.html import percent
from analyzer.district.model import Cell, Column, School, Summary
from analyzer.district.papers import HTML, LETTERS, TABLE, XLSX
from analyzer.district.store import PREVIOUS, RESULTS
from analyzer.district.summary import schools, summarize
from analyzer.district.words import CHANGES, MEANING, SCHOOL_MARK, SCHOOL_STATUS, SCHOOL_TONES, STATE
from analyzer.errors import LnaError
from analyzer.law.load import checklist_names
from analyzer.ui.components import bullets, heading, label, prose, quotation, wording
from analyzer.ui.district_runs import Run
from analyzer.ui.safe import file_label, markdown, plain

_MOST_ROWS = 300  # schools in the heat map at a time: a browser draws no more at ease
_VIEWS = (
    "Матрица", "Пробелы", "Показатели", "Устаревшие ссылки", "Похожие акты", "Не прочитано", "Сравнение"
)  # fmt: skip
_GAPS = frozenset({"missing", "partial", "contradicted"})
_ANY = "Все"


def result(run: Run) -> None:
    """Draws everything about a finished run."""
    names = tuple(name for name in run.checklists if name in checklist_names()) or ("pp-1678",)
    try:
        summary = _summary(run.folder, (run.folder / RESULTS).stat().st_mtime_ns, names)
    except (LnaError, OSError, KeyError, ValueError):
        st.error("Результаты прогона не читаются: начните его заново.", icon=":material/error:")
        return
    _tiles(summary)
    bullets(list(headlines(summary)))
    _papers(run)
    view = st.segmented_control(
        "Раздел", _VIEWS, default=_VIEWS[0], required=True, key="district-view", label_visibility="collapsed"
    )
    if view == "Матрица":
        _matrix(summary)
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
    with st.popover("Скачать", icon=":material/download:"):
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


def _matrix(summary: Summary) -> None:
    chosen = _filtered(summary)
    if not chosen:
        st.info("Таких школ нет: измените отбор.", icon=":material/filter_alt_off:")
        return
    if len(chosen) > _MOST_ROWS:
        st.caption(f"Показаны первые {_MOST_ROWS} школ из {len(chosen)}: сузьте отбор; все — в summary.xlsx.")
        chosen = chosen[:_MOST_ROWS]
    st.caption(" · ".join(f"{mark} {SCHOOL_STATUS[status]}" for status, mark in SCHOOL_MARK.items()))
    table = pd.DataFrame(
        [
            [
                plain(school.name), percent(school.share),
                *(SCHOOL_MARK[cell.status] for cell in school.cells.values()),
            ]
            for school in chosen
        ],
        columns=["Школа", "Доля", *(column.id for column in summary.columns)],
    )  # fmt: skip
    state = st.dataframe(
        table.style.apply(_colours, axis=None, chosen=chosen),
        hide_index=True,
        key=f"district-matrix-{hash(tuple(school.name for school in chosen))}",
        on_select="rerun",
        selection_mode="single-cell",
        column_config={
            "Школа": st.column_config.TextColumn(width=200, pinned=True),
            "Доля": st.column_config.TextColumn(width=54),
            **{item.id: st.column_config.TextColumn(width=34, help=item.title) for item in summary.columns},
        },
        height=min(560, 36 * (len(chosen) + 1) + 3),
        alt="Школы и требования: щёлкните клетку, чтобы увидеть основание",
    )
    cells = state.selection.cells
    row, name = cells[0] if cells else (0, "Школа")
    column = next((item for item in summary.columns if item.id == name), None)
    _detail(chosen[min(row, len(chosen) - 1)], column, summary)


def _colours(table: pd.DataFrame, chosen: Sequence[School]) -> pd.DataFrame:
    styles = pd.DataFrame("", index=table.index, columns=table.columns)
    for row, school in enumerate(chosen):
        for column, cell in enumerate(school.cells.values(), 2):
            tone = SCHOOL_TONES[cell.status]
            styles.iat[row, column] = f"background-color: #{tone.paper}; color: #{tone.ink}"
    return styles


def _filtered(summary: Summary) -> list[School]:
    towns = [item.name for item in summary.municipalities]
    left, middle, right = st.columns([2, 3, 3], vertical_alignment="bottom")
    with left:
        text = st.text_input("Школа", key="district-find", placeholder="часть названия").casefold().strip()
    with middle:
        town = st.selectbox("Муниципалитет", [_ANY, *towns], key="district-town") if towns else _ANY
    with right:
        wanted = st.selectbox(
            "Требование с пробелом",
            [_ANY, *(column.key for column in summary.columns)],
            key="district-gap",
            format_func=lambda key: next((f"{c.id} {c.title}" for c in summary.columns if c.key == key), key),
        )
    return [
        school
        for school in summary.schools
        if text in school.name.casefold()
        and town in {_ANY, school.municipality or "(не указан)"}
        and (wanted == _ANY or school.cells[wanted].status in {*_GAPS, "no_act"})
    ]


def _detail(school: School, column: Column | None, summary: Summary) -> None:
    with st.container(border=True, gap="xsmall"):
        if column is None:
            _school(school, summary)
        else:
            _cell(school, column, school.cells[column.key])


def _school(school: School, summary: Summary) -> None:
    heading(f"{school.name}: урегулировано {percent(school.share)}")
    label("Акты")
    bullets(
        [
            f"{act.title} ({act.path}): {STATE[act.state]}"
            + ("" if act.state != "audited" or act.on_subject else ", не по теме")
            + (f"; {act.reason}" if act.reason else "")
            for act in school.acts
        ]
    )
    gaps = [
        f"{column.id}. {column.title}: {SCHOOL_STATUS[cell.status]}"
        for column in summary.columns
        if (cell := school.cells[column.key]).status in _GAPS
    ]
    if gaps:
        label("Что исправить")
        bullets(gaps)


def _cell(school: School, column: Column, cell: Cell) -> None:
    heading(f"{school.name} — {column.id}. {column.title}")
    prose(f"{SCHOOL_MARK[cell.status]} {SCHOOL_STATUS[cell.status]}: {MEANING[cell.status]}")
    if cell.remark or cell.review:
        prose("; ".join(filter(None, (cell.remark, "решает человек" if cell.review else ""))))
    if cell.quote:
        label("Что написано в акте")
        quotation(cell.quote, f"{cell.act}, {cell.place}")
    label("Норма")
    quotation(column.norm, column.source)
    if cell.status not in {"covered", "not_applicable"}:
        label("Готовая формулировка: замените «___» своими сведениями")
        wording(column.template)


def _table(rows: list[dict[str, str | int]], nothing: str) -> None:
    if rows:
        st.dataframe(rows, hide_index=True, height=min(600, 36 * (len(rows) + 1) + 3))
    else:
        st.info(nothing)


def _gaps(summary: Summary) -> None:
    rows: list[dict[str, str | int]] = []
    for column, share in summary.gaps:
        counts = {words: share.counts.get(status, 0) for status, words in SCHOOL_STATUS.items()}
        rows.append({"Норма": column.id, "Требование": column.title, **counts})
    _table(rows, "Требований нет.")


def _footings(summary: Summary) -> None:
    st.caption(markdown(f"{summary.footing_source}. {summary.footing_note}"))
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
        st.info("Сравнивать не с чем: это первый прогон. Повторите его, когда школы исправят акты.")
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
