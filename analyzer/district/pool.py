"""Engines: the same jobs on the processes of this computer, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, TimeoutError, wait
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from pebble import ProcessExpired, ProcessPool

from analyzer.district.conditions import Task, conditions, mark
from analyzer.district.work import Data, audit_checked, failure, settled, start

_DOCUMENTS = 300  # that one worker audits: then a new one takes over, and what libraries leaked goes with it
_QUEUED = 2  # documents per worker in work or next in line: all that a killed run loses
_ADVICE = "запустите прогон ещё раз; если повторится, проверьте этот файл отдельно"


Results = Generator[tuple[str, Data], None, None]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be audited."""

    sha256: str
    data: bytes


def audit_here(
    jobs: Iterable[Job],
    task: Task,
    workers: int,
    seconds: float,
    work: Callable[[bytes, Task, str], Data] = audit_checked,
) -> Results:
    """Audits documents in warm worker processes, as they finish.

    A worker that crashes or takes too long costs its document alone.

    Args:
        jobs: Documents; taken as workers get free.
        task: What is done to each.
        workers: Number of processes.
        seconds: The longest that one document may take.
        work: What a worker does.

    Yields:
        SHA-256 of a document and its result.
    """
    context: Any = multiprocessing.get_context("spawn")  # Windows types its pipes otherwise than pebble asks
    pool: Any = ProcessPool(
        max_workers=workers,
        max_tasks=_DOCUMENTS,
        context=context,
        initializer=start,
        initargs=(task,),
    )
    running: dict[Any, str] = {}
    expected = mark(conditions(task))

    def finished() -> Iterator[tuple[str, Data]]:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), _result(future, seconds)

    try:
        for job in jobs:
            while len(running) >= workers * _QUEUED:
                yield from finished()
            future = pool.schedule(work, args=(job.data, task, expected), timeout=seconds)
            running[future] = job.sha256
        while running:
            yield from finished()
        pool.close()
    finally:
        pool.stop()
        pool.join()


def _result(future: Any, seconds: float) -> Data:
    try:
        result: Data = settled(future.result())
    except TimeoutError:
        return failure("limit_run_time", f"проверка заняла больше {seconds:.0f} с (предел прогона)", _ADVICE)
    except ProcessExpired as error:
        return failure("worker_lost", f"рабочий процесс аварийно завершился ({error.exitcode})", _ADVICE)
    return result


def audit_there(jobs: Iterable[Job], task: Task, address: str, seconds: float) -> Results:
    """Audits documents on a Dask cluster (extra ``cluster``), as they finish; as ``audit_here`` does."""
    from analyzer.district.cluster import Cluster

    with closing(Cluster(address, task, seconds)) as cluster:
        yield from cluster.audit(jobs)
