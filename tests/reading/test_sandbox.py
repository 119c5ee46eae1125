"""The contract of isolation: good, bad, hung, crashed and swollen readings; nothing is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx_builder import docx, p
from pdf_builder import Page, pdf

from analyzer.errors import LimitError, ReadingError
from analyzer.reading import frames, read, sandbox
from analyzer.reading import process as worker_process
from analyzer.reading.drawing import draw_page
from analyzer.reading.limits import MEGABYTE, Limits
from analyzer.reading.sandbox import Sandbox, read_isolated

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for left processes in /proc")

TEXT = "1. Школа применяет электронное обучение.\n2. Родители извещаются."
PDF = pdf(Page().lines(60, 60, *["1.1. Школа применяет электронное обучение"] * 3))
LIMITS = Limits(draw_seconds=2.5, worker_silence=3.0, worker_seconds=5.0, worker_cpu_seconds=60, worker_memory=600 * MEGABYTE)
BUSY = Limits(worker_cpu_seconds=1, worker_memory=600 * MEGABYTE)

# A worker whose reader does what the name of the document says.
STUB = """
import ctypes, os, socket, subprocess, sys, time
from analyzer.errors import ReadingError
from analyzer.reading import frames
from analyzer.reading.files import read
from analyzer.reading.worker import JOBS, serve

def reader(data, asked, progress):
    name = asked["name"]
    if name == "hang": time.sleep(60)
    if name == "slow":
        while True:
            time.sleep(0.2); progress()
    if name == "spin":
        while True: pass
    if name == "crash": ctypes.string_at(0)
    if name == "exit": os._exit(3)
    if name == "swell": bytearray(4 << 30)
    if name == "write":
        with open("big", "wb") as file: file.write(bytes(300 << 20))
    if name == "child":
        child = subprocess.Popen(["sleep", "60"]); open("left.tmp", "w").write(str(child.pid)); time.sleep(60)
    if name == "bug": {}["слово из документа"]
    if name == "deep": deep()
    if name == "net": socket.create_connection(("127.0.0.1", int(data)))
    if name == "print": print("noise"); os.write(1, b"noise"); sys.stderr.write("noise")
    if name == "lie": os.write(4, b"A\\0\\0\\0\\x02{}"); os.write(3, b"A\\0\\0\\0\\x02{}")
    return frames.dump(read(data, name, ocr=asked["ocr"]))

def drawer(data, asked, progress):
    if asked["page"] == 7: time.sleep(60)
    if asked["page"] == 8: ctypes.string_at(0)
    if asked["page"] == 9: return b"\\0" * 15
    return JOBS["draw"](data, asked, progress)

def deep(): deep()

serve({"read": reader, "draw": drawer}, *map(int, sys.argv[1:5]))
"""


_EARLIER: set[int] = set()


@pytest.fixture(autouse=True)
def earlier_children() -> None:
    """Helpers that other tests of this process left running (a resource tracker, a kernel) are not ours."""
    _EARLIER.clear()
    _EARLIER.update(every_child())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, to see what is left in it."""
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    return own


@pytest.fixture
def stub(folder: Path, tmp_path: Path) -> Iterator[Sandbox]:
    (tmp_path / "stub.py").write_text(STUB, encoding="utf-8")
    made = Sandbox([sys.executable, str(tmp_path / "stub.py")], LIMITS)
    yield made
    made.close()
    assert_nothing_left(folder)


@pytest.fixture
def busy(folder: Path, tmp_path: Path) -> Iterator[Sandbox]:
    (tmp_path / "stub.py").write_text(STUB, encoding="utf-8")
    made = Sandbox([sys.executable, str(tmp_path / "stub.py")], BUSY)
    yield made
    made.close()
    assert_nothing_left(folder)


def assert_nothing_left(folder: Path) -> None:
    assert list(folder.iterdir()) == []
    assert children() == set()


@pytest.fixture
def real(folder: Path) -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()
    assert_nothing_left(folder)


def children() -> set[int]:
    """Processes that this test started and that are still there."""
    return every_child() - _EARLIER


def every_child() -> set[int]:
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        found |= set(map(int, (task / "children").read_text().split()))
    return found


