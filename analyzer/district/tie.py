"""The life of a worker process hangs on that of the run; apart from the work itself, for it loads at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any


def tie_to_run() -> None:
    """This process ends with the one that started it, and leaves Ctrl+C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)  # the run was killed: nobody waits for the result
