"""An entry of the registry in words: what it is, whether it stands, what to cite instead."""

from __future__ import annotations

from datetime import date

from analyzer.law.load import registry
from analyzer.law.registry import RegisteredAct
from analyzer.reports.words import CITATION_STATUS, long_date

TYPE = {
    "code": "кодекс",
    "decree": "указ",
    "federal_law": "федеральный закон",
    "government_order": "распоряжение Правительства",
    "government_resolution": "постановление Правительства",
    "law": "закон",
    "letter": "письмо",
    "order": "приказ",
    "recommendations": "рекомендации",
    "sanitary_rules": "санитарные правила",
}
STATUS_MARK = {"in_force": "✓", "repealed": "✗", "not_yet_in_force": "…", "unknown": "?"}
CONFIDENCE = {"high": "проверено по источникам", "medium": "источники неполные", "low": "требует проверки"}


def status_words(status: str) -> str:
    """``✗ не действует``."""
    return f"{STATUS_MARK[status]} {CITATION_STATUS[status]}"


def act_name(act: RegisteredAct) -> str:
    """``приказ Минобрнауки России от 23 августа 2017 г. № 816``."""
    issuer = (
        ""
        if act.type in {"code", "federal_law", "law"} or act.issuer.startswith("Правительств")
        else f" {act.issuer}"
    )
    government = " РФ" if act.type.startswith("government") else ""
    return f"{TYPE[act.type]}{government}{issuer} от {long_date(act.date)} № {act.number}"


def fate(act: RegisteredAct, day: date) -> list[str]:
    """What is known of the act's life, a sentence each."""
    book = registry()
    lines = [f"На {long_date(day)}: {CITATION_STATUS[book.status_on(act, day)]}"]
    if act.effective_from:
        lines.append(f"Действует с {long_date(act.effective_from)}")
    if act.repealed_on:
        lines.append(f"Не действует с {long_date(act.repealed_on)}")
    elif act.status == "repealed":
        lines.append("Отменён; день отмены не установлен")
    if act.superseded:
        lines.append("Заменён по существу; формальная отмена не проверена")
    if act.outdated:
        lines.append("Написан под право, которого уже нет")
    ending = book.get(act.repealed_by) if act.repealed_by else None
    if ending is not None:
        lines.append(f"Отменяющий акт: {act_name(ending)}")
    return lines
