"""The process that reads, draws and marks documents for ``sandbox``: limits on itself, no network.

It speaks frames on its standard input and output, one answer to a document; what libraries print is lost.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from analyzer.errors import LimitError, LnaError, place
from analyzer.reading import frames
from analyzer.reading.files import read
from analyzer.reading.frames import read_frame, write_frame

if sys.platform != "win32":  # Windows has no such limits
    import resource

FOLDER = "LNA_WORKER_FOLDER"
_BEAT = 1.0  # seconds between two reports of progress

Asked = dict[str, Any]
Job = Callable[[bytes, Asked, Callable[[], None]], bytes]
"""What is done with a file: its bytes, what was asked, a call now and then while it goes on → the answer."""


def serve(jobs: Mapping[str, Job], memory: int, file_bytes: int, cpu_seconds: int, largest: int) -> None:
    """Answers requests until the other side goes away.

    Args:
        jobs: What can be asked, by name.
        memory: Address space that this process may take.
        file_bytes: Size of a file that it may write.
        cpu_seconds: Processor time for one document.
        largest: Size of a document's file.
    """
    source, sink = _channels()
    _set_limit("RLIMIT_AS", memory)
    _set_limit("RLIMIT_FSIZE", file_bytes)
    _set_limit("RLIMIT_CORE", 0)
    sys.addaudithook(_no_network)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that the folder goes too
    try:
        while (request := read_frame(source, largest)) and (data := read_frame(source, largest)):
            _allow_cpu(cpu_seconds)
            asked = json.loads(request[1])
            _answer(jobs[asked["job"]], sink, data[1], asked)
    except BrokenPipeError:
        pass  # nobody waits for the answer any more
    finally:
        if folder := os.environ.get(FOLDER):
            shutil.rmtree(folder, ignore_errors=True)


def _answer(job: Job, sink: BinaryIO, data: bytes, asked: Asked) -> None:
    told = time.monotonic()

    def progress() -> None:
        nonlocal told
        if time.monotonic() - told > _BEAT:
            told = time.monotonic()
            write_frame(sink, frames.PROGRESS)

    try:
        write_frame(sink, frames.ANSWER, job(data, asked, progress))
    except LnaError as error:
        limit = isinstance(error, LimitError)
        _refuse(sink, error.code, error.message, error.advice, limit=limit)
    except BrokenPipeError:
        raise
    except MemoryError:
        _refuse(sink, "limit_memory", "", "", limit=True, retire=True)
    except Exception as error:  # whatever a parser stumbles over is the file's fault for the user
        message = f"файл не удалось прочитать: сбой чтения ({place(error)})"
        _refuse(sink, "reader_failed", message, "сохраните документ заново как DOCX или PDF", retire=True)


def _refuse(
    sink: BinaryIO, code: str, message: str, advice: str, *, limit: bool = False, retire: bool = False
) -> None:
    told = {"code": code, "message": message, "advice": advice, "limit": limit, "retire": retire}
    write_frame(sink, frames.ERROR, json.dumps(told).encode())


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Own copies of the standard streams; what libraries and programs read or print meets nothing there."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return source, sink


def _set_limit(name: str, value: int) -> None:
    if sys.platform != "win32":
        # A system may not know a limit, or have a lower one already.
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (value, value))


def _allow_cpu(seconds: int) -> None:
    """Moves the limit on processor time ahead of what was used for the documents before."""
    if sys.platform != "win32":
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, hard))


def _no_network(event: str, args: tuple[Any, ...]) -> None:
    """Audit hook: no parser has any business with the network."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise PermissionError("no network while a document is read")


def _read(data: bytes, asked: Asked, progress: Callable[[], None]) -> bytes:
    return frames.dump(read(data, asked["name"], ocr=asked["ocr"], progress=progress))


def _draw(data: bytes, asked: Asked, progress: Callable[[], None]) -> bytes:
    from analyzer.reading.drawing import draw_page

    return draw_page(data, asked["page"], asked["turn"], asked["width"]).dump()


def _mark(data: bytes, asked: Asked, progress: Callable[[], None]) -> bytes:
    from analyzer.reading.marks import Mark
    from analyzer.reading.pdf_marks import mark_pdf

    return mark_pdf(data, [Mark.load(mark) for mark in asked["marks"]])


JOBS: Mapping[str, Job] = {"read": _read, "draw": _draw, "mark": _mark}


def main() -> None:
    """Loads what reading needs, while the other side is still busy, and serves."""
    memory, file_bytes, cpu_seconds, largest = map(int, sys.argv[1:5])
    import analyzer.reading.docx
    import analyzer.reading.drawing
    import analyzer.reading.pdf  # noqa: F401

    serve(JOBS, memory, file_bytes, cpu_seconds, largest)


if __name__ == "__main__":
    main()