@pytest.mark.parametrize("data", [TEXT.encode(), PDF, docx(p("Положение"))], ids=["txt", "pdf", "docx"])
def test_document_is_the_same_as_without_isolation(real: Sandbox, data: bytes) -> None:
    assert real.read(data, "акт") == read(data, "акт")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (PDF[: len(PDF) // 3], "broken_pdf"),
        (docx(p("Положение"))[:300], "truncated"),
        (bytes(range(256)) * 40, "not_text"),
        (bytes(51 * MEGABYTE), "limit_upload"),
    ],
)
def test_refusals_come_through_and_the_worker_goes_on(real: Sandbox, data: bytes, code: str) -> None:
    for _ in range(2):
        with pytest.raises(ReadingError) as refused:
            real.read(data, "акт")
        assert refused.value.code == code
        assert isinstance(refused.value, LimitError) == code.startswith("limit")
    assert real.read(TEXT.encode(), "акт").text == TEXT


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("hang", "limit_silence", "3 с без продвижения (предел)"),
        ("slow", "limit_time", "больше 5 с (предел"),
        ("child", "limit_silence", "3 с без продвижения"),
        ("swell", "limit_memory", "600 МБ памяти (предел)"),
        ("crash", "reader_crashed", "аварийно прервалось"),
        ("exit", "reader_crashed", "аварийно прервалось"),
        ("write", "reader_failed", "OSError"),
        ("bug", "reader_failed", "KeyError"),
        ("deep", "reader_failed", "RecursionError"),
    ],
)
def test_trouble_is_ended_and_named(stub: Sandbox, what: str, code: str, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadingError) as refused:
        stub.read(TEXT.encode(), what)
    assert time.monotonic() - began < 9
    assert (refused.value.code, said in refused.value.message) == (code, True), refused.value.message
    assert isinstance(refused.value, LimitError) == code.startswith("limit")
    assert "слово из документа" not in str(refused.value)
    assert stub.read(TEXT.encode(), "good").text == TEXT


@pytest.mark.parametrize(
    ("page", "code"), [(7, "limit_time"), (8, "reader_crashed"), (9, "reader_crashed"), (3, "no_picture")]
)
def test_a_page_is_drawn_or_the_trouble_is_named(stub: Sandbox, page: int, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadingError) as refused:
        stub.draw(PDF, page, 0, 400)
    assert (refused.value.code, time.monotonic() - began < 9) == (code, True)
    assert stub.draw(PDF, 1, 0, 400) == draw_page(PDF, 1, 0, 400)


def test_a_tree_of_windows_processes_is_ended_by_its_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "System32" / "taskkill.exe"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    program.chmod(0o755)
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    process = subprocess.Popen(["sleep", "60"])
    for _ in range(2):  # once it is gone its number is nobody's to kill
        worker_process.end_tree(process)
        process.wait(5)
    assert (tmp_path / "asked").read_text() == f"/F /T /PID {process.pid}\n"


