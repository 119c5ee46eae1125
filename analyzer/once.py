"""Things that a process builds once: dictionaries, pipelines, the trained model."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, TypeVar

_Built = TypeVar("_Built")


class once(Generic[_Built]):  # noqa: N801  a decorator, written as one
    """Decorator of a function without arguments: the first caller builds, the others wait for the same thing.

    ``functools.cache`` lets threads that come together build one each. That wastes a second of loading, and
    what was built on one of two spaCy pipelines does not know the strings of the other.
    """

    def __init__(self, build: Callable[[], _Built]) -> None:
        self._build = build
        self._built: list[_Built] = []
        self._lock = threading.Lock()
        update_wrapper(self, build)

    def __call__(self) -> _Built:
        """What was built; an error while building is raised to the caller, and the next one tries again."""
        # Looked at without the lock too: a process forked while another thread holds it must not hang.
        if not self._built:
            with self._lock:
                if not self._built:
                    self._built.append(self._build())
        return self._built[0]
