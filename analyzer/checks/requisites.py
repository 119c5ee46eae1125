"""ACT001–ACT004: requisites that any local act needs."""

from __future__ import annotations

import re

from analyzer.model import Act, Finding

_MINUTES = re.compile(r"протокол", re.IGNORECASE)
_COUNCILS = re.compile(
    r"совет\w*\s+(?:родител|обучающ|учащ|старшеклассник|школы)|родительск\w+\s+комитет|управляющ\w+\s+совет|мнени\w+",
    re.IGNORECASE,
)


def check_requisites(act: Act) -> list[Finding]:
    """Findings about the date and number of approval, the protocol, the opinion of pupils and parents."""
    block = act.title_block
    everything = block.text + "\n" + "\n".join(clause.text for clause in act.clauses[:12])
    shown = block.title or (act.clauses[0].text[:120] if act.clauses else "—")
    result: list[Finding] = []
    if block.approved_on is None:
        result.append(
            _finding(
                "ACT001", "не найдена дата утверждения", "укажите дату приказа, которым акт утверждён", shown
            )
        )
    if block.approval_number is None:
        result.append(
            _finding(
                "ACT002",
                "не найден номер приказа об утверждении",
                "укажите номер приказа, которым акт утверждён",
                shown,
            )
        )
    if not _MINUTES.search(everything):
        result.append(
            _finding(
                "ACT003",
                "не найдена ссылка на протокол коллегиального органа",
                "укажите дату и номер протокола, если акт принимал педагогический или управляющий совет",
                shown,
            )
        )
    if not _COUNCILS.search(everything):
        result.append(
            _finding(
                "ACT004",
                "не видно, что учтено мнение советов обучающихся и родителей",
                "отметьте дату и номер протокола советов (часть 3 статьи 30 закона № 273-ФЗ), "
                "если акт затрагивает права обучающихся",
                shown,
            )
        )
    return result


def _finding(rule: str, message: str, fix: str, quote: str) -> Finding:
    return Finding(rule, "warning" if rule in {"ACT001", "ACT002"} else "note", message, fix, quote=quote)
