"""When the law changes: kept clause trees against a new checklist, without the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analyzer.audit import Settings, audit_act
from analyzer.district.journal import Journal
from analyzer.district.work import unpack
from analyzer.model import Document


@dataclass(frozen=True, slots=True)
class Rechecked:
    """An act under the new checklist.

    Attributes:
        audit: The file as the journal has it.
        changes: Requirement → status then and now; None where there was or is none.
    """

    audit: dict[str, Any]
    changes: dict[str, tuple[str | None, str | None]]


def recheck(journal: Journal, settings: Settings, run: str = "") -> Iterator[Rechecked]:
    """Every act of a run whose text was kept, with the requirements whose verdict is another now.

    Args:
        journal: The journal.
        settings: New checklists, day and levels.
        run: Id of the run; the latest by default.
    """
    for audit, packed, then in journal.trees(run):
        document = Document(audit["path"], audit["sha256"], "journal", (), whole_paragraphs=True)
        verdicts = audit_act(document, unpack(packed), settings).verdicts
        now: dict[tuple[str, str], str] = {}
        for item in verdicts:
            now[item.checklist, item.requirement] = item.status
        keys = [*now, *(key for key in then if key not in now)]
        changes = {
            "/".join(key): (then.get(key), now.get(key)) for key in keys if then.get(key) != now.get(key)
        }
        yield Rechecked(audit, changes)
