"""Heat map of schools and requirements, with the evidence behind each of its cells."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analyzer.district.html import percent
from analyzer.district.model import Cell, Column, School, Summary
from analyzer.district.words import MEANING, SCHOOL_MARK, SCHOOL_STATUS, SCHOOL_TONES, STATE
from analyzer.ui.components import (
    ROW_HEIGHT,
    bullets,
    heading,
    label,
    prose,
    quotation,
    shortened,
    table_height,
    wording,
)
from analyzer.ui.safe import plain

_NAME_WIDTH = 200
_MOST_ROWS = 300  # schools in the heat map at a time: a browser draws no more at ease
_GAPS = frozenset({"missing", "partial", "contradicted"})
_ANY = "Все"


def matrix(summary: Summary) -> None:
    """Draws the heat map and what stands behind the chosen cell."""
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
                shortened(plain(school.name), _NAME_WIDTH), percent(school.share),
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
            "Школа": st.column_config.TextColumn(width=_NAME_WIDTH, pinned=True),
            "Доля": st.column_config.TextColumn(width=54),
            **{item.id: st.column_config.TextColumn(width=34, help=item.title) for item in summary.columns},
        },
        row_height=ROW_HEIGHT,
        height=table_height(len(chosen), 560),
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
