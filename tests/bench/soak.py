"""A long run of random acts, mutations of acts and hostile files: ``uv run python -m tests.bench.soak --minutes 60``.

Half of the time goes through ``lna audit`` in one process that never ends (with its reading workers), half through
the page in a real browser; both at once. Prints a line a minute and a verdict: nothing crashed, nothing grew, no
process and no folder is left. ``--more DIR`` adds files that are not the project's (acts as published).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.district.generate import district
from tests.e2e.server import CHROMIUM, CHROMIUM_OPTIONS, ROOT, serving

SAMPLES = ROOT / "corpus" / "acts"
SUFFIXES = {".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".html", ".png", ".jpg", ".tiff", ".zip"}
MEGABYTE = 1 << 20
LARGEST = 3 * MEGABYTE  # of a file that is mutated or uploaded: the rest is the reader's own tests' business
SETTLED = 0.25  # share of the run after which memory must not grow any more
GROWTH = 1.25  # how much the last quarter may take against the second one
WORDS = ("не", "вправе", "= 1 + 1", "№ 816", "\u202e", "😀", "1.1.", "прокторинг", "\x07", "Ы" * 400)


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A file as a bad disk, a bad program or a bad person leaves it."""
    if data[:2] == b"PK" and dice.random() < 0.6:
        with contextlib.suppress(zipfile.BadZipFile, KeyError, ValueError, NotImplementedError):
            return _repacked(data, dice)
    body = bytearray(data)
    kind = dice.randrange(4)
    if kind == 0:
        return bytes(body[: dice.randrange(1, len(body) + 1)])
    if kind == 1:
        at, size = dice.randrange(len(body)), dice.randrange(1, 4096)
        return bytes(body[:at] + body[at : at + size] * 2 + body[at:])
    for _ in range(dice.choice((1, 8, 200))):
        body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body)


def _repacked(data: bytes, dice: random.Random) -> bytes:
    """An office file whose text is changed inside: still a good archive, often a good document."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("document.xml"):
                pieces = re.split(rb"(<w:p[ >])", part)
                for _ in range(dice.randrange(1, 12)):
                    a, b = dice.randrange(len(pieces)), dice.randrange(len(pieces))
                    pieces[a], pieces[b] = pieces[b], pieces[a]
                part = b"".join(pieces)
                word = dice.choice(WORDS).encode()
                part = part.replace(b"</w:t>", word + b"</w:t>", dice.randrange(5))
            if dice.random() > 0.03:
                new.writestr(name, part)
    return result.getvalue()


@dataclass
class Watch:
    """Memory of a process with all its children over time, and what came of the files."""

    pid: int
    began: float = field(default_factory=time.monotonic)
    sizes: list[tuple[float, int]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Notes the memory of the process itself: workers come and go, and have limits of their own."""
        with contextlib.suppress(psutil.Error):
            self.sizes.append((time.monotonic() - self.began, psutil.Process(self.pid).memory_info().rss))

    def growth(self, whole: float) -> float:
        """Memory in the last quarter against the second one."""
        early = [size for at, size in self.sizes if SETTLED * whole <= at < 2 * SETTLED * whole]
        late = [size for at, size in self.sizes if at >= (1 - SETTLED) * whole]
        return sorted(late)[len(late) // 2] / sorted(early)[len(early) // 2] if early and late else 1.0

    def line(self, name: str) -> str:
        """The state in one line."""
        size = self.sizes[-1][1] // MEGABYTE if self.sizes else 0
        told = ", ".join(f"{key} {count}" for key, count in self.outcomes.most_common())
        return f"{name}: {size} MB; {told}; troubles {len(self.troubles)}"


def files(folder: Path, more: list[Path], dice: random.Random) -> Iterator[Path]:
    """Without end: good acts, the same ones spoiled, hostile files."""
    district(folder / "district", 60, seed=dice.randrange(1 << 30))
    sources = [SAMPLES, folder / "district", *more]
    pool = [
        path
        for source in sources
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.suffix.lower() in SUFFIXES and path.stat().st_size <= LARGEST
    ]
    spoiled = folder / "spoiled"
    spoiled.mkdir()
    while True:
        path = dice.choice(pool)
        if dice.random() < 0.5 or not path.stat().st_size:
            yield path
            continue
        target = spoiled / f"{dice.randrange(40)}-{path.name}"[-80:]
        target.write_bytes(mutated(path.read_bytes(), dice))
        yield target


def command(watch: Watch, path: Path, folder: Path, dice: random.Random) -> None:
    """One call of ``lna audit`` in this process; anything but an exit status of 0, 1 or 2 is a trouble."""
    from analyzer.cli import main

    kind = dice.choice(("text", "json", "sarif", "html"))
    arguments = ["lna", "audit", str(path), "--format", kind, "--as-of", "2026-11-25"]
    if dice.random() < 0.15:
        arguments += ["--report", str(folder / "report")]
    out, err = io.StringIO(), io.StringIO()
    status: object = 0
    sys.argv = arguments
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as left:
        status = left.code or 0
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        status = f"{type(error).__name__}: {error}"
    watch.outcomes[str(status)[:40]] += 1
    complaint = err.getvalue()
    wrong = status not in (0, 1, 2) or "Traceback" in complaint or (status == 2 and "lna: " not in complaint)
    if wrong:
        kept = folder / f"trouble-{len(watch.troubles)}-{path.name}"
        kept.write_bytes(path.read_bytes())
        watch.troubles.append(f"{kept}: {status} {complaint[-300:]}")
        print("TROUBLE", watch.troubles[-1], flush=True)
    if "сбой чтения" in complaint or "внутренняя" in complaint:
        print("LOOK", path.name, complaint.strip()[-200:], flush=True)
        (folder / f"look-{watch.outcomes.total()}-{path.name}").write_bytes(path.read_bytes())


def run_commands(minutes: float, folder: Path, more: list[Path], seed: int) -> Watch:
    """``lna audit`` again and again."""
    dice, watch = random.Random(seed), Watch(os.getpid())
    stream, told = files(folder, more, dice), time.monotonic()
    while time.monotonic() - watch.began < minutes * 60:
        command(watch, next(stream), folder, dice)
        watch.look()
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(watch.line("lna audit"), flush=True)
    return watch


def run_page(minutes: float, folder: Path, more: list[Path], seed: int) -> Watch:
    """The page in a browser: upload, see tiles or a complaint, open a row; a new session now and then."""
    from playwright import sync_api

    dice, complaints = random.Random(seed), folder / "server.log"
    with (
        complaints.open("w") as log,
        serving(folder / "data", log) as (url, server),
        sync_api.sync_playwright() as playwright,
    ):
        watch = Watch(server.pid)
        stream, told = files(folder, more, dice), time.monotonic()
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_OPTIONS)
        while time.monotonic() - watch.began < minutes * 60:
            context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="ru-RU")
            page = context.new_page()
            page.set_default_timeout(90_000)
            page.goto(url)
            for _ in range(8):
                _visit(page, next(stream), watch, sync_api.Error)
                watch.look()
            context.close()
            if time.monotonic() - told > 60:
                told = time.monotonic()
                print(watch.line("page"), flush=True)
        chromium.close()
        if server.poll() is not None:
            watch.troubles.append("the server has stopped")
    watch.outcomes["tracebacks in the log"] = complaints.read_text(errors="replace").count("Traceback")
    return watch


