"""Decisions of the inspector on disk: one file an act, a line a decision, nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Protocol, get_args

import typer

from analyzer.model import Status
from analyzer.reports.decision import Choice, Decision

_SHA256 = re.compile(r"[0-9a-f]{64}")
_STATUSES, _CHOICES = ("", *get_args(Status)), get_args(Choice)


class Journal(Protocol):
    """Where decisions are kept. The journal of a district is another one of these: ``journal`` chooses."""

    def of(self, sha256: str) -> dict[str, Decision]:
        """The last decision on every statement about the file with that digest, by key."""

    def keep(self, sha256: str, decision: Decision) -> None:
        """Writes a decision down; an empty one takes an earlier one back.

        Raises:
            OSError: It could not be written.
        """


class DecisionFiles:
    """Decisions in a folder: ``<sha256>.jsonl``, appended to, so that who decided what and when stays."""

    def __init__(self, folder: Path) -> None:
        """Touches nothing yet.

        Args:
            folder: Made when the first decision comes.
        """
        self._folder = folder

    def of(self, sha256: str) -> dict[str, Decision]:
        """See ``Journal``; a line that a power cut left broken costs itself alone."""
        try:
            lines = self._path(sha256).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return {}
        found = {decision.key: decision for decision in map(_parsed, lines) if decision is not None}
        return {key: decision for key, decision in found.items() if not decision.is_empty}

    def keep(self, sha256: str, decision: Decision) -> None:
        """See ``Journal``."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = json.dumps(asdict(decision), ensure_ascii=False).encode("utf-8", "replace")
        # The line break leads: behind a line that was cut short the next one is still whole.
        with self._path(sha256).open("ab") as file:
            file.write(b"\n" + line)
            file.flush()
            os.fsync(file.fileno())

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a digest")
        return self._folder / f"{sha256}.jsonl"


def journal(person: str = "") -> Journal:
    """The journal of this computer; with sign-in everybody has a folder of their own.

    Args:
        person: Who has signed in, "" without sign-in.
    """
    base = os.environ.get("LNA_DATA_DIR") or typer.get_app_dir("lna-analyzer")
    owner = hashlib.sha256(person.encode()).hexdigest()[:16] if person else "local"
    return DecisionFiles(Path(base) / "decisions" / owner)


def _parsed(line: str) -> Decision | None:
    try:
        decision = Decision(**json.loads(line))
    except (ValueError, TypeError):
        return None
    known = decision.choice in _CHOICES and decision.about in _STATUSES and decision.status in _STATUSES
    texts = (decision.key, decision.comment, decision.clause, decision.made_at)
    return decision if known and all(isinstance(text, str) for text in texts) else None
