"""Russian words of the reports: plurals, dates, statuses. One place, so that every format says the same."""

from __future__ import annotations

from datetime import date

from analyzer.dates import in_words
from analyzer.law.checklist import Checklist, Requirement

STATUS = {
    "covered": "урегулировано",
    "partial": "частично",
    "missing": "не найдено",
    "contradicted": "противоречит",
    "not_applicable": "не применимо",
}
STATUS_MARK = {"covered": "✓", "partial": "◐", "missing": "○", "contradicted": "✗", "not_applicable": "–"}
SEVERITY = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}
CITATION_STATUS = {
    "in_force": "действует",
    "repealed": "не действует",
    "not_yet_in_force": "ещё не действует",
    "unknown": "проверьте",
}
RESOLUTION = {
    "near": "реквизиты не сходятся, вероятно",
    "ambiguous": "не различить",
    "unknown": "нет в реестре: проверьте вручную",
    "local": "региональный или местный акт",
}
SEVERITY_HEAD = {"error": "Ошибки", "warning": "Предупреждения", "note": "Замечания"}


def plural(count: int, one: str, few: str, many: str) -> str:
    """A number with its noun.

    Args:
        count: The number.
        one: After 1, 21, 31.
        few: After 2, 3, 4, 22.
        many: After 5 to 20, 25.

    >>> plural(1, "пункт", "пункта", "пунктов"), plural(12, "пункт", "пункта", "пунктов")
    ('1 пункт', '12 пунктов')
    """
    tail, last = count % 100, count % 10
    word = many if 11 <= tail <= 14 or last in {0, 5, 6, 7, 8, 9} else one if last == 1 else few
    return f"{count} {word}"


def long_date(day: date) -> str:
    """A day in words: ``25 ноября 2026 г.``."""
    return in_words(day)


def short_date(day: date) -> str:
    """A day in digits: ``25.11.2026``."""
    return f"{day:%d.%m.%Y}"


def place_words(clause: str | None, page: int | None) -> str:
    """«п. 3.4, с. 2»; "" when nothing is known."""
    return ", ".join([*([f"п. {clause}"] if clause else []), *([f"с. {page}"] if page else [])])


def point_label(checklist: Checklist, requirement: Requirement) -> str:
    """Where the norm stands; a number that is not certain is never printed as one."""
    name = checklist.short
    if requirement.point and requirement.point_confidence == "high":
        return f"{name}, {requirement.point}"
    if requirement.point and requirement.point_confidence == "medium":
        return f"{name}, {requirement.point} (номер пункта уточняется)"
    return f"{name}, норма «{requirement.title}» (номер пункта уточняется)"


def confidence_words(confidence: float) -> str:
    """Probability in words that need no statistics."""
    if confidence >= 0.9:
        return "почти наверняка"
    if confidence >= 0.7:
        return "скорее всего"
    return "возможно, проверьте"
