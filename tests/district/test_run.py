"""A run: every file accounted for, nothing done twice, a stop loses nothing that was done."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from analyzer.audit import Settings
from analyzer.district import run as module
from analyzer.district.conditions import Task
from analyzer.district.pool import Job
from analyzer.district.run import Plan, Progress, day_of_law, run
from analyzer.district.store import PART, PREVIOUS, RESULTS, Store, records, run_values
from analyzer.district.work import Data, failure
from analyzer.errors import LnaError

DAY = date(2026, 11, 25)


class Engine:
    """In place of worker processes: notes what was asked, stops where it is told."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.stop_after = 10**9

    def __call__(self, jobs: Iterable[Job], task: Task, workers: int, seconds: float) -> Iterator[tuple[str, Data]]:
        for number, job in enumerate(jobs):
            if number >= self.stop_after:
                raise KeyboardInterrupt
            self.asked.append(job.data)
            bad = job.data.startswith(b"bad")
            result = failure("empty", "плохо", "") if bad else {"audit": {"text": job.data.decode()}}
            yield job.sha256, result


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(module, "audit_here", made)
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for number in range(6):
        path = tmp_path / "district" / f"Ш{number % 2}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{'bad' if number == 5 else 'act'} {number}".encode())
    (tmp_path / "district" / "Ш0" / "~$lock.docx").write_bytes(b"")
    return tmp_path / "district"


def plan(source: Path, out: Path, **more) -> Plan:
    settings = more.pop("settings", Settings(as_of=DAY))
    return Plan(str(source), out, Task(settings), **more)


def test_every_file_is_accounted_for(engine: Engine, source: Path, tmp_path: Path) -> None:
    steps: list[Progress] = []
    progress = run(plan(source, tmp_path / "out"), steps.append)
    assert (progress.found, progress.audited, progress.failed, progress.skipped) == (7, 5, 1, 1)
    assert [step.done for step in steps] == list(range(1, 8))
    lines = list(records(tmp_path / "out" / RESULTS))
    assert [line["path"] for line in lines] == sorted(line["path"] for line in lines)
    assert len(lines) == 7
    assert run_values(tmp_path / "out")["state"] == "finished"
    assert not (tmp_path / "out" / PART).exists()


def test_a_second_run_audits_nothing_and_changes_nothing(engine: Engine, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(plan(source, out))
    before, engine.asked = (out / RESULTS).read_bytes(), []
    progress = run(plan(source, out))
    assert engine.asked == []
    assert progress.reused == 6
    assert (out / RESULTS).read_bytes() == before
    assert not (out / PREVIOUS).exists()


def test_only_what_changed_is_audited_again(engine: Engine, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(plan(source, out))
    before, engine.asked = (out / RESULTS).read_bytes(), []
    (source / "Ш0" / "0.txt").write_bytes(b"act new")
    (source / "Ш1" / "1.txt").rename(source / "Ш0" / "moved.txt")
    run(plan(source, out))
    assert engine.asked == [b"act new"]
    assert (out / PREVIOUS).read_bytes() == before
    moved = [line for line in records(out / RESULTS) if line["path"] == "Ш0/moved.txt"]
    assert [(line["school"], line["audit"]["text"]) for line in moved] == [("Ш0", "act 1")]


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"force": True}, 6),
        ({"settings": Settings(as_of=date(2025, 1, 1))}, 6),
        ({"settings": Settings(as_of=DAY, levels=frozenset({"соо"}))}, 6),
        ({"jobs": 7}, 0),
    ],
)
def test_other_conditions_are_another_result(engine: Engine, source: Path, tmp_path: Path, more, asked) -> None:
    run(plan(source, tmp_path / "out"))
    engine.asked = []
    run(plan(source, tmp_path / "out", **more))
    assert len(engine.asked) == asked


def test_a_stopped_run_goes_on_and_gives_the_same(engine: Engine, source: Path, tmp_path: Path) -> None:
    run(plan(source, tmp_path / "whole"))
    out, engine.stop_after, engine.asked = tmp_path / "out", 3, []
    with pytest.raises(KeyboardInterrupt):
        run(plan(source, out))
    stopped = run_values(out)
    assert (stopped["state"], stopped["audited"]) == ("interrupted", 3)
    with (out / PART).open("ab") as part:
        part.write('{"path": "Ш1/5.txt", "sha'.encode())  # as a kill in the middle of a line leaves it
    engine.stop_after = 10**9
    run(plan(source, out))
    assert len(engine.asked) == 6
    assert (out / RESULTS).read_bytes() == (tmp_path / "whole" / RESULTS).read_bytes()
    assert run_values(out)["run"] == stopped["run"]


def test_a_stopped_run_goes_on_with_its_day(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"state": "running", "conditions": {"as_of": "2026-01-02"}}))
    assert day_of_law(tmp_path, None) == date(2026, 1, 2)
    assert day_of_law(tmp_path, DAY) == DAY
    assert day_of_law(tmp_path / "none", None) == date.today()


def test_the_same_file_in_two_schools_is_audited_once(engine: Engine, source: Path, tmp_path: Path) -> None:
    (source / "Ш1" / "copy.txt").write_bytes(b"act 0")
    progress = run(plan(source, tmp_path / "out"))
    assert engine.asked.count(b"act 0") == 1
    assert progress.audited == 6
    assert len(list(records(tmp_path / "out" / RESULTS))) == 8


def test_faults_of_the_machine_are_tried_again(
    engine: Engine, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(jobs, *_):
        for job in jobs:
            yield job.sha256, failure("worker_lost", "упал", "")

    monkeypatch.setattr(module, "audit_here", lost)
    assert run(plan(source, tmp_path / "out")).failed == 6
    monkeypatch.setattr(module, "audit_here", engine)
    assert run(plan(source, tmp_path / "out")).audited == 5


def test_two_runs_do_not_share_a_folder(engine: Engine, source: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "out")
    with pytest.raises(LnaError, match="уже идёт"):
        run(plan(source, tmp_path / "out"))
    store.close()
    run(plan(source, tmp_path / "out"))


@pytest.mark.parametrize(
    ("lacking", "where", "more", "said"),
    [
        ("dask", "", {"scheduler": "tcp://127.0.0.1:1"}, r'дополнение cluster: pip install "\.\[cluster\]"'),
        ("fsspec", "s3://acts/2026", {}, r'дополнение remote: pip install "\.\[remote\]"'),
        ("", "/nowhere", {}, "источника /nowhere нет"),
    ],
)
def test_what_is_wrong_with_a_call_leaves_no_folder(
    engine: Engine, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking, where, more, said
) -> None:
    if lacking:
        monkeypatch.setitem(sys.modules, lacking, None)
    settings = Task(Settings(as_of=DAY))
    with pytest.raises(LnaError, match=said):
        run(Plan(where or str(source), tmp_path / "out", settings, **more))
    assert not (tmp_path / "out").exists()
    assert engine.asked == []
