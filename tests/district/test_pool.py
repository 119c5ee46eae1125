"""Worker processes: one that crashes or hangs loses only its document."""

from datetime import date

import pytest

from analyzer.audit import Settings
from analyzer.district.conditions import Task
from analyzer.district.pool import Job, audit_here
from analyzer.errors import LnaError
from tests.district.workers import crash_or_hang, elsewhere

TASK = Task(Settings(as_of=date(2026, 11, 25)))


@pytest.mark.slow
def test_a_crash_and_a_hang_lose_one_document_each() -> None:
    texts = [b"a", b"crash", b"b", b"hang", b"c", b"exit", b"d", b"e"]
    jobs = [Job(text.decode(), text) for text in texts]
    results = dict(audit_here(iter(jobs), TASK, 2, 5.0, crash_or_hang))
    codes = {name: result["error"]["code"] for name, result in results.items() if "error" in result}
    assert codes == {"crash": "worker_lost", "exit": "worker_lost", "hang": "limit_run_time"}
    assert {name for name, result in results.items() if "audit" in result} == set("abcde")


def test_a_worker_with_another_law_ends_the_run() -> None:
    with pytest.raises(LnaError, match="не те, с которыми начат прогон"):
        list(audit_here(iter([Job("a", b"a")]), TASK, 1, 60.0, elsewhere))