def test_a_page_does_not_wait_for_long_readings(stub: Sandbox) -> None:
    def hang() -> None:
        with pytest.raises(LimitError):
            stub.read(TEXT.encode(), "hang")

    threads = [threading.Thread(target=hang) for _ in range(max(2, os.cpu_count() or 1) + 1)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert stub.draw(PDF, 1, 0, 400).width > 0
    assert time.monotonic() - began < LIMITS.worker_silence
    for thread in threads:
        thread.join()


def test_processor_time_is_limited_document_by_document(busy: Sandbox) -> None:
    for _ in range(3):
        busy.read(TEXT.encode() * 20_000, "good")
    with pytest.raises(LimitError, match="1 с работы процессора"):
        busy.read(TEXT.encode(), "spin")


def test_children_of_a_worker_die_with_it(stub: Sandbox, folder: Path) -> None:
    errors: list[ReadingError] = []

    def ask() -> None:
        with pytest.raises(LimitError) as refused:
            stub.read(TEXT.encode(), "child")
        errors.append(refused.value)

    thread = threading.Thread(target=ask)
    thread.start()
    marks: list[Path] = []
    while not (marks and marks[0].read_text()):
        marks = list(folder.glob("*/left.tmp"))
    child = int(marks[0].read_text())
    assert Path(f"/proc/{child}").exists()
    thread.join()
    deadline = time.monotonic() + 3
    while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
        assert time.monotonic() < deadline, "the program that the worker started lives on"
    assert errors
    assert not marks[0].exists()


def test_parsers_have_no_network(stub: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(ReadingError, match="PermissionError"):
            stub.read(str(server.getsockname()[1]).encode(), "net")
        with pytest.raises(TimeoutError):
            server.accept()


def test_noise_and_lies_do_no_harm(stub: Sandbox) -> None:
    assert stub.read(TEXT.encode(), "print").text == TEXT
    with pytest.raises(ReadingError) as refused:
        stub.read(TEXT.encode(), "lie")
    assert refused.value.code == "reader_crashed"


def test_worker_is_warm_and_used_again(real: Sandbox) -> None:
    real.warm()
    started = children()
    for _ in range(3):
        real.read(TEXT.encode(), "акт")
        assert children() == started
    began = time.monotonic()
    real.read(TEXT.encode(), "акт")
    assert time.monotonic() - began < 0.2


def test_worker_that_died_while_idle_is_replaced(real: Sandbox) -> None:
    real.read(TEXT.encode(), "акт")
    (worker,) = children()
    os.kill(worker, 9)
    while ") Z" not in Path(f"/proc/{worker}/stat").read_text():
        time.sleep(0.01)
    assert real.read(TEXT.encode(), "акт").text == TEXT


def test_documents_side_by_side(real: Sandbox) -> None:
    read_texts: dict[int, str] = {}

    def work(number: int) -> None:
        read_texts[number] = real.read(f"{number}. {TEXT}".encode(), "акт").text

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_texts == {number: f"{number}. {TEXT}" for number in range(8)}


@pytest.mark.parametrize("terminated", [False, True])
def test_worker_ends_with_the_program(folder: Path, terminated: bool) -> None:
    made = Sandbox()
    made.read(TEXT.encode(), "акт")
    (worker,) = children()
    if terminated:
        os.kill(worker, signal.SIGTERM)
    else:
        made._idle[0].let_go()  # what the end of the program does
    os.waitpid(worker, 0)
    assert list(folder.iterdir()) == []


def test_fork_does_not_share_a_worker(real: Sandbox) -> None:
    real.read(TEXT.encode(), "акт")
    (worker,) = children()
    child = os.fork()
    if not child:
        real.forget()
        same = real.read(TEXT.encode(), "акт").text == TEXT and worker not in children()
        real.close()
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert real.read(TEXT.encode(), "акт").text == TEXT
    assert children() == {worker}


def test_paths_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "--акт.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = read_isolated(path)
    assert (document.name, document.text) == ("--акт.txt", TEXT)
    assert read_isolated(TEXT.encode(), "b.txt").name == "b.txt"
    # Bytes of another code page in a name, and a Russian name under LANG=C.
    assert read_isolated(TEXT.encode(), b"\xe0.txt".decode(errors="surrogateescape")).name == "\ufffd.txt"
    assert read_isolated(TEXT.encode(), "а.txt".encode().decode("ascii", "surrogateescape")).name == "а.txt"
    with pytest.raises(ReadingError) as refused:
        read_isolated(tmp_path / "нет.txt")
    assert refused.value.code == "not_found"
    sandbox._shared().close()


def test_frames_keep_a_document_and_refuse_others() -> None:
    document = read(PDF, "акт")
    assert frames.load(frames.dump(document)) == document
    for payload in (b"{}", b"[]", b"null", b"\x80\x04K\x01."):
        with pytest.raises(ValueError, match=r"\S"):
            frames.load(payload)


def test_what_a_power_cut_left_is_removed_and_what_is_in_use_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(worker_process.tempfile, "gettempdir", lambda: str(tmp_path))
    old, new = tmp_path / "lna-worker-old", tmp_path / "lna-worker-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "source.doc").write_bytes(b"words of an act")
    os.utime(old, (0, 0))
    worker_process.sweep()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_worker_whose_folder_was_taken_is_replaced():
    own = Sandbox()
    try:
        own.warm()
        shutil.rmtree(own._idle[0].folder)
        assert own.read("1. Пункт.".encode(), "a.txt").text == "1. Пункт."
    finally:
        own.close()
