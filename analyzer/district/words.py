"""Russian words of the papers about a district."""

from __future__ import annotations

from analyzer.district.compare import Change
from analyzer.reports.palette import TONES, Tone
from analyzer.reports.words import STATUS, STATUS_MARK

SCHOOL_STATUS = {**STATUS, "no_act": "нет акта"}
SCHOOL_MARK = {**STATUS_MARK, "no_act": "∅"}
SCHOOL_TONES = {**TONES, "no_act": Tone("FFFFFF", "6B7280"), "contradicted": Tone("FFFFFF", "991B1B")}
"""A contradiction stands out from a gap: in the matrix there is no room for a word."""
MEANING = {
    "covered": "в одном из актов школы есть пункт, обязательные части названы",
    "partial": "пункт есть, но в нём не хватает обязательной части или повторён только текст нормы",
    "missing": "ни один акт школы по теме проверки не говорит об этом",
    "contradicted": "пункт одного из актов расходится с нормой",
    "not_applicable": "норма не для программ этой школы или её условие не выполнено",
    "no_act": "школа не сдала акта по теме проверки: судить не по чему",
}
STATE = {"audited": "проверен", "failed": "не прочитан", "skipped": "пропущен"}
CHANGES: dict[Change, str] = {
    "mended": "исправлено",
    "worse": "стало хуже",
    "same": "без изменений",
    "new": "новая школа",
    "gone": "школы больше нет",
}
