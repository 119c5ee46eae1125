"""A run over a district: every file found is audited, failed or skipped with a reason."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from analyzer.district.conditions import Task, conditions, mark
from analyzer.district.pool import Job, audit_here, audit_there
from analyzer.district.source import Item, items
from analyzer.district.store import Line, Place, Store, run_values
from analyzer.district.work import Data, failure
from analyzer.errors import LnaError

_BEAT = 1.0  # seconds between two reports on disk


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked for.

    Attributes:
        source: Folder, ZIP, manifest or address.
        out: Folder of the results.
        task: What is done to each document.
        jobs: Worker processes.
        scheduler: Address of a Dask scheduler, "" for this computer alone.
        force: Audit again what has been audited.
        municipalities: First-level folders are municipalities.
        seconds: The longest that one document may take.
    """

    source: str
    out: Path
    task: Task
    jobs: int = 2
    scheduler: str = ""
    force: bool = False
    municipalities: bool = False
    seconds: float = 900.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    Attributes:
        found: Files found.
        audited: With a result.
        failed: Not readable, or lost.
        skipped: Not read on purpose.
        reused: Of all these, audited before: in an earlier run, or as a file with the same content.
        seconds: Since the first document.
    """

    found: int = 0
    audited: int = 0
    failed: int = 0
    skipped: int = 0
    reused: int = 0
    seconds: float = 0.0

    @property
    def done(self) -> int:
        """Files accounted for."""
        return self.audited + self.failed + self.skipped

    @property
    def rate(self) -> float:
        """Documents a second, those of earlier runs not counted."""
        fresh = self.audited + self.failed - self.reused
        return fresh / self.seconds if self.seconds else 0.0


def day_of_law(out: Path, asked: date | None) -> date:
    """As asked; else of the broken run in that folder, which must not move on to another day; else today."""
    values = run_values(out)
    if asked is None and values.get("state") in {"running", "interrupted"}:
        return date.fromisoformat(values["conditions"]["as_of"])
    return asked or date.today()


def run(plan: Plan, tell: Callable[[Progress], None] = lambda progress: None) -> Progress:
    """Audits a district.

    Args:
        plan: What is asked.
        tell: Hears of every step.

    Raises:
        LnaError: The source, the folder of the results or a checklist is wrong.
        KeyboardInterrupt: Broken off; the same call goes on where it stopped.
    """
    # What can be wrong with the call is told before a folder of results is made.
    values = conditions(plan.task)
    if plan.scheduler:
        from analyzer.district.cluster import dask_modules

        dask_modules()
    found = items(plan.source, municipalities=plan.municipalities, leave_out=plan.out)
    store = Store(plan.out)
    try:
        return _Run(plan, values, found, store, tell).go()
    finally:
        store.close()


class _Run:
    """One run: its items, its results, its progress."""

    def __init__(
        self,
        plan: Plan,
        values: dict[str, Any],
        found: list[Item],
        store: Store,
        tell: Callable[[Progress], None],
    ) -> None:
        self._plan, self._store, self._tell = plan, store, tell
        self._mark = mark(values)
        self._values = {**_identity(plan.out, values), "source": plan.source, "conditions": values}
        self._items = found
        self._known = {} if plan.force else store.known(self._mark)
        self._waiting: dict[str, list[Item]] = {}
        self._counts: Counter[str] = Counter()
        self._began = self._beat = time.monotonic()

    def go(self) -> Progress:
        plan, state = self._plan, "interrupted"
        self._status("running")
        try:
            jobs = self._jobs()
            engine = (
                audit_there(jobs, plan.task, plan.scheduler, plan.seconds)
                if plan.scheduler
                else audit_here(jobs, plan.task, plan.jobs, plan.seconds)
            )
            with closing(engine):
                for sha256, result in engine:
                    for item in self._waiting.pop(sha256):
                        self._add(item, sha256, result)
            self._store.finish()
            state = "finished"
        finally:
            self._status(state)
        return self._progress()

    def _jobs(self) -> Iterator[Job]:
        """Documents that must be audited; everything else is settled on the way."""
        for item in self._items:
            if item.skip:
                self._add(item, "", failure("skipped", item.skip, ""), state="skipped")
                continue
            try:
                data = item.read()
            except LnaError as error:
                self._add(item, "", failure(error.code, error.message, error.advice))
                continue
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 in self._known:
                self._again(item, sha256, self._known[sha256])
            elif sha256 in self._waiting:
                self._waiting[sha256].append(item)
            else:
                self._waiting[sha256] = [item]
                yield Job(sha256, data)

    def _again(self, item: Item, sha256: str, place: Place) -> None:
        line = self._store.again(place, self._head(item, sha256))
        self._count(line["state"], reused=True)

    def _add(self, item: Item, sha256: str, result: Data, state: str = "") -> None:
        audit, error = result.get("audit"), result.get("error")
        state = state or ("audited" if audit else "failed")
        line: Line = {**self._head(item, sha256), "state": state, "error": error, "audit": audit}
        self._store.add(line)
        if sha256:
            self._known[sha256] = self._store.place(item.path)
        self._count(state)

    def _head(self, item: Item, sha256: str) -> Line:
        return {
            "path": item.path,
            "school": item.school,
            "municipality": item.municipality,
            "sha256": sha256,
            "conditions": self._mark,
        }

    def _count(self, state: str, *, reused: bool = False) -> None:
        self._counts[state] += 1
        self._counts["reused"] += reused
        now = time.monotonic()
        self._tell(self._progress())
        if now - self._beat > _BEAT:
            self._beat = now
            self._status("running")

    def _progress(self) -> Progress:
        counts, seconds = self._counts, time.monotonic() - self._began
        progress = Progress(len(self._items), counts["audited"], counts["failed"], counts["skipped"])
        return replace(progress, reused=counts["reused"], seconds=seconds)

    def _status(self, state: str) -> None:
        progress = self._progress()
        self._store.status(
            {
                **self._values,
                "state": state,
                "pid": os.getpid(),
                "updated": _now(),
                "found": progress.found,
                "audited": progress.audited,
                "failed": progress.failed,
                "skipped": progress.skipped,
                "reused": progress.reused,
                "seconds": round(progress.seconds, 1),
                "rate": round(progress.rate, 3),
            }
        )


def _identity(out: Path, values: dict[str, Any]) -> Line:
    """Id and beginning of the run: those of the broken run that it goes on with, or new ones."""
    earlier = run_values(out)
    if earlier.get("state") in {"running", "interrupted"} and earlier.get("conditions") == values:
        return {"run": earlier["run"], "started": earlier["started"]}
    return {"run": uuid.uuid4().hex, "started": _now()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
