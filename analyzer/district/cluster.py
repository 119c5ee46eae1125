"""The same work on Dask: documents travel to the nodes, plain data comes back; a lost node costs nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from analyzer.district.conditions import Task, conditions, mark
from analyzer.district.pool import Job
from analyzer.district.work import Data, audit_checked, failure, settled
from analyzer.errors import LnaError

_QUEUED = 2  # documents per thread of the cluster in work or next in line
_RETRIES = 3
_CONNECT = 15.0
_LOOK = 5.0  # seconds between two looks at documents that take too long
_ADVICE = "запустите прогон ещё раз; если повторится, проверьте этот файл отдельно"


class Cluster:
    """A client of a Dask scheduler."""

    def __init__(self, address: str, task: Task, seconds: float) -> None:
        """Connects.

        Args:
            address: ``tcp://host:8786``.
            task: What is done to each document.
            seconds: The longest that one document may take.

        Raises:
            LnaError: Dask is not installed, or the scheduler does not answer or has no nodes.
        """
        try:
            import dask
            import distributed
        except ImportError as error:
            advice = "установите дополнение cluster"
            raise LnaError("no_dask", "для --scheduler нужен пакет distributed", advice) from error
        # Documents go along with their tasks, so that a task can be given to another node at any time.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"})
        try:
            dask_client: Any = distributed.Client
            self._client = dask_client(address, timeout=_CONNECT)
            self._client.wait_for_workers(1, timeout=_CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            advice = "проверьте адрес, запущены ли dask scheduler и хотя бы один dask worker"
            what = f"планировщик {address} не отвечает, или у него нет узлов"
            raise LnaError("no_scheduler", what, advice) from error
        self._task, self._seconds = task, seconds
        self._mark = mark(conditions(task))

    def audit(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Data]]:
        """Results as they finish.

        Raises:
            LnaError: A node has another program, law or model.
        """
        import distributed

        wait: Any = distributed.wait

        running: dict[Any, tuple[str, float]] = {}

        def finished() -> Iterator[tuple[str, Data]]:
            try:
                done = wait(list(running), timeout=_LOOK, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                yield from self._overdue(running)
                return
            for future in done:
                sha256, _ = running.pop(future)
                yield sha256, self._result(future)
                future.release()

        for job in jobs:
            while len(running) >= max(1, sum(self._client.nthreads().values())) * _QUEUED:
                yield from finished()
            future = self._client.submit(
                audit_checked, job.data, self._task, self._mark,
                key=f"lna-{self._mark}-{job.sha256}", retries=_RETRIES, pure=True,
            )  # fmt: skip
            running[future] = (job.sha256, time.monotonic())
        while running:
            yield from finished()

    def close(self) -> None:
        """Leaves the cluster; what was in work there is dropped."""
        self._client.close()

    def _result(self, future: Any) -> Data:
        trouble = future.exception()
        if trouble is not None:
            return failure("worker_lost", f"узел кластера потерян ({type(trouble).__name__})", _ADVICE)
        return settled(future.result())

    def _overdue(self, running: dict[Any, tuple[str, float]]) -> Iterator[tuple[str, Data]]:
        """Gives up documents that take too long, and restarts the nodes that are stuck on them."""
        late = time.monotonic() - self._seconds * _QUEUED
        for future in [future for future, (_, began) in running.items() if began < late]:
            sha256, _ = running.pop(future)
            nodes = [node for node, keys in self._client.processing().items() if future.key in keys]
            future.cancel(force=True)
            if nodes:
                self._client.restart_workers(nodes, raise_for_error=False)
            message = f"проверка заняла больше {self._seconds * _QUEUED:.0f} с (предел прогона)"
            yield sha256, failure("limit_run_time", message, _ADVICE)
