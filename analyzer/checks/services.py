"""SRV001, SRV002: foreign messengers and services allowed or prescribed, and means that have moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from analyzer.checks.bans import is_banned
from analyzer.language.concrete import ServiceMention, service_mentions
from analyzer.language.tokens import sentences
from analyzer.law.load import services
from analyzer.model import Act, Clause, Finding

_PARENTS = re.compile(
    r"родител\w+[^.;]{0,60}\b(?:обязан\w*|должн\w*)\b[^.;]{0,60}(?:зарегистрир\w*|установ\w*|подключ\w*|скачать)",
    re.IGNORECASE,
)


def check_services(act: Act, as_of: date) -> list[Finding]:
    """Findings about services that the act allows, prescribes or ties to a place that has moved."""
    findings: list[Finding] = []
    for clause in act.clauses:
        findings.extend(_in_clause(clause, as_of))
    return findings


def _in_clause(clause: Clause, as_of: date) -> Iterator[Finding]:
    law = [rule for rule in services().law_on(as_of) if rule.confidence in {"high", "medium"}]
    ground = next((rule.act for rule in law if "149" in rule.act), law[-1].act if law else "")
    told: set[str] = set()
    for mention in service_mentions(clause.text):
        service = mention.service
        if service.verdict == "ok" or service.id in told or is_banned(clause, mention):
            continue
        told.add(service.id)
        if service.verdict == "error":
            yield Finding(
                "SRV001",
                "error" if ground else "warning",
                f"предписан или разрешён иностранный мессенджер: {service.name}",
                "замените российским сервисом (например, «Сферум» в MAX) или прямо запретите"
                + (f"; основание: {ground}" if ground else ""),
                clause.path,
                clause.page,
                _quote(clause, mention),
                ocr=clause.ocr,
            )
        else:
            yield Finding(
                "SRV002",
                "warning",
                f"предписан иностранный сервис: {service.name}",
                "проверьте, нужны ли в нём персональные данные и есть ли российская замена "
                "из единого реестра программ",
                clause.path,
                clause.page,
                _quote(clause, mention),
                ocr=clause.ocr, topic="foreign",
            )
    yield from _moved(clause, as_of)
    if service_mentions(clause.text) and (match := _PARENTS.search(clause.text)):
        yield Finding(
            "SRV002",
            "warning",
            "регистрация в сервисе вменена родителям в обязанность",
            "напишите «по желанию»: регистрация семей в таких сервисах добровольна",
            clause.path,
            clause.page,
            match.group(),
            ocr=clause.ocr, topic="obliged",
        )


def _moved(clause: Clause, as_of: date) -> Iterator[Finding]:
    """A service tied to a platform that it has left, by the entries of ``services.yaml``."""
    named = {mention.service.id for mention in service_mentions(clause.text)}
    for move in services().moves:
        if move.since <= as_of and move.service in named and move.old in named and move.new not in named:
            yield Finding(
                "SRV002",
                "warning",
                move.message,
                move.fix,
                clause.path,
                clause.page,
                clause.text[:300],
                ocr=clause.ocr, topic="moved",
            )


def _quote(clause: Clause, mention: ServiceMention) -> str:
    start, end = next(
        ((a, b) for a, b in sentences(clause.text) if a <= mention.start < b), (0, len(clause.text))
    )
    return clause.text[start:end][:400]
