"""The page as ``lna serve`` starts it, and a browser to look at it with."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


@contextmanager
def serving(data: Path, log: IO[str] | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of our own, started as ``lna serve`` starts it; what is decided goes into ``data``, complaints into ``log``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = f"from analyzer.ui.serve import run; raise SystemExit(run({port}))"
    environment = {**os.environ, "LNA_DATA_DIR": str(data)}
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                    break
            except OSError:
                assert server.poll() is None, "the server has stopped"
                time.sleep(0.25)
        yield url, server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
