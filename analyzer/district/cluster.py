"""The same work on Dask: documents travel to the nodes, plain data comes back; a lost node costs nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import Any

from analyzer.district.conditions import Task, conditions, mark
from analyzer.district.pool import Job
from analyzer.district.work import Data, audit_checked, failure, settled
from analyzer.errors import LnaError, install_extra

_QUEUED = 2  # documents per thread of the cluster in work or next in line
_RETRIES = 3
_CONNECT = 15.0
_LOOK = 5.0  # seconds between two looks at documents that take too long
_DESERTED = 60.0  # seconds without a single node: a nanny starts a lost one again much sooner
_AGAIN = "запустите ту же команду ещё раз: сделанное сохранено"
_ADVICE = "запустите прогон ещё раз; если повторится, проверьте этот файл отдельно"


def dask_modules() -> tuple[Any, Any]:
    """Dask and its ``distributed``.

    Raises:
        LnaError: They are not installed.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        what = "для --scheduler нужен пакет distributed"
        raise LnaError("no_dask", what, install_extra("cluster")) from error
    return dask, distributed


class Cluster:
    """A client of a Dask scheduler."""

    def __init__(
        self,
        address: str,
        task: Task,
        seconds: float,
        work: Callable[[bytes, Task, str], Data] = audit_checked,
    ) -> None:
        """Connects.

        Args:
            address: ``tcp://host:8786``.
            task: What is done to each document.
            seconds: The longest that one document may take.
            work: What a node does.

        Raises:
            LnaError: Dask is not installed, or the scheduler does not answer or has no nodes.
        """
        dask, distributed = dask_modules()
        # Documents go along with their tasks, so that a task can be given to another node at any time.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"})
        try:
            self._client = distributed.Client(address, timeout=_CONNECT)
            self._client.wait_for_workers(1, timeout=_CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            advice = "проверьте адрес, запущены ли dask scheduler и хотя бы один dask worker"
            what = f"планировщик {address} не отвечает, или у него нет узлов"
            raise LnaError("no_scheduler", what, advice) from error
        self._task, self._seconds, self._work = task, seconds, work
        self._began: dict[tuple[Any, str], float] = {}
        self._seen = time.monotonic()
        self._next_look = self._seen + _LOOK
        self._mark = mark(conditions(task))

    def audit(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Data]]:
        """Results as they finish.

        Raises:
            LnaError: A node has another program, law or model, or the cluster is gone.
        """
        running: dict[Any, str] = {}
        try:
            for job in jobs:
                while len(running) >= max(1, sum(self._client.nthreads().values())) * _QUEUED:
                    yield from self._settled(running)
                future = self._client.submit(
                    self._work, job.data, self._task, self._mark,
                    key=f"lna-{self._mark}-{job.sha256}", retries=_RETRIES, pure=True,
                )  # fmt: skip
                running[future] = job.sha256
            while running:
                yield from self._settled(running)
        except (OSError, CancelledError) as error:  # what the client raises when nobody is there any more
            raise LnaError("no_scheduler", "связь с планировщиком потеряна", _AGAIN) from error

    def _settled(self, running: dict[Any, str]) -> Iterator[tuple[str, Data]]:
        """Results that are there, and documents that are given up; both leave ``running``."""
        for future in self._done(running):
            yield running.pop(future), self._result(future)
            future.release()
        for future in self._overdue(running):
            message = f"проверка заняла больше {self._seconds:.0f} с (предел прогона)"
            yield running.pop(future), failure("limit_run_time", message, _ADVICE)

    def close(self) -> None:
        """Leaves the cluster; what was in work there is dropped."""
        self._client.close()

    def _done(self, running: Iterable[Any]) -> set[Any]:
        """What has finished by now, or in the next seconds."""
        import distributed

        wait: Any = distributed.wait
        try:
            done: set[Any] = wait(list(running), timeout=_LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return set()
        return done

    def _result(self, future: Any) -> Data:
        if future.cancelled():
            raise CancelledError
        trouble = future.exception()
        if trouble is not None:
            return failure("worker_lost", f"узел кластера потерян ({type(trouble).__name__})", _ADVICE)
        return settled(future.result())

    def _overdue(self, running: Iterable[Any]) -> list[Any]:
        """Documents that take too long: given up, and the nodes that are stuck on them are started again."""
        now = time.monotonic()
        if now < self._next_look:
            return []
        self._next_look = now + _LOOK
        places = self._in_work(running)
        # From when a node began on a document: what waits behind one that hangs must not be given up with it.
        self._began = {pair: self._began.get(pair, now) for pair in places.items()}
        late = {future: node for (future, node), began in self._began.items() if now - began > self._seconds}
        for future in late:
            future.cancel(force=True)
        if late:
            self._client.restart_workers(sorted(set(late.values())), raise_for_error=False)
        return list(late)

    def _in_work(self, running: Iterable[Any]) -> dict[Any, str]:
        """Documents on which the nodes are at work, and the nodes: each takes its own in order.

        Raises:
            LnaError: There have been no nodes for a while.
        """
        threads = self._client.nthreads()
        self._seen = time.monotonic() if threads else self._seen
        if time.monotonic() - self._seen > _DESERTED:
            raise LnaError("no_nodes", "у планировщика не осталось узлов", f"запустите dask worker; {_AGAIN}")
        found = {}
        for node, keys in self._client.processing().items():
            mine = [future for future in running if future.key in keys]
            found.update(dict.fromkeys(mine[: threads.get(node, 1)], node))
        return found
