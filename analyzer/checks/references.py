"""REF001–REF004: acts that ended, that do not match, that are unknown, and the act that is not cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.citations.naming import act_name
from analyzer.dates import in_words
from analyzer.law.checklist import Checklist
from analyzer.law.load import registry
from analyzer.law.registry import RegisteredAct, fold_number
from analyzer.model import Act, Citation, Finding, Severity

_HISTORY = "Если акт назван только как история, так и напишите: «утратил силу»."
_BY_HAND = (
    "Проверьте реквизиты и действие акта на publication.pravo.gov.ru или в справочной правовой системе."
)


def check_references(
    act: Act, citations: Sequence[Citation], checklists: Iterable[Checklist], as_of: date
) -> list[Finding]:
    """Findings about the references of an act, in the order of the act.

    Rules:
        REF001: error when the act is named exactly and its repeal is sure enough (confidence high or
            medium); warning when the repeal is of low confidence, when the act is only likely, or when it
            is superseded and its repeal not verified.
        REF002: warning: number, date or issuer differ from the registry's.
        REF003: note: not in the registry, or not told apart; warning when the act stands but was written
            for law that is gone, so that a person must look.
        REF004: error: the act that a checklist rests on is cited nowhere (warning if the registry is unsure).
    """
    recognised = {clause.path for clause in act.clauses if clause.ocr}
    found: list[Finding] = []
    noted: set[tuple[str | None, str]] = set()
    for citation in citations:
        if citation.historical or citation.resolution == "local":
            continue
        found += _mismatch(citation, recognised)
        ended = _ended(citation, as_of, recognised)
        if ended is not None:
            found.append(ended)
            continue
        by_hand = _by_hand(citation, recognised)
        key = (citation.act_id, "" if citation.act_id else _written(citation))
        if by_hand is not None and key not in noted:
            noted.add(key)
            found.append(by_hand)
    found += (
        finding
        for checklist in checklists
        if (finding := _not_cited(checklist, citations, as_of)) is not None
    )
    return found


def _ended(citation: Citation, as_of: date, recognised: set[str]) -> Finding | None:
    """REF001."""
    act = registry().get(citation.act_id) if citation.act_id else None
    if act is None:
        return None
    standing = _standing(act, as_of)
    name = act_name(act)
    if citation.status == "repealed":
        sure = act.confidence != "low" and citation.resolution == "exact"
        since = f" с {in_words(act.repealed_on)}" if act.repealed_on else ""
        message = f"Ссылка на акт, утративший силу: {name} не действует{since}."
        if act.confidence == "low":
            message = (
                f"Ссылка на акт, который, вероятно, утратил силу: {name}; отмена официально не проверена."
            )
        elif citation.resolution != "exact":
            message = f"Ссылка, вероятно, на акт, утративший силу: {name} не действует{since}."
        return _finding(
            "REF001", "error" if sure else "warning", message, _instead(standing), citation, recognised
        )
    if citation.status == "in_force" and act.superseded and standing is not None:
        message = f"Акт заменён по существу, формальная отмена не проверена: {name}."
        return _finding("REF001", "warning", message, _instead(standing), citation, recognised)
    return None


def _mismatch(citation: Citation, recognised: set[str]) -> list[Finding]:
    """REF002."""
    act = registry().get(citation.act_id) if citation.act_id else None
    if citation.resolution != "near" or act is None:
        return []
    wrong: list[str] = []
    if citation.date is not None and citation.date != act.date:
        wrong.append(f"дата {citation.date:%d.%m.%Y} вместо {act.date:%d.%m.%Y}")
    if citation.number and act.type != "sanitary_rules" and not _same_number(citation.number, act.number):
        wrong.append(f"номер {citation.number} вместо {act.number}")
    if not wrong and citation.issuer and citation.issuer != act.issuer:
        wrong.append(f"назван орган {citation.issuer}, акт издан органом {act.issuer}")
    what = "; ".join(wrong) or "обозначение отличается"
    message = f"Реквизиты не совпадают с реестром: {what}. Вероятно, имеется в виду {act_name(act)}."
    fix = f"Сверьте с официальным текстом и запишите: {act_name(act, title=True)}."
    return [_finding("REF002", "warning", message, fix, citation, recognised)]


def _by_hand(citation: Citation, recognised: set[str]) -> Finding | None:
    """REF003."""
    act = registry().get(citation.act_id) if citation.act_id else None
    if citation.resolution == "unknown":
        message = f"Акта нет в реестре программы: «{citation.quote}»; его действие не проверено."
        return _finding("REF003", "note", message, _BY_HAND, citation, recognised)
    if citation.resolution == "ambiguous":
        acts = [known for key in citation.candidates if (known := registry().get(key)) is not None]
        names = "; ".join(act_name(known) for known in acts[:4])
        message = (
            f"По этим реквизитам нельзя сказать, какой акт назван: «{citation.quote}». Подходят: {names}."
        )
        return _finding(
            "REF003",
            "note",
            message,
            "Запишите вид акта, орган, дату и номер полностью.",
            citation,
            recognised,
        )
    if act is not None and citation.status == "unknown":
        message = f"На дату проверки неизвестно, действует ли ещё {act_name(act)}: день отмены не установлен."
        return _finding("REF003", "note", message, _BY_HAND, citation, recognised)
    if act is not None and act.outdated and citation.status == "in_force":
        message = f"Акт рассчитан на прежнее право, хотя формально мог не отменяться: {act_name(act)}."
        fix = "Проверьте, нужна ли эта ссылка; опираться лучше на действующие акты."
        return _finding("REF003", "warning", message, fix, citation, recognised)
    return None


def _not_cited(checklist: Checklist, citations: Sequence[Citation], as_of: date) -> Finding | None:
    """REF004."""
    act = registry().get(checklist.act)
    if not checklist.cite or act is None or registry().status_on(act, as_of) != "in_force":
        return None
    if any(
        act.id == citation.act_id or act.id in citation.candidates
        for citation in citations
        if not citation.historical
    ):
        return None
    words = f"Разработано в соответствии с {act_name(act, by=True)} «{act.title}»."
    return Finding(
        rule="REF004",
        severity="warning" if act.confidence == "low" else "error",
        message=f"Нигде не назван акт, который регулирует этот предмет: {act_name(act)}.",
        fix=f"Добавьте в общие положения: «{words}»",
        norm=f"{act_name(act)} «{act.title}»",
    )


def _standing(act: RegisteredAct, as_of: date) -> RegisteredAct | None:
    """The act to cite instead on that day: the last of the chain in force, else what stands today."""
    chain = [link for link in registry().chain(act) if registry().status_on(link, as_of) == "in_force"]
    successor = registry().successor(act)
    if successor is not None and registry().status_on(successor, as_of) == "in_force":
        return successor
    return chain[-1] if chain else None


def _instead(standing: RegisteredAct | None) -> str:
    if standing is None:
        return f"Уберите ссылку или замените её действующим актом. {_HISTORY}"
    return f"Сошлитесь на действующий акт: {act_name(standing, title=True)}. {_HISTORY}"


def _same_number(written: str, right: str) -> bool:
    bare = fold_number(written).removesuffix("-фз")
    return bare == fold_number(right).removesuffix("-фз") or bare in fold_number(right).split("/")


def _written(citation: Citation) -> str:
    return f"{citation.type} {citation.number or citation.title or citation.quote} {citation.date or ''}"


def _finding(
    rule: str, severity: Severity, message: str, fix: str, citation: Citation, recognised: set[str]
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=message.replace("г..", "г."),  # a date ends with a stop of its own
        fix=fix.replace("г..", "г."),
        clause=citation.clause or None,
        page=citation.page,
        quote=citation.quote,
        ocr=citation.clause in recognised,
    )
