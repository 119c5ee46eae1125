"""The inspector's say on one verdict or finding: confirm, reject, comment; kept at once, shown everywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Literal

import streamlit as st

from analyzer.errors import LnaError
from analyzer.model import Audit, Clause, Status, Verdict
from analyzer.reports.decision import CHOICE, HEAD, Decision
from analyzer.reports.words import STATUS
from analyzer.ui.components import label
from analyzer.ui.decisions import Said, keep, said_of
from analyzer.ui.safe import markdown, plain
from analyzer.ui.sign_in import person

_LOG = logging.getLogger("analyzer.ui")
_VERBS = {"confirmed": "Подтвердить", "rejected": "Отклонить"}
_MARKS = {"confirmed": "✓ подтверждено", "rejected": "✗ отклонено", "": "… заметка"}
_LONGEST = 1000
_UNKNOWN, _NOWHERE = "", -1
Kept = dict[str, Decision]
About = Status | Literal[""]


def decisions_on(sha256: str) -> Kept:
    """A person's decisions on a file by key: from the journal, and those that it could not take."""
    try:
        said = said_of(sha256, person())
    except LnaError as error:
        _LOG.warning("the journal cannot be read: %s", error.code)
        st.warning("Журнал решений не читается: решения сохранятся, пока открыта эта вкладка.")
        said = Said()
    st.session_state["others"] = (sha256, said.others)  # for the form: the journal is asked once a run
    found = dict(said.own)
    for key, decision in _session(sha256).items():
        kept = found.get(key)
        if kept is None or kept.made_at < decision.made_at:
            found[key] = decision
    return {key: decision for key, decision in found.items() if not decision.is_empty}


def mark(decision: Decision | None) -> str:
    """A decision as a word of a table."""
    return "" if decision is None else _MARKS[decision.choice]


def decision_form(audit: Audit, key: str, found: Mapping[str, Decision], verdict: Verdict | None) -> None:
    """Draws the form.

    Args:
        audit: The audit.
        key: The statement that is decided on.
        found: Decisions so far.
        verdict: The verdict, when it is about one: then a person can say what it should be.
    """
    now = found.get(key) or Decision(key)
    stem = f"{key}-{audit.document.sha256[:12]}"
    about: About = verdict.status if verdict is not None else ""
    places = {clause.start: clause.path for clause in audit.act.body if clause.path}
    write = partial(_keep, audit, key, about, stem, places)
    with st.container(key=f"decision-{stem}", gap="xsmall"):
        label(HEAD)
        if now.about and now.about != about:
            st.caption(f"Раньше решали о другом итоге: {plain(now.words(about))}")
            now = Decision(key)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            choice = st.segmented_control(
                HEAD,
                list(_VERBS),
                default=now.choice or None,
                format_func=lambda name: _VERBS[name],
                key=f"choice-{stem}",
                label_visibility="collapsed",
                on_change=write,
            )
            st.text_input(
                "Почему",
                value=now.comment,
                max_chars=_LONGEST,
                key=f"comment-{stem}",
                placeholder="Почему: попадёт в отчёты",
                label_visibility="collapsed",
                on_change=write,
            )
        if verdict is not None and choice == "rejected":
            _right_answer(audit, verdict, now, stem, write)
        for words in _others(audit.document.sha256, key, about):
            st.caption(f"Решили и другие: {markdown(words)}")


def _right_answer(
    audit: Audit, verdict: Verdict, now: Decision, stem: str, write: Callable[[], None]
) -> None:
    """Asks what the verdict should be and which clause says so: the next training learns from it."""
    clauses = {clause.start: clause for clause in audit.act.body if clause.path}
    statuses = [_UNKNOWN, *(status for status in STATUS if status != verdict.status)]
    status_column, clause_column = st.columns([2, 3])
    with status_column:
        st.selectbox(
            "Каким должен быть итог",
            statuses,
            index=statuses.index(now.status) if now.status in statuses else 0,
            format_func=lambda status: STATUS.get(status, "не указан"),
            key=f"status-{stem}",
            filter_mode=None,
            on_change=write,
        )
    with clause_column:
        starts = [_NOWHERE, *clauses]
        st.selectbox(
            "Где об этом сказано",
            starts,
            index=starts.index(now.start) if now.start in clauses else 0,
            format_func=lambda start: _clause_words(clauses[start]) if start in clauses else "не указано",
            key=f"clause-{stem}",
            on_change=write,
        )


def _clause_words(clause: Clause) -> str:
    text = plain(clause.text)
    return f"п. {clause.path} {text if len(text) <= 60 else f'{text[:60]}…'}"


def _keep(audit: Audit, key: str, about: About, stem: str, places: Mapping[int, str]) -> None:
    """Writes down what the widgets say."""
    said = {
        name: st.session_state.get(f"{name}-{stem}") for name in ("choice", "comment", "status", "clause")
    }
    rejected = said["choice"] == "rejected"
    start = said["clause"] if rejected and said["clause"] in places else None
    decision = Decision(
        key=key,
        choice=said["choice"] if said["choice"] in CHOICE else "",
        comment=plain(said["comment"] or "")[:_LONGEST],
        about=about,
        status=said["status"] if rejected and said["status"] in STATUS else "",
        clause=places[start] if start is not None else "",
        start=start,
        made_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        author=person(),
    )
    _session(audit.document.sha256)[key] = decision
    try:
        keep(audit, decision, person())
    except LnaError as error:
        _LOG.warning("a decision stays in the session only: %s", error.code)
        st.toast("Решение не удалось записать в журнал: оно сохранится, пока открыта эта вкладка.")


def _session(sha256: str) -> Kept:
    kept: dict[str, Kept] = st.session_state.setdefault("decisions", {})
    return kept.setdefault(sha256, {})


def _others(sha256: str, key: str, about: About) -> list[str]:
    """What other people said of the statement, with their names."""
    of_file, others = st.session_state.get("others", ("", {}))
    return [decision.words(about) for decision in others.get(key, ())] if of_file == sha256 else []
