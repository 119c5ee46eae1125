"""Reads, draws and marks documents in worker processes: a crash, a hang or a swelling costs a worker.

Workers are warm: one reads many documents. Each has its own process group, temporary folder and limits; on
any trouble the whole group is killed, the folder removed, and the caller gets an error that names the limit.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document
from analyzer.once import once
from analyzer.reading import frames
from analyzer.reading.files import Ocr, check_size, load, readable
from analyzer.reading.limits import LIMITS, MEGABYTE, Limits
from analyzer.reading.process import DiedError, WorkerProcess, sweep

if TYPE_CHECKING:
    from analyzer.reading.drawing import Drawn
    from analyzer.reading.marks import Mark

_Given = TypeVar("_Given")
_MODULE = "analyzer.reading.worker"
_DOCUMENTS = 200  # that one worker reads: then a new one takes over, whatever libraries leaked goes with it
_RESAVE = "сохраните документ заново как DOCX или PDF или разделите его на части"


class Sandbox:
    """Workers, as many at once as documents are asked for, but no more than there are cores."""

    def __init__(self, command: Sequence[str] = (), limits: Limits = LIMITS) -> None:
        """Starts nothing yet.

        Args:
            command: What starts a worker; the reader's own worker by default.
            limits: Limits on a worker.
        """
        self._command = list(command) or [sys.executable, "-P", "-m", _MODULE]
        self._limits = limits
        self._idle: list[WorkerProcess] = []
        self._lock = threading.Lock()
        cores = max(2, os.cpu_count() or 1)
        # A page to look at never waits behind long recognitions.
        self._reading, self._drawing = (threading.BoundedSemaphore(cores) for _ in range(2))

    def warm(self) -> None:
        """Starts a worker, to have it ready when the first document comes."""
        with self._lock:
            if not self._idle:
                self._idle.append(WorkerProcess(self._command, self._limits))

    def read(self, data: bytes, name: str, *, ocr: Ocr = "auto") -> Document:
        """Reads a document in a worker.

        Args:
            data: The file.
            name: Its name as the user knows it.
            ocr: What is recognised from pictures: ``auto``, ``never``, ``always``.

        Raises:
            ReadingError: It cannot be read.
            LimitError: It is over a limit.
        """
        check_size(len(data))
        asked = {"job": "read", "name": readable(name), "ocr": ocr}
        with self._reading:
            return self._asked(asked, data, self._limits.worker_seconds, frames.load)

    def draw(self, data: bytes, page: int, turn: int, width: int) -> Drawn:
        """Draws a page in a worker; see ``drawing.draw_page``.

        Args:
            data: The file: a PDF or a scan.
            page: The page, from 1.
            turn: ``Document.turn`` of that page.
            width: Width of the picture in pixels.

        Raises:
            ReadingError: It cannot be drawn.
            LimitError: It is over a limit.
        """
        from analyzer.reading.drawing import Drawn  # late: who only reads documents draws none

        asked = {"job": "draw", "page": page, "turn": turn, "width": width}
        with self._drawing:
            return self._asked(asked, data, self._limits.draw_seconds, Drawn.load)

    def mark(self, data: bytes, marks: Sequence[Mark]) -> bytes:
        """Writes annotations into a PDF in a worker; see ``pdf_marks.mark_pdf``.

        Args:
            data: The file.
            marks: The annotations.

        Raises:
            ReadingError: They cannot be written.
            LimitError: It is over a limit.
        """
        check_size(len(data))
        asked = {"job": "mark", "marks": [asdict(mark) for mark in marks]}
        with self._drawing:
            return self._asked(asked, data, self._limits.draw_seconds, _pdf)

    def _asked(
        self, asked: Mapping[str, object], data: bytes, seconds: float, load: Callable[[bytes], _Given]
    ) -> _Given:
        worker = self._take()
        keep = False
        try:
            try:
                kind, payload = worker.ask(asked, data, seconds)
            except DiedError:
                raise self._explained(worker) from None
            given, error, keep = _answer(kind, payload, load, self._limits)
        finally:
            self._give_back(worker, keep)
        if given is None:
            raise error or _crashed(self._limits)
        return given

    def close(self) -> None:
        """Ends all workers that wait for work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def forget(self) -> None:
        """Lets go of the workers: after a fork they are the parent's, and end when it closes its pipes."""
        self._lock = threading.Lock()
        idle, self._idle = self._idle, []
        for worker in idle:
            worker.let_go()

    def _take(self) -> WorkerProcess:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return WorkerProcess(self._command, self._limits)
            if worker.is_alive:
                return worker
            worker.close()  # ended by somebody else while it waited

    def _give_back(self, worker: WorkerProcess, keep: bool) -> None:
        if keep and worker.documents < _DOCUMENTS:
            with self._lock:
                self._idle.append(worker)
        else:
            worker.close()

    def _explained(self, worker: WorkerProcess) -> ReadingError:
        limits = self._limits
        if worker.killed_for == "total":
            message = f"чтение заняло больше {worker.allowed:.0f} с (предел времени на документ)"
            return LimitError("limit_time", message, _RESAVE)
        if worker.killed_for == "silence":
            message = f"чтение зависло: {limits.worker_silence:.0f} с без продвижения (предел)"
            return LimitError("limit_silence", message, _RESAVE)
        status = worker.status()
        if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
            message = f"чтение заняло больше {limits.worker_cpu_seconds} с работы процессора (предел)"
            return LimitError("limit_cpu", message, _RESAVE)
        return _crashed(limits)


