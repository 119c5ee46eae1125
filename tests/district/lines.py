"""Results made by hand, so that tests of papers and journals do not wait for the model."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np

from analyzer.district.store import RESULTS, RUN
from analyzer.district.work import pack
from analyzer.law.load import checklist
from analyzer.model import Act, Clause, TitleBlock

IDS = [item.id for item in checklist("pp-1678").requirements]
EVIL = "=HYPERLINK(\"http://x\") <script>alert(1)</script> & ![](http://x) \x0b"
SECRET = "Пупырышкина Октябрина Бонифатьевна"


def requirement(name: str, status: str, quote: str = "слова акта") -> dict[str, Any]:
    found = status in {"covered", "partial", "contradicted"}
    return {
        "id": name, "checklist": "pp-1678", "title": name, "status": status, "confidence": 0.9, "review": False,
        "restated": False, "missing_aspects": ["срок"] if status == "partial" else [],
        "lacking": ["не указан срок"] if status == "partial" else [], "reason": "",
        "evidence": [{"clause": "3.4", "page": 2, "quote": quote, "score": 0.9, "restated": False}] if found else [],
    }  # fmt: skip


def finding(rule: str = "REF001", severity: str = "error", message: str = "акт отменён", quote: str = SECRET) -> dict:
    return {
        "rule": rule, "severity": severity, "message": message, "clause": "1.2", "page": 1, "quote": quote,
        "fix": "замените", "requirement": None, "ocr": False, "fingerprint": f"{rule}-{message}",
    }  # fmt: skip


def citation(act_id: str = "order-816-2017", status: str = "repealed", historical: bool = False) -> dict:
    return {"act_id": act_id, "status": status, "historical": historical}


def signature(seed: int) -> str:
    values = np.random.default_rng(seed).integers(0, 2**32, 128, dtype=np.uint64).astype("<u4")
    return base64.b64encode(values.tobytes()).decode()


def audited(
    path: str, statuses: dict[str, str], *, on_subject: bool = True, elsewhere: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    clause = Clause("1.1", "1.1.", f"Школа применяет ДОТ. {SECRET}", 1, False, 1, 0, 20)
    rest = "missing" if on_subject else "not_applicable"
    audit = {
        "act": {"title": f"Положение {path}", "approved_on": "2024-08-30", "approval_number": "86",
                "on_subject": on_subject, "clauses": 1},
        "requirements": [requirement(name, statuses.get(name, rest)) for name in IDS],
        "citations": [], "findings": [], "summary": {"errors": 1, "warnings": 0}, "elsewhere": list(elsewhere),
        "indicators": {}, "signature": "", "tree": pack(Act(TitleBlock(), (clause,))), **more,
    }  # fmt: skip
    return _line(path, "audited", audit=audit)


def failed(path: str, state: str = "failed", message: str = "файл пуст") -> dict[str, Any]:
    return _line(path, state, error={"code": "empty", "message": message, "advice": ""})


def _line(path: str, state: str, audit: Any = None, error: Any = None) -> dict[str, Any]:
    town, rest = path.split("/", 1)
    school = rest.rsplit("/", 1)[0]  # a name of a school may hold slashes
    return {
        "path": path, "school": school, "municipality": town, "sha256": path, "conditions": "c", "state": state,
        "audit": audit, "error": error,
    }  # fmt: skip


def finished(folder: Path, lines: list[dict[str, Any]], *, run: str = "0123456789abcdef") -> Path:
    """A folder as a finished run leaves it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in sorted(lines, key=lambda x: x["path"]))
    (folder / RESULTS).write_text(text, encoding="utf-8")
    states = [line["state"] for line in lines]
    values = {
        "run": run, "source": "район", "started": "2026-11-25T10:00:00+00:00", "state": "finished",
        "found": len(lines), **{state: states.count(state) for state in ("audited", "failed", "skipped")},
        "conditions": {
            "program": "lna-analyzer 0", "law": "l", "model": "m", "as_of": "2026-11-25", "levels": [], "ocr": "auto",
            "recognition": True, "converter": False, "checklists": [["pp-1678", "1"]], "texts": True,
        },
    }  # fmt: skip
    (folder / RUN).write_text(json.dumps(values), encoding="utf-8")
    return folder
