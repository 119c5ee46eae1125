"""A worker process from outside: its folder, its limits, questions and answers, and its end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from analyzer.reading import frames
from analyzer.reading.limits import Limits

_ANSWER_FACTOR = 20  # an answer is never that many times the limit on a document's text
_LAST_MOMENT = 2.0
_FOLDER = "lna-worker-"
_ABANDONED = 24 * 3600.0  # seconds without work after which a folder is nobody's
_KILL_SECONDS = 10.0


class DiedError(Exception):
    """The worker is gone without an answer."""


class WorkerProcess:
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
            DiedError: There is no answer.
        """
        self.documents += 1
        self.allowed = seconds
        with suppress(OSError):
            os.utime(self.folder)  # in use: see ``sweep``
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
                    raise DiedError
                if frame[0] != frames.PROGRESS:
                    return frame
                self._heard = time.monotonic()
        except OSError as error:
            raise DiedError from error
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
            end_tree(self._process)
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def end_tree(process: subprocess.Popen[bytes]) -> None:
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


def sweep() -> None:
    """Removes what a power cut or a kill of everything left of documents; a folder in use is younger."""
    limit = time.time() - _ABANDONED
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
