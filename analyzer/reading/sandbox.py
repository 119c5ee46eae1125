"""Reads, draws and marks documents in worker processes: a crash, a hang or a swelling costs a worker.

Workers are warm: one reads many documents. Each has its own process group, temporary folder and limits; on
any trouble the whole group is killed, the folder removed, and the caller gets an error that names the limit.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from analyzer.errors import LimitError, ReadingError
from analyzer.model import Document
from analyzer.once import once
from analyzer.reading import frames
from analyzer.reading.files import Ocr, check_size, load, readable
from analyzer.reading.limits import LIMITS, MEGABYTE, Limits

if TYPE_CHECKING:
    from analyzer.reading.drawing import Drawn
    from analyzer.reading.marks import Mark

_Given = TypeVar("_Given")
_MODULE = "analyzer.reading.worker"
_ANSWER_FACTOR = 20  # an answer is never that many times the limit on a document's text
_DOCUMENTS = 200  # that one worker reads: then a new one takes over, whatever libraries leaked goes with it
_LAST_MOMENT = 2.0
_FOLDER = "lna-worker-"
_ABANDONED = 24 * 3600.0  # seconds without work after which a folder is nobody's
_KILL_SECONDS = 10.0
_RESAVE = "сохраните документ заново как DOCX или PDF или разделите его на части"


class _DiedError(Exception):
    """The worker is gone without an answer."""


class _Worker:
    """One process and what belongs to it."""

    def __init__(self, command: Sequence[str], limits: Limits) -> None:
        self.limits = limits
        self.documents = 0
        self.killed_for = ""
        self.allowed = limits.worker_seconds
        self.folder = tempfile.mkdtemp(prefix=_FOLDER)
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {
            **os.environ, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": self.folder, "TEMP": self.folder,
            "TMP": self.folder, "LNA_WORKER_FOLDER": self.folder, "OPENBLAS_NUM_THREADS": "1",
        }  # fmt: skip
        bounds = (
            limits.worker_memory,
            limits.worker_file_bytes,
            limits.worker_cpu_seconds,
            limits.upload_bytes,
        )
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [*command, *map(str, bounds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment, cwd=self.folder, start_new_session=True,
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout  # noqa: S101  (asked for above; for the type checker)
        self._pipes = (self._process.stdin, self._process.stdout)
        self._heard = time.monotonic()

    def ask(self, asked: Mapping[str, object], data: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Sends a document and waits for the answer, killing the worker when it takes too long.

        Args:
            asked: The job, by name, and what it needs to know.
            data: The file.
            seconds: For all of it.

        Raises:
            _DiedError: There is no answer.
        """
        self.documents += 1
        self.allowed = seconds
        with suppress(OSError):
            os.utime(self.folder)  # in use: see ``_sweep``
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), daemon=True)
        watch.start()
        source, sink = self._pipes
        try:
            frames.write_frame(source, frames.REQUEST, json.dumps(asked).encode())
            frames.write_frame(source, frames.DATA, data)
            largest = self.limits.text_characters * _ANSWER_FACTOR
            while True:
                frame = frames.read_frame(sink, largest)
                if frame is None:
                    raise _DiedError
                if frame[0] != frames.PROGRESS:
                    return frame
                self._heard = time.monotonic()
        except OSError as error:
            raise _DiedError from error
        finally:
            done.set()
            watch.join()

    def _watch(self, done: threading.Event) -> None:
        """Kills the worker when it is silent, or busy, for too long."""
        began = self._heard = time.monotonic()
        while True:
            now = time.monotonic()
            silence = self._heard + self.limits.worker_silence - now
            total = began + self.allowed - now
            if min(silence, total) <= 0:
                self.killed_for = "total" if total <= 0 else "silence"
                self._signal()
                return
            if done.wait(min(silence, total)):
                return

    @property
    def is_alive(self) -> bool:
        """False when the process is gone, or its folder: a cleaner of temporary files may take it."""
        return self._process.poll() is None and Path(self.folder).is_dir()

    def status(self) -> int | None:
        """Exit status of a worker that died by itself: it closes its pipe a moment before it is gone."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_LAST_MOMENT)
        return None

    def close(self) -> None:
        """Ends the process with all its children and removes its folder."""
        self._signal()
        self._process.wait()
        self.let_go()
        shutil.rmtree(self.folder, ignore_errors=True)

    def let_go(self) -> None:
        """Closes the pipes."""
        for pipe in self._pipes:
            with suppress(OSError):
                pipe.close()

    def _signal(self) -> None:
        if sys.platform == "win32":
            _end_tree(self._process)
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """Ends a process of Windows, which knows no process groups to kill, with all that it started."""
    if process.poll() is not None:
        return  # its number may be another process's by now
    system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603  (the system's own program)
            [system, "/F", "/T", "/PID", str(process.pid)], timeout=_KILL_SECONDS, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    process.kill()  # taskkill may be forbidden or gone; does nothing to a process that has ended


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
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        cores = max(2, os.cpu_count() or 1)
        # A page to look at never waits behind long recognitions.
        self._reading, self._drawing = (threading.BoundedSemaphore(cores) for _ in range(2))

    def warm(self) -> None:
        """Starts a worker, to have it ready when the first document comes."""
        with self._lock:
            if not self._idle:
                self._idle.append(_Worker(self._command, self._limits))

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
            except _DiedError:
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

    def _take(self) -> _Worker:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return _Worker(self._command, self._limits)
            if worker.is_alive:
                return worker
            worker.close()  # ended by somebody else while it waited

    def _give_back(self, worker: _Worker, keep: bool) -> None:
        if keep and worker.documents < _DOCUMENTS:
            with self._lock:
                self._idle.append(worker)
        else:
            worker.close()

    def _explained(self, worker: _Worker) -> ReadingError:
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


def _sweep() -> None:
    """Removes what a power cut or a kill of everything left of documents; a folder in use is younger."""
    limit = time.time() - _ABANDONED
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)


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
    _sweep()
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