def _visit(page: object, path: Path, watch: Watch, error: type[Exception]) -> None:
    """Uploads one file and waits for a verdict or a complaint."""
    try:
        page.reload()  # type: ignore[attr-defined]  # a session of its own: the last one must be forgotten
        page.wait_for_selector("input[type=file]", state="attached")  # type: ignore[attr-defined]
        page.set_input_files("input[type=file]", str(path))  # type: ignore[attr-defined]
        page.wait_for_selector("[data-testid=stMetric], [data-testid=stAlert]")  # type: ignore[attr-defined]
        text = page.inner_text("body")  # type: ignore[attr-defined]
        if "Traceback" in text or page.locator("[data-testid=stException]").count():  # type: ignore[attr-defined]
            watch.outcomes["exception"] += 1
            watch.troubles.append(f"{path.name}: exception on the page")
            print("TROUBLE", watch.troubles[-1], flush=True)
        else:
            watch.outcomes["answered"] += 1
    except error as trouble:
        watch.outcomes["timeout"] += 1
        watch.troubles.append(f"{path.name}: {str(trouble)[:200]}")
        print("TROUBLE", watch.troubles[-1], flush=True)
        page.screenshot(path=f"{tempfile.gettempdir()}/lna-soak-{path.stem}.png")  # type: ignore[attr-defined]
        page.reload()  # type: ignore[attr-defined]


def left_over() -> list[str]:
    """Workers and browsers' folders that should be gone."""
    names = [
        f"process {process.pid}"
        for process in psutil.process_iter(["cmdline"])
        if "analyzer.reading.worker" in (process.info["cmdline"] or [])
    ]
    return names + [str(path) for path in Path(tempfile.gettempdir()).glob("lna-worker-*")]


def main() -> None:
    """Runs both ways at once and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--more", type=Path, action="append", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("commands", "page"))
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lna-soak-"))
    if asked.only:
        run = run_commands if asked.only == "commands" else run_page
        watch = run(asked.minutes, folder, asked.more, asked.seed)
        print(watch.line(asked.only), f"growth {watch.growth(asked.minutes * 60):.2f}", sep="; ", flush=True)
        raise SystemExit(bool(watch.troubles) or watch.growth(asked.minutes * 60) > GROWTH)
    before = set(left_over())
    more = [argument for path in asked.more for argument in ("--more", str(path))]
    call = [sys.executable, "-m", "tests.bench.soak", "--minutes", str(asked.minutes), *more]
    both = [
        subprocess.Popen([*call, "--only", only, "--seed", str(asked.seed + at)], cwd=ROOT)
        for at, only in enumerate(("commands", "page"))
    ]
    status = [process.wait() for process in both]
    orphans = sorted(set(left_over()) - before)
    print(f"exit {status}, left over: {orphans or 'nothing'}")
    raise SystemExit(any(status) or bool(orphans))


if __name__ == "__main__":
    main()
