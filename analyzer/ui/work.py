"""The audit behind the page: cached by content and settings, bounded, never shared between sessions."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import streamlit as st

from analyzer.errors import LnaError
from analyzer.model import Audit, Document
from analyzer.reading.files import Ocr
from analyzer.ui.safe import code, file_label, markdown
from analyzer.ui.state import Asked, Upload

_LOG = logging.getLogger("analyzer.ui")
_KEPT = 60
_TTL = "2h"
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be audited, as one Russian line.

    Attributes:
        message: What is wrong.
        advice: What to do.
    """

    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Audited:
    """A file and its audit."""

    upload: Upload
    audit: Audit


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be audited."""

    upload: Upload
    failure: Failure

    @property
    def line(self) -> str:
        """One line of Markdown: which file, what is wrong, what to do."""
        name, failure = code(file_label(self.upload.name)), self.failure
        return f"{name}: {markdown(failure.message)}; {markdown(failure.advice)}"


def audit_all(files: Sequence[Upload], asked: Asked) -> tuple[list[Audited], list[Refused]]:
    """Audits files one after the other, telling the stage; silent when they have been audited before."""
    keys = {(upload.sha256, upload.name, asked) for upload in files}
    if keys <= st.session_state.get("audited", set()):
        return _parted((upload, _result(upload, asked, lambda stage: None)) for upload in files)
    place = st.empty()
    with place.status("Проверяем…") as status:
        results = []
        for number, upload in enumerate(files, 1):
            count = f"{number} из {len(files)}: " if len(files) > 1 else ""

            def tell(stage: str, count: str = count, upload: Upload = upload) -> None:
                status.update(label=f"{count}{code(file_label(upload.name))} — {stage}")

            results.append((upload, _result(upload, asked, tell)))
    place.empty()
    st.session_state["audited"] = keys
    return _parted(results)


def _parted(results: Iterable[tuple[Upload, Audit | Failure]]) -> tuple[list[Audited], list[Refused]]:
    audited: list[Audited] = []
    refused: list[Refused] = []
    for upload, result in results:
        if isinstance(result, Failure):
            refused.append(Refused(upload, result))
        else:
            audited.append(Audited(upload, result))
    return audited, refused


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Loads the model and the dictionaries in the background while the user is still choosing a file."""
    threading.Thread(target=_rehearse, name="lna-warm-up", daemon=True).start()


def _rehearse() -> None:
    try:
        from analyzer.audit import Settings, audit_document
        from analyzer.reading import read
        from analyzer.reading.sandbox import warm

        warm()
        audit_document(
            read("1. Школа применяет дистанционные образовательные технологии.".encode(), "warm.txt"),
            Settings(),
        )
    except Exception:
        # A broken installation is told when a file is audited; here nobody would see it.
        _LOG.exception("warm-up failed")


def _result(upload: Upload, asked: Asked, tell: Callable[[str], None]) -> Audit | Failure:
    tell("чтение" if asked.ocr == "never" else "чтение; распознавание сканов занимает время")
    document = _read(upload.sha256, upload.name, asked.ocr, upload.data)
    if isinstance(document, Failure):
        return document
    tell("разбор по пунктам, ссылки, требования")
    settings = (asked.checklists, asked.as_of, asked.levels, asked.ocr)
    return _audit(upload.sha256, upload.name, *settings, document)


@st.cache_data(max_entries=_KEPT, ttl=_TTL, scope="session", show_spinner=False)
def _read(sha256: str, name: str, ocr: Ocr, _data: bytes) -> Document | Failure:
    from analyzer.reading.sandbox import read_isolated

    return _told(lambda: read_isolated(_data, name, ocr=ocr))


@st.cache_data(max_entries=_KEPT, ttl=_TTL, scope="session", show_spinner=False)
def _audit(
    sha256: str,
    name: str,
    checklists: tuple[str, ...],
    as_of: date,
    levels: tuple[str, ...],
    ocr: Ocr,
    _document: Document,
) -> Audit | Failure:
    # Heavy libraries wait for the first file: the page itself opens at once.
    from analyzer.audit import Settings, audit_document

    settings = Settings(checklists, as_of, frozenset(levels), ocr)
    return _told(lambda: audit_document(_document, settings))


def _told(work: Callable[[], _Result]) -> _Result | Failure:
    """The result, or the failure in words; failures are cached too, a bad file is not read at every click."""
    try:
        return work()
    except LnaError as error:
        return Failure(error.message, error.advice)
    except Exception:
        # The user gets a number, the log the traceback: never paths or pieces of the document on the page.
        number = uuid.uuid4().hex[:8]
        _LOG.exception("audit failed, number %s", number)
        return Failure(
            f"внутренняя ошибка № {number}",
            "попробуйте сохранить файл заново; с номером обратитесь к тому, кто ведёт программу",
        )
