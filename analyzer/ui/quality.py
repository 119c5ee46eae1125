"""Page «Качество»: how often the program is right, how it works, what it does not check."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import rules
from analyzer.matching.score import Score
from analyzer.ui.components import bullets, choose_row, heading, label, prose
from analyzer.ui.measured import Measured, Unmeasured, measured
from analyzer.ui.state import checklists

_WIDTHS: dict[str, int] = {
    "№": 54,
    "Требование": 330,
    "Найдено верно": 116,
    "Есть всего": 96,
    "Найдено лишнего": 130,
    "Доля найденного": 130,
    "Доля верного": 110,
}
_LIMITS = (
    "Программа ищет в акте пункты о каждом требовании и сравнивает их с нормой. Она не юрист: "
    "«урегулировано» значит «пункт нашёлся и обязательные части названы», а не «пункт законен».",
    "«Не найдено» — не нарушение: норма может быть исполнена в другом акте школы.",
    "Уверенность — как часто такой вывод оказывался верным на этих пунктах. Там, где программа сомневается, "
    "написано «решает человек».",
    "Учебные пункты написаны для этой программы и размечены не юристами; настоящие акты для обучения "
    "не использованы.",
    "Текст, распознанный с картинки, бывает с ошибками: такие находки отмечены, сверяйте их с подлинником.",
    "Реестр нормативных актов не полон: если акта в нём нет, о его силе это ничего не говорит.",
)


def main() -> None:
    """Draws the page."""
    st.title("Качество и пределы", anchor=False)
    found, lists = measured(), [load_checklist(name) for name in checklists()]
    if isinstance(found, Unmeasured):
        st.info(
            f"{found.reason} Измерить: `lna evaluate corpus/clauses --report corpus/QUALITY.md`",
            icon=":material/monitoring:",
        )
    else:
        _figures(found, {item.id: item.title for checklist in lists for item in checklist.requirements})
    left, right = st.columns([1, 1], gap="medium")
    with left:
        heading("Как читать выводы")
        bullets(_LIMITS)
    with right:
        heading("Что не проверяется")
        bullets([f"{item.short}. {item.disclaimer}" for item in lists])
        label("Пределы отдельных правил")
        folded = st.expander("Показать по правилам", key="rule-limits", on_change="rerun")
        if folded.open:
            with folded:
                _rule_limits()


def _rule_limits() -> None:
    for rule in rules().rules:
        label(f"{rule.id}. {rule.title}")
        prose(rule.limits)


def _figures(found: Measured, titles: Mapping[str, str]) -> None:
    prose(
        "Измерено на пунктах, о которых заранее известно, что в них есть; всего их "
        f"{_thousands(found.clauses)}. Пунктов того же автора программа до измерения не видела."
    )
    with st.grid(4, min_column_width=190, gap="xsmall", key="quality-tiles"):
        st.metric(
            "Доля найденного",
            _percent(found.micro_recall),
            border=True,
            height="stretch",
            help="Какую часть пунктов, которые урегулируют требование, программа нашла (полнота).",
        )
        st.metric(
            "Доля верного",
            _percent(found.micro_precision),
            border=True,
            height="stretch",
            help="Какая часть найденного найдена верно (точность).",
        )
        st.metric(
            "В среднем по требованиям",
            f"{found.macro_f1:.3f}".replace(".", ","),
            border=True,
            height="stretch",
            help="Обе доли вместе (мера F1): редкое требование весит столько же, сколько частое.",
        )
        st.metric(
            "Посторонние пункты",
            f"{_thousands(found.clean)} из {_thousands(found.empty)}",
            border=True,
            height="stretch",
            help="Сколько пунктов ни о чём из перечня программа так и оставила без требования.",
        )
    choose_row(
        [_row(row, titles.get(row.id, "")) for row in found.requirements],
        _WIDTHS,
        key="quality-rows",
        alt="Качество по требованиям: найдено верно, есть всего, найдено лишнего",
        height=420,
    )


def _row(row: Score, title: str) -> dict[str, str]:
    return {
        "№": row.id,
        "Требование": title,
        "Найдено верно": str(row.found),
        "Есть всего": str(row.total),
        "Найдено лишнего": str(row.false),
        "Доля найденного": _percent(row.recall) if row.total else "—",
        "Доля верного": _percent(row.precision) if row.found + row.false else "—",
    }


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")


main()
