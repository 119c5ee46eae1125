"""Letters and certificates of all schools, written by as many processes as the run had."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from pathlib import Path

from analyzer.district.letters import Envelope, school_papers
from analyzer.district.model import Summary
from analyzer.district.tie import tie_to_run
from analyzer.errors import LnaError

_FEW = 30  # schools: a process takes longer to start than to write so many letters
_BATCH = 20  # schools a process takes at a time


def write_all(
    target: Path, summary: Summary, envelopes: Sequence[Envelope], jobs: int, tell: Callable[[int], None]
) -> None:
    """Writes the papers of every school.

    Args:
        target: Folder of the papers.
        summary: Of the run.
        envelopes: One a school.
        jobs: Processes.
        tell: Hears how many schools have theirs.

    Raises:
        OSError: The folder cannot be written.
        LnaError: A process was killed.
    """
    # What only the workbook tells about would travel to every process in vain.
    head = replace(summary, schools=(), shares=(), unread=(), alike=(), municipalities=())
    batches = [envelopes[at : at + _BATCH] for at in range(0, len(envelopes), _BATCH)]
    write = partial(_write, target, head)
    if jobs < 2 or len(envelopes) <= _FEW:
        for count in map(write, batches):
            tell(count)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=tie_to_run)
    try:
        for count in pool.map(write, batches):
            tell(count)
    except BrokenProcessPool as error:
        advice = "запустите ту же команду ещё раз: проверенное не повторится"
        raise LnaError("worker_lost", "процесс, который писал письма, аварийно завершился", advice) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _write(target: Path, summary: Summary, batch: Sequence[Envelope]) -> int:
    for envelope in batch:
        for name, data in school_papers(summary, envelope).items():
            (target / name).write_bytes(data)
    return len(batch)
