"""Decisions of the inspector in the journal: each with its time and author, nothing is ever overwritten.

The journal is that of ``lna journal``: an SQLite file of this computer, or PostgreSQL. Everybody decides for
themselves: what counts on a person's page is their own word; what others said of the same file stands beside.
"""

from __future__ import annotations

import getpass
import os
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from analyzer.errors import LnaError
from analyzer.model import Audit
from analyzer.reports.content import safe
from analyzer.reports.decision import Choice, Decision

if TYPE_CHECKING:
    from analyzer.district.journal import Journal

_NAMES: dict[Choice, str] = {"confirmed": "confirm", "rejected": "reject"}
_CHOICES: dict[str, Choice] = {"confirm": "confirmed", "reject": "rejected", "note": "", "withdraw": ""}
_UNSIGNED = "без входа"


@dataclass(frozen=True, slots=True)
class Said:
    """Decisions on one file.

    Attributes:
        own: The person's last decision on every statement, by key; one taken back is not there.
        others: The last decision of everybody else, by key.
    """

    own: dict[str, Decision] = field(default_factory=dict)
    others: dict[str, tuple[Decision, ...]] = field(default_factory=dict)


def place() -> str:
    """Where the journal lies: ``LNA_JOURNAL`` (a path or a URL), else a file in the program's data folder."""
    base = os.environ.get("LNA_DATA_DIR") or typer.get_app_dir("lna-analyzer")
    return os.environ.get("LNA_JOURNAL") or str(Path(base) / "journal.sqlite")


def said_of(sha256: str, person: str) -> Said:
    """Decisions on the file with that digest.

    Args:
        sha256: The digest.
        person: Who has signed in, "" without sign-in.

    Raises:
        LnaError: The journal cannot be read.
    """
    at = place()
    if "://" not in at and not Path(at).is_file():
        return Said()  # nobody has decided on anything yet: SQLAlchemy need not be loaded
    with _opened(at) as journal:
        rows = journal.said(sha256)
    last: dict[tuple[str, str], Decision] = {
        (row["author"], row["fingerprint"]): _decision(row) for row in rows if row["decision"] in _CHOICES
    }
    own, others = {}, defaultdict(list)
    for (author, key), decision in last.items():
        if decision.is_empty:
            continue
        if author == _author(person):
            own[key] = decision
        else:
            others[key].append(decision)
    return Said(own, {key: tuple(found) for key, found in others.items()})


def keep(audit: Audit, decision: Decision, person: str) -> None:
    """Writes a decision down; an empty one takes an earlier one back.

    Args:
        audit: The audit that it is about.
        decision: The decision.
        person: Who has signed in, "" without sign-in.

    Raises:
        LnaError: It could not be written.
    """
    at = place()
    if "://" not in at:
        try:
            Path(at).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            advice = "проверьте место и права"
            raise LnaError("not_writable", f"папки журнала {Path(at).parent} нет", advice) from error
    with _opened(at) as journal:
        journal.say(
            _line(audit),
            decision.key,
            "withdraw" if decision.is_empty else _NAMES.get(decision.choice, "note"),
            _author(person),
            comment=decision.comment,
            about=decision.about,
            should=decision.status,
            clause=decision.clause,
            start=decision.start,
            made=datetime.fromisoformat(decision.made_at) if decision.made_at else None,
        )


def _opened(at: str) -> closing[Journal]:
    from analyzer.district.journal import Journal

    return closing(Journal(at))


def _author(person: str) -> str:
    """Name in the journal; several computers may share one, so the account is told where nobody signs in."""
    if person:
        return safe(person)
    try:
        return f"{_UNSIGNED}: {getpass.getuser()}"
    except (OSError, KeyError):  # an account without a name, as containers have it
        return _UNSIGNED


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(
        key=row["fingerprint"],
        choice=_CHOICES[row["decision"]],
        comment=row["comment"],
        about=row["about"],
        status=row["should"],
        clause=row["clause"],
        start=row["start"],
        made_at=row["made"],
        author="" if row["author"].startswith(_UNSIGNED) else row["author"],
    )


def _line(audit: Audit) -> dict[str, Any]:
    """The audit as a line of a run's results; it is taken in without words of the act."""
    from analyzer.reports.compose import fingerprints
    from analyzer.reports.jsonout import audit_json

    told = audit_json(audit)
    for row, mark in zip(told["findings"], fingerprints(audit.findings), strict=True):
        row["fingerprint"] = mark
    return {
        "path": audit.document.name,
        "municipality": "",
        "school": " ".join((audit.act.title_block.organization or "").split()),
        "sha256": audit.document.sha256,
        "state": "audited",
        "audit": told,
        "error": None,
    }
