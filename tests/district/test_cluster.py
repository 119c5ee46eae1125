"""A Dask cluster on this computer whose nodes hang, crash and go away."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from analyzer.audit import Settings
from analyzer.district import cluster as module
from analyzer.district.cluster import Cluster
from analyzer.district.conditions import Task
from analyzer.district.pool import Job
from analyzer.errors import LnaError
from tests.district.workers import crash_or_hang

distributed = pytest.importorskip("distributed", reason="нет пакета distributed: дополнение cluster")
pytestmark = pytest.mark.slow
TASK = Task(Settings(as_of=date(2026, 11, 25)))


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(module, "_LOOK", 0.5)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
    ) as made:
        yield made


def jobs(*texts: str) -> Iterator[Job]:
    return (Job(text, text.encode()) for text in texts)


def test_a_node_that_hangs_loses_one_document_and_is_started_again(local: Any) -> None:
    # A node that has just been started loads the program first: that is no hang.
    cluster = Cluster(local.scheduler_address, TASK, 20.0, crash_or_hang)
    results = dict(cluster.audit(jobs("a", "hang", "b", "c", "d", "e")))
    nodes = len(cluster._client.nthreads())
    cluster.close()
    codes = {name: result["error"]["code"] for name, result in results.items() if "error" in result}
    assert codes == {"hang": "limit_run_time"}
    assert {name for name, result in results.items() if "audit" in result} == set("abcde")
    assert nodes == 2


def test_a_document_that_kills_nodes_is_given_up(local: Any) -> None:
    cluster = Cluster(local.scheduler_address, TASK, 60.0, crash_or_hang)
    results = dict(cluster.audit(jobs("a", "crash", "b", "c")))
    cluster.close()
    assert {name: result["error"]["code"] for name, result in results.items() if "error" in result} == {
        "crash": "worker_lost"
    }
    assert {name for name, result in results.items() if "audit" in result} == set("abc")


def test_a_cluster_without_nodes_ends_the_run(local: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DESERTED", 1.0)
    cluster = Cluster(local.scheduler_address, TASK, 60.0, crash_or_hang)
    results = cluster.audit(jobs("a", "hang", "b"))
    assert next(results)[0] == "a"
    local.scale(0)
    with pytest.raises(LnaError, match="не осталось узлов; запустите dask worker"):
        list(results)
    cluster.close()


def test_a_lost_scheduler_ends_the_run(local: Any) -> None:
    cluster = Cluster(local.scheduler_address, TASK, 60.0, crash_or_hang)
    results = cluster.audit(jobs("a", "hang", "b"))
    assert next(results)[0] == "a"
    local.close()
    with pytest.raises(LnaError, match="планировщик"):
        list(results)
    cluster.close()
