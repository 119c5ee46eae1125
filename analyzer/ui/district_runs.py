"""Runs that the page starts: processes of their own, which a closed tab or a stopped page does not end."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from analyzer.district.store import is_busy, run_values, write_whole
from analyzer.law import USUAL
from analyzer.ui.safe import plain

_START = "from analyzer.cli import main; main()"
_LOG = "log.txt"
_LONGEST_LOG = 2_000
_STARTING: dict[str, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """A run that the page knows.

    Attributes:
        folder: Its results.
        source: What is audited.
        state: ``running``, ``interrupted``, ``finished``, or "" before it has said anything.
        started: When, in ISO; "" before it has said anything.
        found: Files found.
        audited: Of these, with a result.
        failed: Not readable.
        skipped: Left out.
        rate: Documents a second.
        checklists: Ids of its checklists.
    """

    folder: Path
    source: str
    state: str = ""
    started: str = ""
    found: int = 0
    audited: int = 0
    failed: int = 0
    skipped: int = 0
    rate: float = 0.0
    checklists: tuple[str, ...] = USUAL

    @property
    def name(self) -> str:
        """Name of its folder."""
        return self.folder.name

    @property
    def title(self) -> str:
        """What it is about, as its user knows it: an uploaded archive by its name."""
        source = PurePath(self.source)
        return f"архив {source.name}" if source.is_relative_to(home()) else self.source

    @property
    def trouble(self) -> str:
        """The last line that the run wrote before it ended without a result."""
        with suppress(OSError):
            text = (self.folder / _LOG).read_text("utf-8", "replace")[-_LONGEST_LOG:]
            lines = [line for line in text.splitlines() if line.startswith("lna: ")]
            return lines[-1].removeprefix("lna: ") if lines else ""
        return ""

    def fresh(self) -> Run:
        """How it stands now."""
        return _run(self.folder)


def home() -> Path:
    """Where results lie; ``LNA_DISTRICT_DIR`` names another place."""
    return Path(os.environ.get("LNA_DISTRICT_DIR") or Path.home() / ".lna" / "district")


def found_runs() -> list[Run]:
    """Runs, the latest first."""
    folders = [path for path in home().glob("run-*") if path.is_dir()]
    return [_run(path) for path in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)]


def start(source: str, day: date, *, municipalities: bool = False, masked: bool = False) -> Run:
    """Starts a run; for the same source it goes on, or audits what has changed since.

    Args:
        source: Folder or archive.
        day: Date of the law.
        municipalities: First-level folders are municipalities.
        masked: Names of persons are hidden in all results.
    """
    folder = home() / f"run-{hashlib.sha256(source.encode('utf-8', 'replace')).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.txt").write_text(source, "utf-8", "replace")
    if not is_busy(folder):
        more = [*["--municipalities"] * municipalities, *["--mask-names"] * masked]
        command = [sys.executable, "-P", "-c", _START, "district", f"--as-of={day}", f"--out={folder}", *more]
        root = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        with (folder / _LOG).open("wb") as log:
            _STARTING[folder.name] = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
                [*command, "--", source], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
                env={**os.environ, "PYTHONPATH": paths}, start_new_session=True,
            )  # fmt: skip
    return _run(folder)


def is_alive(run: Run) -> bool:
    """True while its process works or is about to."""
    process = _STARTING.get(run.name)
    if process is not None and process.poll() is None:
        return True
    _STARTING.pop(run.name, None)
    return is_busy(run.folder)


def stop(run: Run) -> None:
    """Asks a run to stop; what is done is kept."""
    process = _STARTING.get(run.name)
    if process is not None and process.poll() is None:
        process.terminate()
    elif is_busy(run.folder):
        # Started by a page that is gone: the lock says that the process named there is the run.
        pid = run_values(run.folder).get("pid")
        if isinstance(pid, int) and pid > 1:
            with suppress(OSError):
                os.kill(pid, signal.SIGTERM)


def forget(run: Run) -> None:
    """Deletes the results of a run and the archive that it was made of."""
    shutil.rmtree(run.folder, ignore_errors=True)
    with suppress(OSError, ValueError):
        archive = Path(run.source)
        if archive.is_relative_to(home()):
            archive.unlink()


def keep_archive(name: str, data: bytes) -> str:
    """Puts an uploaded archive where a run can read it; its path."""
    folder = home() / "archives"
    folder.mkdir(parents=True, exist_ok=True)
    # Of the user's name only letters and digits go into the path. A later archive of that name is the same
    # district a month later: its run is compared with the one before.
    stem = "".join(sign if sign.isalnum() else "_" for sign in PurePath(plain(name)).stem)[:60] or "район"
    path = folder / f"{stem}.zip"
    write_whole(path, data)
    return str(path)


def _run(folder: Path) -> Run:
    values = run_values(folder)
    source = ""
    with suppress(OSError):
        source = (folder / "source.txt").read_text("utf-8")
    if not values:
        return Run(folder, source)
    keys = ("state", "started", "found", "audited", "failed", "skipped", "rate")
    known = {key: values[key] for key in keys if key in values}
    lists = tuple(name for name, _ in values["conditions"]["checklists"])
    return Run(folder, source or values["source"], checklists=lists, **known)
