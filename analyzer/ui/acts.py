"""Page «Реестр актов»: acts of the state, their status on a day, what came instead."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analyzer.law.load import registry
from analyzer.law.registry import RegisteredAct
from analyzer.reports.words import CITATION_STATUS, long_date, plural
from analyzer.ui import search
from analyzer.ui.acts_words import CONFIDENCE, TYPE, act_name, fate, status_words
from analyzer.ui.components import bullets, choose_row, heading, label, prose, search_box, wording
from analyzer.ui.state import as_of_input

_WIDTHS: dict[str, int] = {"Дата": 96, "№": 90, "Название": 330, "Статус": 150}
_WEB = ("https://", "http://")


def main() -> None:
    """Draws the page."""
    st.title("Реестр нормативных актов", anchor=False)
    query, day = st.columns([4, 1], vertical_alignment="bottom")
    with query:
        wanted = search_box("Номер, дата или слова", "816 или дистанционных 2017", key="act-seek")
    with day:
        as_of = as_of_input("date")
    status = st.pills(
        "Статус на дату",
        list(CITATION_STATUS),
        selection_mode="multi",
        key="act-status",
        bind="query-params",
        format_func=lambda name: CITATION_STATUS[name],
        label_visibility="collapsed",
    )
    book = registry()
    found = [
        act
        for act in book.acts
        if _fits(wanted, act) and (not status or book.status_on(act, as_of) in status)
    ]
    st.caption(
        f"{plural(len(found), 'акт', 'акта', 'актов')} из {len(book.acts)}. "
        f"Сверено с источниками {long_date(book.as_of)}; если акта здесь нет, это не говорит о его силе."
    )
    with st.container(key="sides"):
        left, right = st.columns([11, 9], gap="medium")
    with left:
        row = choose_row(
            [_row(act, as_of) for act in found],
            _WIDTHS,
            key=f"acts-{wanted}-{'-'.join(status)}",
            alt="Реестр нормативных актов",
            height=520,
        )
    if row is None:
        left.info("Таких актов в реестре нет.", icon=":material/search_off:")
        return
    with right, st.container(border=True, gap="xsmall"):
        _detail(found[row], as_of)


def _fits(query: str, act: RegisteredAct) -> bool:
    return search.holds(
        query,
        act.number,
        f"{act.date:%d.%m.%Y}",
        long_date(act.date),
        act.title,
        act.issuer,
        act.topic,
        TYPE[act.type],
        *act.aliases,
    )


def _row(act: RegisteredAct, day: date) -> dict[str, str]:
    return {
        "Дата": f"{act.date:%d.%m.%Y}",
        "№": act.number,
        "Название": act.title,
        "Статус": status_words(registry().status_on(act, day)),
    }


def _detail(act: RegisteredAct, day: date) -> None:
    name = act_name(act)
    heading(f"{name[:1].upper()}{name[1:]}")
    prose(f"«{act.title}»")
    label("Судьба")
    bullets(fate(act, day))
    chain = registry().chain(act)
    if chain:
        label("Что пришло на смену")
        bullets([f"{act_name(link)} — {CITATION_STATUS[registry().status_on(link, day)]}" for link in chain])
    successor = registry().successor(act)
    wanted = successor or act
    if registry().status_on(wanted, day) == "in_force":
        label("Как сослаться")
        wording(f"{act_name(wanted)} «{wanted.title}»")
    st.caption(f"Кто издал: {act.issuer}. Сведения: {CONFIDENCE[act.confidence]}.")
    if act.note:
        label("Примечание")
        prose(act.note)
    pages = [source for source in act.sources if source.startswith(_WEB)]
    if pages:
        label("Источники")
        bullets(pages)


main()
