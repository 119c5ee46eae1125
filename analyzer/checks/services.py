"""SRV001, SRV002: foreign messengers and services allowed or prescribed, and means that have moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from analyzer.checks.bans import is_banned
from analyzer.language.concrete import ServiceMention, service_mentions
from analyzer.language.tokens import sentence_at
from analyzer.law.load import services
from analyzer.model import Act, Clause, Finding, Severity

_PARENTS = re.compile(
    r"родител\w+[^.;]{0,60}\b(?:обязан\w*|должн\w*)\b[^.;]{0,60}(?:зарегистрир\w*|установ\w*|подключ\w*|скачать)",
    re.IGNORECASE,
)
_QUOTE = 400  # characters of a quote at most
_QUOTE_MOVED = 300
_MESSENGERS = "fz-149-2006"  # the law that names foreign messengers, by its id in acts.yaml


def check_services(act: Act, as_of: date) -> list[Finding]:
    """Findings about services that the act allows, prescribes or ties to a place that has moved."""
    ground = _ground(as_of)
    findings: list[Finding] = []
    for clause in act.clauses:
        mentions = service_mentions(clause.text)
        if mentions:
            findings += _foreign(clause, mentions, ground)
            findings += _moved(clause, {mention.service.id for mention in mentions}, as_of)
            findings += _obliged(clause)
    return findings


def _ground(as_of: date) -> str:
    """The law against foreign messengers that binds on a day, "" when none surely does."""
    law = [rule for rule in services().law_on(as_of) if rule.confidence in {"high", "medium"}]
    return next((rule.act for rule in law if rule.act_id == _MESSENGERS), law[-1].act if law else "")


def _foreign(clause: Clause, mentions: Sequence[ServiceMention], ground: str) -> Iterator[Finding]:
    """SRV001 and SRV002, once a service."""
    told: set[str] = set()
    for mention in mentions:
        service = mention.service
        if service.verdict == "ok" or service.id in told or is_banned(clause, mention):
            continue
        told.add(service.id)
        words = sentence_at(clause.text, mention.start)[:_QUOTE]
        if service.verdict == "error":
            yield _finding(
                clause,
                "SRV001",
                f"предписан или разрешён иностранный мессенджер: {service.name}",
                "замените российским сервисом (например, «Сферум» в MAX) или прямо запретите"
                + (f"; основание: {ground}" if ground else ""),
                words,
                severity="error" if ground else "warning",
            )
        else:
            yield _finding(
                clause,
                "SRV002",
                f"предписан иностранный сервис: {service.name}",
                "проверьте, нужны ли в нём персональные данные и есть ли российская замена "
                "из единого реестра программ",
                words,
                topic="foreign",
            )


def _moved(clause: Clause, named: set[str], as_of: date) -> Iterator[Finding]:
    """A service tied to a platform that it has left, by the entries of ``services.yaml``."""
    for move in services().moves:
        if move.since <= as_of and move.service in named and move.old in named and move.new not in named:
            yield _finding(
                clause, "SRV002", move.message, move.fix, clause.text[:_QUOTE_MOVED], topic="moved"
            )


def _obliged(clause: Clause) -> Iterator[Finding]:
    """Parents who must register with a service."""
    match = _PARENTS.search(clause.text)
    if match is not None:
        yield _finding(
            clause,
            "SRV002",
            "регистрация в сервисе вменена родителям в обязанность",
            "напишите «по желанию»: регистрация семей в таких сервисах добровольна",
            match.group(),
            topic="obliged",
        )


def _finding(
    clause: Clause,
    rule: str,
    message: str,
    fix: str,
    words: str,
    *,
    severity: Severity = "warning",
    topic: str = "",
) -> Finding:
    return Finding(rule, severity, message, fix, clause.path, clause.page, words, ocr=clause.ocr, topic=topic)
