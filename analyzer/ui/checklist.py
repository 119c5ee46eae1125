"""Page «Чек-лист»: the requirements that an act is checked against."""

from __future__ import annotations

import streamlit as st

from analyzer.law.checklist import Checklist, Requirement
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import registry
from analyzer.reports.words import SEVERITY, long_date, plural, point_label
from analyzer.ui import search
from analyzer.ui.acts_words import act_name
from analyzer.ui.components import (
    CONFIDENCE,
    bullets,
    choose_row,
    heading,
    label,
    number_width,
    prose,
    quotation,
    search_box,
    wording,
)
from analyzer.ui.state import checklists

_DUTY = {"determine": "решить самой", "ensure": "обеспечить", "inform": "известить", "use": "применять"}
_WIDTHS: dict[str, int] = {"№": 62, "Требование": 360, "Школа должна": 120, "Если нет": 130}


def main() -> None:
    """Draws the page."""
    st.title("Чек-лист", anchor=False)
    names = checklists()
    choice, query = st.columns([2, 3], vertical_alignment="bottom")
    with choice:
        name = st.selectbox(
            "Чек-лист",
            names,
            key="list",
            bind="query-params",
            format_func=lambda name: load_checklist(name).short,
            filter_mode=None,
        )
    with query:
        wanted = search_box("Поиск по требованиям", "техническая помощь", key="seek")
    checklist = load_checklist(name if name in names else names[0])
    _about(checklist)
    found = [item for item in checklist.requirements if _fits(wanted, item)]
    with st.container(key="sides"):
        left, right = st.columns([1, 1], gap="medium")
    with left:
        row = choose_row(
            [_row(item) for item in found],
            {**_WIDTHS, "№": number_width(item.id for item in found)},
            key=f"checklist-{checklist.id}-{wanted}",
            alt="Требования чек-листа",
            height=480,
        )
    if row is None:
        left.info("Таких требований нет.", icon=":material/search_off:")
        return
    with right, st.container(border=True, gap="xsmall"):
        _detail(checklist, found[row])


def _about(checklist: Checklist) -> None:
    act = registry().get(checklist.act)
    count = plural(len(checklist.requirements), "требование", "требования", "требований")
    st.caption(
        f"{checklist.title}: {count}, версия {checklist.version}" + (f". Акт: {act_name(act)}" if act else "")
    )
    st.caption(checklist.disclaimer)


def _fits(query: str, requirement: Requirement) -> bool:
    return search.holds(
        query,
        requirement.id,
        requirement.title,
        requirement.norm,
        requirement.point,
        requirement.why,
        requirement.template,
        *(aspect.name for aspect in requirement.aspects),
    )


def _row(requirement: Requirement) -> dict[str, str]:
    return {
        "№": requirement.id,
        "Требование": requirement.title,
        "Школа должна": _DUTY[requirement.duty],
        "Если нет": SEVERITY[requirement.severity],
    }


def _detail(checklist: Checklist, requirement: Requirement) -> None:
    heading(f"{requirement.id}. {requirement.title}")
    prose(requirement.why)
    label("Норма")
    quotation(requirement.norm, point_label(checklist, requirement))
    st.caption(
        f"Номер пункта: {CONFIDENCE[requirement.point_confidence]}. "
        f"Текст: {CONFIDENCE[requirement.wording_confidence]}."
    )
    label("Источник")
    prose(requirement.source)
    if requirement.effective_from or requirement.effective_until:
        since = f"с {long_date(requirement.effective_from)}" if requirement.effective_from else ""
        until = f"до {long_date(requirement.effective_until)}" if requirement.effective_until else ""
        st.caption(f"Действует {since} {until}".strip())
    if requirement.precondition:
        label("Только если")
        prose(requirement.precondition.text)
    label("Что должно быть в пункте")
    bullets([aspect.name + ("" if aspect.required else " (желательно)") for aspect in requirement.aspects])
    if requirement.elsewhere:
        label("Может быть и в другом акте")
        prose(requirement.elsewhere.act)
    label("Готовая формулировка: замените «___» своими сведениями")
    wording(requirement.template)
    label("Удачно")
    quotation(requirement.example_good)
    label("Неудачно")
    quotation(requirement.example_bad)


main()
