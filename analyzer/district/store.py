"""Results on disk: whole lines appended as documents finish, put in order at the end.

``results.part.jsonl`` grows during a run; ``results.jsonl`` is the finished run, sorted, the same bytes for
the same work; ``previous.jsonl`` is the finished run before, for comparison.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from analyzer.errors import LnaError

RESULTS, PART, PREVIOUS, RUN = "results.jsonl", "results.part.jsonl", "previous.jsonl", "run.json"
# Faults of the machine, not of the file: tried again by the next run.
_PASSING = frozenset({"worker_lost", "limit_run_time", "internal"})
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands."""

    path: Path
    offset: int
    length: int


class Store:
    """The folder of a run."""

    def __init__(self, folder: Path) -> None:
        """Opens or makes the folder and takes it for this run alone.

        Raises:
            LnaError: It cannot be written, or another run is at work in it.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / ".lock").open("w")
            _cut_torn_line(folder / PART)
            self._part = (folder / PART).open("ab")
        except OSError as error:
            advice = "проверьте место и права"
            raise LnaError("not_writable", f"в папку {folder} нельзя писать", advice) from error
        if not _locked(self._lock):
            advice = "дождитесь его конца или укажите другую папку"
            raise LnaError("busy", f"в папке {folder} уже идёт другой прогон", advice)
        self._lines: dict[str, Place] = {}

    def known(self, conditions: str) -> dict[str, Place]:
        """Places of earlier results by SHA-256: what need not be audited again under these conditions."""
        found: dict[str, Place] = {}
        for name in (PREVIOUS, RESULTS, PART):
            for place, line in _places(self.folder / name):
                error = line.get("error")
                if line.get("conditions") != conditions or not line.get("sha256"):
                    continue
                if error is None or error["code"] not in _PASSING:
                    found[line["sha256"]] = place
        return found

    def again(self, place: Place, head: Line) -> Line:
        """An earlier result for a file with that head; written again only when it was about another one."""
        line = _read(place)
        if {**line, **head} == line:
            self._lines[line["path"]] = place
            return line
        return self.add({**line, **head})

    def add(self, line: Line) -> Line:
        """Appends a result: from now on it survives the end of this process."""
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        encoded = data.encode("utf-8", "replace") + b"\n"
        offset = self._part.seek(0, os.SEEK_END)
        self._part.write(encoded)
        self._part.flush()
        self._lines[line["path"]] = Place(self.folder / PART, offset, len(encoded))
        return line

    def place(self, path: str) -> Place:
        """Where the result of a file stands."""
        return self._lines[path]

    def status(self, values: Line) -> None:
        """Writes what the run is and how far it has come."""
        write_whole(self.folder / RUN, json.dumps(values, ensure_ascii=False, indent=1).encode())

    def finish(self) -> None:
        """Puts this run's lines in order; the finished run before becomes the previous one."""
        done, results = self.folder / f"{RESULTS}.new", self.folder / RESULTS
        with done.open("wb") as sink:
            for path in sorted(self._lines):
                place = self._lines[path]
                with place.path.open("rb") as source:
                    source.seek(place.offset)
                    sink.write(source.read(place.length))
            sink.flush()
            os.fsync(sink.fileno())
        if results.is_file() and not _same(results, done):
            results.replace(self.folder / PREVIOUS)
        done.replace(results)
        self._part.close()
        (self.folder / PART).unlink(missing_ok=True)

    def close(self) -> None:
        """Lets the folder go."""
        self._part.close()
        self._lock.close()


def records(path: Path) -> Iterator[Line]:
    """Results of a finished run, one by one, in order of their paths."""
    for _, line in _places(path):
        yield line


def run_values(folder: Path) -> Line:
    """What ``status`` wrote; empty when there is nothing or it is not readable."""
    try:
        values = json.loads((folder / RUN).read_bytes())
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def is_busy(folder: Path) -> bool:
    """True while a run is at work in the folder."""
    try:
        with (folder / ".lock").open("a") as file:
            return not _locked(file)
    except OSError:
        return False


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that nobody ever reads half of it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(data)
    for pause in (0.05, 0.2, 1.0):
        try:
            fresh.replace(path)
        except PermissionError:  # Windows: somebody reads the old one at this moment
            time.sleep(pause)
        else:
            return
    fresh.replace(path)


def _places(path: Path) -> Iterator[tuple[Place, Line]]:
    if not path.is_file():
        return
    with path.open("rb") as source:
        offset = 0
        for data in source:
            try:
                line = json.loads(data)
            except ValueError:
                line = None  # a line torn by the end of a process or a disk
            if isinstance(line, dict):
                yield Place(path, offset, len(data)), line
            offset += len(data)


def _read(place: Place) -> Line:
    with place.path.open("rb") as source:
        source.seek(place.offset)
        line: Line = json.loads(source.read(place.length))
    return line


def _cut_torn_line(path: Path) -> None:
    """A line without its end was being written when the process was killed."""
    if not path.is_file():
        return
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            step = min(end, 1 << 16)
            file.seek(end - step)
            at = file.read(step).rfind(b"\n")
            if at >= 0:
                end = end - step + at + 1
                break
            end -= step
        file.truncate(end)


def _same(first: Path, second: Path) -> bool:
    if first.stat().st_size != second.stat().st_size:
        return False
    with first.open("rb") as left, second.open("rb") as right:
        return all(a == b for a, b in zip(left, right, strict=True))


def _locked(file: IO[str]) -> bool:
    """Takes the lock; it goes with the process, however that ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
