"""The requirements of an audit: filters, the table, and everything about the chosen one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analyzer.law.checklist import Checklist, Requirement
from analyzer.law.load import checklist as load_checklist
from analyzer.model import Audit, Match, Verdict
from analyzer.reports.decided import verdict_key
from analyzer.reports.decision import Decision
from analyzer.reports.words import STATUS, confidence_words, long_date, point_label
from analyzer.ui.components import (
    CONFIDENCE,
    STATUS_ORDER,
    bullets,
    choose_row,
    heading,
    label,
    number_width,
    only_restated,
    prose,
    quotation,
    status_badge,
    status_words,
    wording,
)
from analyzer.ui.decision_form import decision_form, mark
from analyzer.ui.evidence import Focus

_RESTATED = "restated"
_ORDER = ("missing", "partial", "contradicted", _RESTATED, "covered", "not_applicable")
FILTERS = {name: STATUS.get(name, "повтор нормы") for name in _ORDER}
_WIDTHS: dict[str, int] = {"№": 54, "Требование": 262, "Итог": 122, "Уверенность": 130, "Решение": 112}


def requirements_view(audit: Audit, checklists: tuple[str, ...], found: Mapping[str, Decision]) -> Focus:
    """Draws the requirements and tells what the document pane is to show."""
    if not audit.verdicts:
        day = long_date(audit.as_of)
        st.info(
            f"На {day} ни одно требование чек-листа не действует: измените дату.",
            icon=":material/event_busy:",
        )
        return Focus()
    wanted = st.pills(
        "Показать требования",
        list(FILTERS),
        selection_mode="multi",
        key="status",
        bind="query-params",
        format_func=lambda name: FILTERS[name],
        label_visibility="collapsed",
        wrap=True,
    )
    verdicts = sorted(
        (verdict for verdict in audit.verdicts if _fits(verdict, wanted)),
        key=lambda item: STATUS_ORDER.index(item.status),
    )
    row = choose_row(
        [_row(verdict, found) for verdict in verdicts],
        {**_WIDTHS, "№": number_width(verdict.requirement for verdict in verdicts)},
        key=f"requirements-{'-'.join(wanted)}-{audit.document.sha256[:12]}",
        alt="Требования чек-листа и итог по каждому",
        height=292,
    )
    if row is None:
        st.info("Таких требований нет. Снимите отбор, чтобы увидеть все.", icon=":material/filter_alt_off:")
        return Focus()
    verdict = verdicts[row]
    checklist = next(item for item in map(load_checklist, checklists) if item.id == verdict.checklist)
    requirement = checklist.requirement(verdict.requirement)
    if requirement is not None:
        with st.container(border=True, gap="xsmall"):
            _head(verdict, requirement)
            decision_form(audit, verdict_key(verdict), found, verdict)
            _detail(verdict, checklist, requirement)
    places = tuple(match.clause for match in verdict.evidence)
    return Focus(
        places,
        note="" if places else "В акте нет пункта, на который можно указать: показано начало документа.",
    )


def sure_words(verdict: Verdict) -> str:
    """How sure the verdict is, in words."""
    return "решает человек" if verdict.review else confidence_words(verdict.confidence)


def _fits(verdict: Verdict, wanted: list[str]) -> bool:
    return not wanted or verdict.status in wanted or (_RESTATED in wanted and only_restated(verdict))


def _row(verdict: Verdict, found: Mapping[str, Decision]) -> dict[str, str]:
    restated = " ≈" if only_restated(verdict) else ""
    return {
        "№": verdict.requirement,
        "Требование": verdict.title,
        "Итог": status_words(verdict.status) + restated,
        "Уверенность": sure_words(verdict),
        "Решение": mark(found.get(verdict_key(verdict))),
    }


def _head(verdict: Verdict, requirement: Requirement) -> None:
    heading(f"{requirement.id}. {requirement.title}")
    with st.container(horizontal=True, vertical_alignment="center"):
        status_badge(verdict.status)
        if only_restated(verdict):
            st.badge(
                "≈ повтор нормы", color="orange", help="Норма переписана, своего решения школы в пункте нет."
            )
        # A model is never certain: a hundred per cent is not shown.
        st.caption(f"{sure_words(verdict)}, {min(round(verdict.confidence * 100), 99)} %")
    if verdict.reason:
        prose(f"{verdict.reason[:1].upper()}{verdict.reason[1:]}.".replace("..", "."))


def _detail(verdict: Verdict, checklist: Checklist, requirement: Requirement) -> None:
    if verdict.lacking:
        label("Чего не хватает")
        bullets(list(verdict.lacking))
    if verdict.evidence:
        label("Что написано в акте")
        for match in verdict.evidence:
            quotation(match.quote, _place(match))
    label("Норма")
    quotation(
        requirement.norm,
        f"{point_label(checklist, requirement)}; текст нормы: {CONFIDENCE[requirement.wording_confidence]}",
    )
    if verdict.status in {"missing", "partial", "contradicted"}:
        label("Готовая формулировка: замените «___» своими сведениями")
        wording(requirement.template)
    with st.expander("Зачем это нужно и как пишут другие", key=f"why-{verdict.requirement}"):
        prose(requirement.why)
        label("Удачно")
        quotation(requirement.example_good)
        label("Неудачно")
        quotation(requirement.example_bad)
        if requirement.effective_from:
            st.caption(f"Норма действует с {long_date(requirement.effective_from)}")


def _place(match: Match) -> str:
    place = f"п. {match.clause.path}"
    if match.clause.page:
        place += f", с. {match.clause.page}"
    sure = confidence_words(match.score)
    return f"{place}; {'повторяет норму' if match.restated else f'об этом {sure}'}"
