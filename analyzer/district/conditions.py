"""Under which conditions a result was made: the same bytes under the same conditions are audited once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analyzer.audit import Settings
from analyzer.law.load import checklist as load_checklist
from analyzer.law.load import data_dir
from analyzer.matching.model import MODEL_DIR

PROGRAM = "lna-analyzer"


@dataclass(frozen=True, slots=True)
class Task:
    """What is done to every file of a run.

    Attributes:
        settings: Of the audit.
        texts: The clause tree is kept with the result.
        masked: Names of persons are hidden in the result, so in everything that is made of it.
    """

    settings: Settings
    texts: bool = False
    masked: bool = False


def conditions(task: Task) -> dict[str, Any]:
    """Program, law, model, settings and helpers that a result depends on.

    Raises:
        DataError: A checklist is missing or wrong.
    """
    from analyzer.reading.ocr import engine
    from analyzer.reading.programs import find_program

    settings = task.settings
    lists = [load_checklist(name) for name in settings.checklists]
    own = [Path(name) for name in settings.checklists if Path(name).is_file()]
    return {
        "program": f"{PROGRAM} {version(PROGRAM)}",
        "checklists": [[item.id, item.version] for item in lists],
        "law": _digest([*sorted(data_dir().glob("*.yaml")), *own]),
        "model": _digest(sorted(MODEL_DIR.glob("*.*"))),
        "as_of": settings.as_of.isoformat(),
        "levels": sorted(settings.levels),
        "ocr": settings.ocr,
        "recognition": engine() is not None,
        "converter": find_program("soffice", "libreoffice") is not None,
        "texts": task.texts,
        "masked": task.masked,
    }


def mark(values: dict[str, Any]) -> str:
    """A short name for conditions."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
