"""A small district from end to end with the real model: killed, broken off, spread over a cluster — always the same."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analyzer.district.store import PART, RESULTS, records, run_values
from tests.district.generate import Made, district

pytestmark = pytest.mark.slow
ACTS, DAY = 30, "2026-11-25"
START = "from analyzer.cli import main; main()"


def call(source: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", START, "district", str(source), "--out", str(out), "--jobs", "2", "--as-of", DAY]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*command, *more], cwd=Path(__file__).parents[2], **pipes)


def waited(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, error = process.communicate(timeout=600)
    return process.returncode, out, error


def when(condition: Callable[[], bool], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "не дождались"
        time.sleep(0.05)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def children(pid: int) -> set[int]:
    """Processes below a process, whole tree."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | children(child)
    return found


def said(out: Path) -> str:
    """The page without the id and the time of the run."""
    page = (out / "index.html").read_text("utf-8")
    return re.sub(r"<th>(Прогон|Начат)</th><td>.*?</td>", "", page)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    folder = tmp_path_factory.mktemp("district")
    return folder, district(folder, ACTS)


@pytest.fixture(scope="module")
def whole(made: tuple[Path, Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unbroken run."""
    out = tmp_path_factory.mktemp("whole")
    status, told, error = waited(call(made[0], out))
    assert status == 0, error
    assert f"Найдено {made[1].files} = " in told
    return out


def test_everything_is_accounted_for(made: tuple[Path, Made], whole: Path) -> None:
    values, (_, counts) = run_values(whole), made
    assert (values["found"], values["audited"], values["failed"], values["skipped"]) == (
        counts.files, counts.acts, counts.hostile, counts.litter,
    )  # fmt: skip
    for line in records(whole / RESULTS):
        assert (line["audit"] is None) == (line["state"] != "audited")
        assert line["audit"] or line["error"]["message"]
    names = {path.name for path in whole.iterdir()}
    assert {"summary.xlsx", "index.html", "results.parquet", "journal.sqlite", "schools"} <= names


@pytest.mark.skipif(sys.platform != "linux", reason="смотрит процессы в /proc")
def test_killed_in_the_middle_and_resumed_gives_the_same(made, whole: Path, tmp_path: Path) -> None:
    process = call(made[0], tmp_path)
    when(lambda: lines(tmp_path / PART) > ACTS // 2)
    below = children(process.pid)
    assert len(below) >= 4  # two workers, each with its reader
    os.kill(process.pid, signal.SIGKILL)
    waited(process)
    kept = lines(tmp_path / PART)
    when(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), 20)
    status, told, error = waited(call(made[0], tmp_path))
    assert status == 0, error
    reused = int(re.search(r"без повторной проверки (\d+)", told)[1])
    assert reused >= kept - 2  # litter is told anew
    assert (tmp_path / RESULTS).read_bytes() == (whole / RESULTS).read_bytes()
    assert said(tmp_path) == said(whole)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_by_hand_is_no_error(made, tmp_path: Path, number: int) -> None:
    process = call(made[0], tmp_path)
    when(lambda: lines(tmp_path / PART) > 2)
    process.send_signal(number)
    status, told, error = waited(process)
    assert (status, told) == (130, "")
    assert error == "lna: прервано; сделанное сохранено, та же команда продолжит\n"
    assert run_values(tmp_path)["state"] == "interrupted"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, processes of their own."""
    pytest.importorskip("distributed", reason="нет пакета distributed: дополнение cluster")
    file, quiet = tmp_path / "scheduler.json", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    base = [sys.executable, "-m", "dask"]
    place = ["--scheduler-file", str(file)]
    local = [*base, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *place]
    worker = [*base, "worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", *place]
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))}
    started = [subprocess.Popen(local, cwd=tmp_path, **quiet)]
    try:
        when(file.is_file, 60)
        started += [subprocess.Popen(worker, cwd=tmp_path, env=environment, **quiet) for _ in range(2)]
        address = re.search(r"tcp://[\d.:]+", file.read_text())
        yield address[0], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_gives_the_same(made, whole: Path, tmp_path: Path, cluster) -> None:
    address, workers = cluster
    out = tmp_path / "out"
    process = call(made[0], out, "--scheduler", address)
    when(lambda: process.poll() is not None or lines(out / PART) > ACTS // 3)
    workers[0].kill()
    assert process.poll() is None, "прогон кончился раньше, чем узел был потерян"
    status, _, error = waited(process)
    assert status == 0, error
    assert (out / RESULTS).read_bytes() == (whole / RESULTS).read_bytes()


def test_a_scheduler_that_is_not_there_is_told(made, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="нет пакета distributed: дополнение cluster")
    status, _, error = waited(call(made[0], tmp_path, "--scheduler", "tcp://127.0.0.1:1"))
    assert status == 2
    assert error.startswith("lna: ")
    assert "планировщик" in error
    assert "Traceback" not in error
