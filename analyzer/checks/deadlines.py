"""DATE001: terms of the act compared with the norm's. A shorter term is right, a longer one is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from analyzer.dates import MONTH, month_number
from analyzer.law.checklist import Checklist, Deadline
from analyzer.model import Finding, Match

_DAY_MONTH = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:-?го)?\s+({MONTH})(?![а-я]|\s*\d{{4}}\s*(?:г\.?|года)?\s*№)", re.IGNORECASE
)
_DIGITS = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?![.\d]|\s*[–-]\s*\d|\s*час)")
_LATE = re.compile(
    r"(?:до|к|перед|с)\s+(?:начал\w+|1\s+сентября)\s*(?:нового\s+|следующего\s+|очередного\s+)?(?:учебного\s+года)?|в\s+(?:мае|июне|июле|августе|сентябре)\b|"
    r"по\s+окончании\s+учебного\s+года|в\s+конце\s+учебного\s+года",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(\d{1,3})(?:-?ти|-?и)?\s*(?:\([а-яё\s]+\)\s*)?(рабоч\w+|календарн\w+|учебн\w+)?\s*(?:дн\w+|день|суток)",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"в\s+течение\s+(?:месяца|двух\s+месяцев|полугодия|года|учебного\s+года|четверти)", re.IGNORECASE
)
_SCHOOL_YEAR = 9  # September: the months from here to August make one school year


def beyond_deadline(deadline: Deadline, text: str) -> str | None:
    """The act's own words for a term that is later than the norm's, None when none is.

    «до 1 мая» and «не позднее 30 апреля» both keep a deadline of 1 May; a clause that names a right term
    beside others is right.
    """
    if deadline.working_days is not None:
        return _beyond_days(deadline.working_days, text)
    assert deadline.month is not None and deadline.day is not None  # noqa: S101  validated by the model
    limit = _place(deadline.month, deadline.day)
    late: str | None = None
    for match in [*_DAY_MONTH.finditer(text), *_DIGITS.finditer(text)]:
        month = int(match[2]) if match[2].isdigit() else month_number(match[2])
        day = int(match[1])
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            continue
        if _place(month, day) <= limit:
            if month >= 3:  # a date of autumn may be of something else
                return None
            continue
        late = late or match.group()
    if late is None and (words := _LATE.search(text)) is not None:
        late = words.group()
    return late


def _place(month: int, day: int) -> int:
    return ((month - _SCHOOL_YEAR) % 12) * 31 + day


def _beyond_days(limit: int, text: str) -> str | None:
    late: str | None = None
    for match in _DAYS.finditer(text):
        days = int(match[1])
        # Ten working days are at least fourteen calendar days.
        allowed = limit if (match[2] or "").lower().startswith("рабоч") else limit + 2 * (limit // 5)
        if days <= allowed:
            return None
        late = late or match.group()
    if late is None and (words := _LONG.search(text)) is not None:
        late = words.group()
    return late


def check_deadlines(
    checklists: Sequence[Checklist], matches: Sequence[Match], thresholds: Mapping[str, float], as_of: date
) -> list[Finding]:
    """DATE001 for each matched clause whose term is later than the norm's."""
    result: list[Finding] = []
    told: set[tuple[str, str]] = set()
    for checklist in checklists:
        for requirement in checklist.requirements:
            if requirement.deadline is None or not requirement.in_force(as_of):
                continue
            for match in matches:
                if match.requirement != requirement.id or match.score < thresholds.get(requirement.id, 0.5):
                    continue
                term = beyond_deadline(requirement.deadline, match.clause.text)
                if term is not None and (requirement.id, match.clause.path) not in told:
                    told.add((requirement.id, match.clause.path))
                    result.append(
                        Finding(
                            "DATE001",
                            "error",
                            f"{requirement.title}: срок «{term}» позже установленного "
                            f"({requirement.deadline.text})",
                            f"установите срок не позднее: {requirement.deadline.text}",
                            match.clause.path,
                            match.clause.page,
                            match.quote,
                            requirement.id,
                            requirement.norm.strip(),
                            match.clause.ocr,
                        )
                    )
    return result
