"""Errors that a user sees: one Russian line that says what is wrong and what to do."""

from __future__ import annotations

import traceback
from pathlib import PurePath


class LnaError(Exception):
    """Base of every error that the program raises on purpose.

    Attributes:
        code: Stable machine-readable code (``empty``, ``encrypted``, ``limit_pages`` …).
        message: What is wrong, in Russian, without a full stop.
        advice: What the user can do about it, in Russian.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message}; {advice}")
        self.code = code
        self.message = message
        self.advice = advice


class ReadingError(LnaError):
    """The input is not a document that can be read."""


class LimitError(ReadingError):
    """The input is over a limit; the limit is named in the message."""


class DataError(LnaError):
    """A checklist, registry or model file is wrong; names file, line and field."""


def install_extra(name: str) -> str:
    """Advice for a person whose installation lacks an optional dependency.

    Args:
        name: The extra of ``pyproject.toml``.
    """
    return f'установите дополнение {name}: pip install ".[{name}]" в папке программы'


def place(error: BaseException) -> str:
    """Kind of an error, module and line where it happened: enough to look into, nothing of the document."""
    trace = traceback.extract_tb(error.__traceback__)
    where = f"{PurePath(trace[-1].filename).name}:{trace[-1].lineno}" if trace else "?"
    return f"{type(error).__name__}, {where}"


def internal(error: Exception) -> LnaError:
    """A fault of the program's own as the one line that a user sees: it costs one document, never a run."""
    advice = "сохраните документ заново как DOCX или PDF; сообщите разработчикам"
    return LnaError("internal", f"внутренняя ошибка ({place(error)})", advice)