def _answer(
    kind: bytes, payload: bytes, load: Callable[[bytes], _Given], limits: Limits
) -> tuple[_Given | None, ReadingError | None, bool]:
    """What was asked for or the error that a worker gave, and whether it may go on working."""
    try:
        if kind == frames.ANSWER:
            return load(payload), None, True
        told = json.loads(payload)
        if told["code"] == "limit_memory":
            return None, _memory(limits), False
        error = LimitError if told["limit"] else ReadingError
        return None, error(str(told["code"]), str(told["message"]), str(told["advice"])), not told["retire"]
    except (ValueError, KeyError, TypeError):
        return None, _crashed(limits), False


def _pdf(payload: bytes) -> bytes:
    """What should be a PDF; ValueError when it is none."""
    if not payload.startswith(b"%PDF-"):
        raise ValueError("no PDF")
    return payload


def _memory(limits: Limits) -> LimitError:
    size = limits.worker_memory // MEGABYTE
    return LimitError("limit_memory", f"для чтения файла не хватает {size} МБ памяти (предел)", _RESAVE)


def _crashed(limits: Limits) -> ReadingError:
    size = limits.worker_memory // MEGABYTE
    message = f"чтение аварийно прервалось: файл повреждён, или ему мало {size} МБ памяти (предел)"
    return ReadingError("reader_crashed", message, _RESAVE)


@once
def _shared() -> Sandbox:
    sweep()
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=sandbox.forget)
    return sandbox


def warm() -> None:
    """Starts a worker while the program still loads: its start then costs nothing."""
    _shared().warm()


def read_isolated(source: Path | bytes, name: str = "", *, ocr: Ocr = "auto") -> Document:
    """The document in a file or in some bytes, read in a worker process within limits.

    Args:
        source: The file, or what is in it.
        name: Its name as the user knows it; the file's own by default.
        ocr: What is recognised from pictures: ``auto``, ``never``, ``always``.

    Raises:
        ReadingError: It cannot be read.
        LimitError: It is over a limit, which the message names.
    """
    data = source if isinstance(source, bytes) else load(source)
    return _shared().read(data, name or ("" if isinstance(source, bytes) else source.name), ocr=ocr)


def draw_isolated(data: bytes, page: int, *, turn: int, width: int) -> Drawn:
    """A page as pixels, drawn in a worker process within limits.

    Args:
        data: The file: a PDF or a scan.
        page: The page, from 1.
        turn: ``Document.turn`` of that page.
        width: Width of the picture in pixels.

    Raises:
        ReadingError: It cannot be drawn.
        LimitError: It is over a limit, which the message names.
    """
    return _shared().draw(data, page, turn, width)


def mark_isolated(data: bytes, marks: Sequence[Mark]) -> bytes:
    """A PDF with annotations, written in a worker process within limits.

    Args:
        data: The file.
        marks: The annotations.

    Raises:
        ReadingError: They cannot be written.
        LimitError: It is over a limit, which the message names.
    """
    return _shared().mark(data, marks)
