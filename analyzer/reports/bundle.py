"""``--report DIR``: the papers about one act, as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from analyzer.errors import LnaError
from analyzer.model import Audit
from analyzer.reports.comments import commented_docx
from analyzer.reports.content import Report, safe
from analyzer.reports.docx import report_docx
from analyzer.reports.pdf_notes import annotated_pdf
from analyzer.reports.xlsx import report_xlsx

_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 80  # bytes grow with Cyrillic: file systems take 255


def papers(content: Report, audit: Audit, data: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name and maker of every paper: the certificate, the workbook, the act with remarks, the PDF with notes.

    Args:
        content: What they say.
        audit: The audit that it was made of.
        data: The file that was audited.
    """
    yield "справка.docx", lambda: report_docx(content)
    yield "таблица.xlsx", lambda: report_xlsx(content)
    yield "замечания.docx", lambda: commented_docx(content, audit, data)
    # The pages of a PDF show every name: with names hidden only what is written anew may leave.
    if audit.document.format == "pdf" and not content.masked:
        yield "замечания.pdf", lambda: annotated_pdf(content, audit, data)


def write_papers(content: Report, audit: Audit, data: bytes, directory: Path, taken: set[str]) -> list[Path]:
    """Writes the papers about one act.

    Args:
        content: What they say.
        audit: The audit that it was made of.
        data: The file that was audited.
        directory: Where to; made when it is not there.
        taken: Stems used in this run, so that two acts of one name do not overwrite each other; grows.

    Raises:
        LnaError: The folder cannot be written, or a paper cannot be made; the others are written still.
    """
    stem = _stem(content.file, taken)
    written: list[Path] = []
    trouble: LnaError | None = None
    for name, make in papers(content, audit, data):
        path = directory / f"{stem}_{name}"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make())
        except LnaError as error:
            trouble = error
        except OSError as error:
            advice = "проверьте папку и права"
            raise LnaError("not_writable", f"не удалось записать {path}", advice) from error
        else:
            written.append(path)
    if trouble is not None:
        raise trouble
    return written


def _stem(name: str, taken: set[str]) -> str:
    """A file name without its extension that no other act of this run has, fit for every system."""
    base = _UNFIT.sub("_", PurePosixPath(safe(name).replace("\\", "/")).stem).strip("._-")[:_LONGEST] or "акт"
    stem, count = base, 1
    while stem.casefold() in taken:
        count += 1
        stem = f"{base}_{count}"
    taken.add(stem.casefold())
    return stem
