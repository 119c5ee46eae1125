"""The audit behind the page: cached by content and settings, bounded, never shared between sessions."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from analyzer.errors import LnaError
from analyzer.model import Audit, Document
from analyzer.reading.files import Ocr
from analyzer.ui.safe import code, file_label, markdown
from analyzer.ui.state import Asked, Upload, sample, samples

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


def unpacked(files: Sequence[Upload]) -> tuple[list[Upload], list[Refused]]:
    """The files, every act of an archive too, the same content once; and archives that stay shut."""
    acts: dict[str, Upload] = {}
    refused: list[Refused] = []
    # Kept while the archive is among the files, and no longer: what is in it may be large.
    before: dict[str, tuple[Upload, ...] | Failure] = st.session_state.get("members", {})
    members = {upload.sha256: before.get(upload.sha256) or _members(upload) for upload in files}
    st.session_state["members"] = members
    for upload in files:
        found = members[upload.sha256]
        if isinstance(found, Failure):
            refused.append(Refused(upload, found))
            continue
        for act in found:
            acts.setdefault(act.sha256, act)
    return list(acts.values()), refused


def audit_all(files: Sequence[Upload], asked: Asked) -> tuple[list[Audited], list[Refused]]:
    """Audits files one after the other, telling the stage; silent when they have been audited before."""
    # Kept by hand: Streamlit's caches replay what was drawn, and the stages are drawn.
    kept: dict[tuple[str, str, Asked], Audit | Failure] = st.session_state.setdefault("audits", {})
    keys = [(upload.sha256, upload.name, asked) for upload in files]
    missing = [(key, upload) for key, upload in zip(keys, files, strict=True) if key not in kept]
    if missing:
        place = st.empty()
        with place.status("Проверяем…") as status:
            for number, (key, upload) in enumerate(missing, 1):
                count = f"{number} из {len(missing)}: " if len(missing) > 1 else ""

                def tell(stage: str, count: str = count, upload: Upload = upload) -> None:
                    status.update(label=f"{count}{code(file_label(upload.name))} — {stage}")

                kept[key] = _result(upload, asked, tell)
        place.empty()
    results = [kept[key] for key in keys]
    while len(kept) > _KEPT:
        del kept[next(iter(kept))]
    return _parted(zip(files, results, strict=True))


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
        from analyzer.reading.sandbox import draw_isolated, read_isolated, warm

        warm()
        import pandas  # noqa: F401  (a second or two that the first table on a page would take)
        import pyarrow  # noqa: F401

        from analyzer.audit import Settings, audit_document

        # A whole act, and a PDF: every check and the worker's own libraries are loaded by it.
        act = sample(next(iter(samples()), ""))
        if act is not None:
            document = read_isolated(act.data, act.name, ocr="never")
            audit_document(document, Settings())
            draw_isolated(act.data, 1, turn=0, width=100)
    except Exception:
        # A broken installation is told when a file is audited; here nobody would see it.
        _LOG.exception("warm-up failed")


def _result(upload: Upload, asked: Asked, tell: Callable[[str], None]) -> Audit | Failure:
    tell("подготовка")  # what comes next may load for seconds the first time
    # Heavy libraries wait for the first file: the page itself opens at once.
    from analyzer.audit import Settings, Stage, audit_document

    tell(Stage.READING if asked.ocr == "never" else f"{Stage.READING}; распознавание сканов занимает время")
    document = _read(upload.sha256, upload.name, asked.ocr, upload.data)
    if isinstance(document, Failure):
        return document
    settings = Settings(asked.checklists, asked.as_of, frozenset(asked.levels), asked.ocr)
    return _told(lambda: audit_document(document, settings, tell))


def _members(upload: Upload) -> tuple[Upload, ...] | Failure:
    from analyzer.reading.archive import is_archive, members

    if not is_archive(upload.data):
        return (upload,)
    return _told(lambda: tuple(Upload.of(*member) for member in members(upload.data, upload.name)))


@st.cache_data(max_entries=_KEPT, ttl=_TTL, scope="session", show_spinner=False)
def _read(sha256: str, name: str, ocr: Ocr, _data: bytes) -> Document | Failure:
    from analyzer.reading.sandbox import read_isolated

    return _told(lambda: read_isolated(_data, name, ocr=ocr))


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
