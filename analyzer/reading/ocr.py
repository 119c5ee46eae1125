"""Pictures of pages → words with places: Tesseract, one process a page, as many at once as there are cores.

Tesseract is called as a program: its table of words (TSV) is all that is needed of it, no binding is. One
thread each: with its own threads a page takes five times as long.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.ocr_words import Found, good_lines, parse_tsv, place, upside_down
from analyzer.reading.pages import PageWords
from analyzer.reading.programs import find_program

Grey = np.ndarray[Any, np.dtype[np.uint8]]

PACKAGE = "tesseract-ocr-rus"
_LEAST_INK = 0.0003  # of the paper: a page with less has nothing printed on it
_LITTLE_INK = 0.005  # specks, punch holes, the shade of a fold: no words there means a blank page
_INK_STEP = 3
_INK_DEPTH = 60
_EDGE = 0.03
_VERSION_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture.

    Attributes:
        grey: Rows of grey pixels, 0 is black.
        scale: Points per pixel.
    """

    grey: Grey
    scale: float

    @property
    def dpi(self) -> int:
        """Resolution."""
        return round(72 / self.scale)


@dataclass(frozen=True, slots=True)
class Engine:
    """The installed program and the languages that it is asked for."""

    program: str
    languages: str
    limits: Limits = LIMITS

    def read(self, picture: Picture) -> PageWords | None:
        """Words of a page, None when it cannot be read.

        A scan that lies on its side or upside down is turned; places are those of the upright page.
        """
        ink = _ink(picture.grey)
        if ink < _LEAST_INK:
            return PageWords((), len(picture.grey) * picture.scale)
        end = time.monotonic() + self.limits.ocr_page_seconds
        found = self._found(picture, end)
        turn = self._turn(picture, end) if upside_down(found) else 0
        if turn:
            picture = Picture(np.rot90(picture.grey, turn), picture.scale)
            found = self._found(picture, end)
        words = place(good_lines(found), picture.scale)
        if not words and ink >= _LITTLE_INK:
            return None
        return PageWords(tuple(words), len(picture.grey) * picture.scale, -90 * turn % 360)

    def _found(self, picture: Picture, end: float) -> list[Found]:
        return parse_tsv(self._run(picture, end, "-l", self.languages, "--psm", "3", "tsv"))

    def _turn(self, picture: Picture, end: float) -> int:
        """Quarter turns counter-clockwise that set the page upright, 0 when it cannot be told."""
        for line in self._run(picture, end, "-l", "osd", "--psm", "0").splitlines():
            if line.startswith("Orientation in degrees:"):
                return int(line.rpartition(":")[2]) // 90 % 4
        return 0

    def _run(self, picture: Picture, end: float, *options: str) -> str:
        """What the program prints; all that is asked about one page shares its time."""
        height, width = picture.grey.shape
        head = f"P5 {width} {height} 255\n".encode()
        done = subprocess.run(  # noqa: S603  (the program's own path, no shell, the picture on stdin)
            [self.program, "-", "-", "--dpi", str(picture.dpi), *options],
            input=head + picture.grey.tobytes(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=max(end - time.monotonic(), 0.0), check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        return done.stdout.decode("utf-8", "replace")


@cache
def engine() -> Engine | None:
    """The installed Tesseract; None without it or without its Russian language.

    English goes along when it is there: names of services and addresses of sites are not readable
    without it, and recognition of Russian words does not suffer.
    """
    program = find_program("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603
            [program, "--list-langs"], capture_output=True, timeout=_VERSION_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    languages = listed.stdout.decode("utf-8", "replace").split()
    if "rus" not in languages:
        return None
    return Engine(program, "rus+eng" if "eng" in languages else "rus")


def recognise(
    pictures: Iterable[tuple[int, Picture]],
    read: Callable[[Picture], PageWords | None],
    limits: Limits = LIMITS,
    progress: Callable[[], None] = lambda: None,
) -> dict[int, PageWords]:
    """Recognises pages side by side, drawing no more of them ahead than there are cores.

    Args:
        pictures: Numbers of pages and their pictures, made on demand.
        read: ``Engine.read``.
        limits: Number of pages and time for all of them.
        progress: Called whenever a page is done.

    Returns:
        What was recognised, by page. A page that is missing is over a limit, or its picture is too poor.
    """
    deadline = time.monotonic() + limits.ocr_seconds
    pages: dict[int, PageWords] = {}
    pending: dict[Future[PageWords | None], int] = {}
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def collect(left: int) -> None:
        while len(pending) > left:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                number = pending.pop(future)
                progress()
                page = _result(future)
                if page is not None:
                    pages[number] = page

    with ThreadPoolExecutor(workers) as pool:
        for count, (number, picture) in enumerate(pictures, 1):
            pending[pool.submit(read, picture)] = number
            collect(workers)
            if count >= limits.ocr_pages or time.monotonic() > deadline:
                break
        collect(0)
    return pages


def _result(future: Future[PageWords | None]) -> PageWords | None:
    """The page, or None for a page on which Tesseract gave up."""
    try:
        return future.result()
    except (subprocess.TimeoutExpired, OSError):
        return None


def _ink(grey: Grey) -> float:
    """Share of dark pixels, the rim of the scan left out."""
    rows, columns = (int(_EDGE * side) for side in grey.shape)
    inner = grey[rows : grey.shape[0] - rows : _INK_STEP, columns : grey.shape[1] - columns : _INK_STEP]
    if not inner.size:
        return 0.0
    return float((inner < np.median(inner) - _INK_DEPTH).mean())
