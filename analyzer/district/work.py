"""One document of a district: bytes in, plain data out. The same on this computer and on a cluster."""

from __future__ import annotations

import base64
import zlib
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from analyzer.audit import audit_document
from analyzer.district.conditions import Task, conditions, mark
from analyzer.district.duplicates import signature
from analyzer.district.tie import tie_to_run
from analyzer.errors import LnaError, internal
from analyzer.language.patterns import find_any
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import indicators
from analyzer.model import Act, Audit
from analyzer.reading import read
from analyzer.reading.sandbox import read_isolated
from analyzer.reports.compose import fingerprint
from analyzer.reports.jsonout import audit_json
from analyzer.reports.mask import mask_names

Data = dict[str, Any]
"""Plain data as JSON knows it."""

_NAME = "документ"  # results must not depend on what a file is called: two schools may send the same one
_LONGEST_QUOTE = 400


def audit_bytes(data: bytes, task: Task) -> Data:
    """The audit of a document as plain data, or why there is none (``{"error": {...}}``).

    Args:
        data: The file.
        task: What is asked.
    """
    try:
        document = read_isolated(data, _NAME, ocr=task.settings.ocr)
        return _told(audit_document(document, task.settings), task)
    except LnaError as error:
        return failure(error.code, error.message, error.advice)
    except Exception as error:  # a fault of our own must cost one document, not the run
        fault = internal(error)
        return failure(fault.code, fault.message, fault.advice)


def audit_checked(data: bytes, task: Task, expected: str) -> Data:
    """``audit_bytes``, refused where the conditions are not those of the run.

    Args:
        data: The file.
        task: What is asked.
        expected: Mark of the run's conditions.

    Returns:
        The result, or ``{"conditions": {...}}``: those found here.
    """
    return audit_bytes(data, task) if _mark_here(task) == expected else {"conditions": conditions(task)}


@cache
def _mark_here(task: Task) -> str:
    return mark(conditions(task))


def settled(result: Data) -> Data:
    """A result of ``audit_checked`` that is a result.

    Raises:
        LnaError: It was made under other conditions.
    """
    if "conditions" in result:
        raise LnaError(
            "other_conditions",
            "программа, чек-листы или модель рабочего процесса не те, с которыми начат прогон",
            "не меняйте их во время прогона; на узлах кластера установите одну и ту же версию",
        )
    return result


def failure(code: str, message: str, advice: str) -> Data:
    """Why there is no audit, as plain data."""
    return {"error": {"code": code, "message": message, "advice": advice}}


def start(task: Task) -> None:
    """Warms a worker of this computer, and ties its life to the life of the run."""
    tie_to_run()
    warm = "1. Школа применяет дистанционные образовательные технологии.".encode()
    audit_document(read(warm, "warm.txt"), task.settings)


def _told(audit: Audit, task: Task) -> Data:
    # Of the act as it is: who is named in it makes two acts neither alike nor different.
    alike = signature(clause.text for clause in audit.act.body)
    if task.masked:
        audit = mask_names(audit)
    told = audit_json(audit)
    for row in told["requirements"]:
        for place in row["evidence"]:
            place["quote"] = place["quote"][:_LONGEST_QUOTE]
    for row, finding in zip(told["findings"], audit.findings, strict=True):
        row["fingerprint"] = fingerprint(finding)
        row["quote"] = None if row["quote"] == _NAME else (row["quote"] or "")[:_LONGEST_QUOTE] or None
        # The law's own words stand in the checklist: thirty times in every result they would be most of it.
        del row["norm"]
        if row["requirement"]:
            del row["fix"]
    told["elsewhere"] = _elsewhere(audit, task)
    told["indicators"] = _indicators(audit.act)
    told["signature"] = alike
    if task.texts:
        told["tree"] = pack(audit.act)
    return {"audit": told}


def _elsewhere(audit: Audit, task: Task) -> list[str]:
    """Requirements that may lawfully live in an act of this title: ``pp-1678/13.в``."""
    title = audit.act.title_block.title or ""
    return [
        f"{item.id}/{requirement.id}"
        for item in map(load_checklist, task.settings.checklists)
        for requirement in item.requirements
        if title and requirement.elsewhere and find_any(requirement.elsewhere.patterns, title)
    ]


def _indicators(act: Act) -> dict[str, str]:
    """Path of the first clause that gives a footing for each indicator."""
    found: dict[str, str] = {}
    for item in indicators().indicators:
        clause = next((clause for clause in act.body if find_any(item.patterns, clause.text)), None)
        if clause is not None:
            found[item.id] = clause.path
    return found


def pack(act: Act) -> str:
    """The clause tree as text."""
    return base64.b64encode(zlib.compress(_act().dump_json(act), 9)).decode()


def unpack(text: str) -> Act:
    """The clause tree that ``pack`` wrote."""
    return _act().validate_json(zlib.decompress(base64.b64decode(text)))


@cache
def _act() -> TypeAdapter[Act]:
    return TypeAdapter(Act)
