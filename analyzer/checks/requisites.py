"""ACT001–ACT006: requisites that any local act needs."""

from __future__ import annotations

import re

from analyzer.model import Act, Finding

_MINUTES = re.compile(r"протокол", re.IGNORECASE)
_COUNCILS = re.compile(
    r"совет\w*\s+(?:родител|обучающ|учащ|старшеклассник|школы)|родительск\w+\s+комитет|управляющ\w+\s+совет|мнени\w+",
    re.IGNORECASE,
)
_FORCE = re.compile(
    r"вступа\w+\s+в\s+(?:законную\s+)?силу|вв(?:од\w+|ести|ед[её]н\w*)\s+в\s+действие|срок\w*\s+действия|бессрочн\w+|"
    r"действу\w+\s+(?:до|с|со|по)\b|неопредел[её]нн\w+\s+срок|"
    r"до\s+(?:принятия|утверждения|введения|замены|отмены)\s+(?:\w+\s+){0,3}нов",
    re.IGNORECASE,
)
_SITE = re.compile(r"\b(?:веб-)?сайт\w*|в\s+сети\s+[«\"]?интернет", re.IGNORECASE)


def check_requisites(act: Act) -> list[Finding]:
    """Findings about approval, the protocol, the opinion of pupils and parents, force, place on the site."""
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
    if block.title or block.kind != "иное":  # a letter has neither a term nor a place on the site
        result += _force_and_place(act, shown)
    return result


def _force_and_place(act: Act, shown: str) -> list[Finding]:
    """Notes on what the whole act never says; no norm demands it word for word, so never more than notes."""
    whole = "\n".join([act.title_block.text, *(clause.text for clause in act.clauses)])
    result: list[Finding] = []
    if not _FORCE.search(whole):
        result.append(
            _finding(
                "ACT005",
                "нигде не сказано, с какого дня и до какого времени действует акт",
                "допишите: «вступает в силу с ___ и действует до принятия нового» (или бессрочно)",
                shown,
            )
        )
    if not _SITE.search(whole):
        result.append(
            _finding(
                "ACT006",
                "нигде не сказано о размещении на официальном сайте",
                "допишите, где и когда акт размещается на официальном сайте (статья 29 закона № 273-ФЗ, "
                "десять рабочих дней)",
                shown,
            )
        )
    return result


def _finding(rule: str, message: str, fix: str, quote: str) -> Finding:
    return Finding(rule, "warning" if rule in {"ACT001", "ACT002"} else "note", message, fix, quote=quote)
